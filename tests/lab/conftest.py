"""Real Debian hosts for tests. Left out, with the reason, on a machine that cannot boot them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kit.lab import Lab, needs
from tests.lab import servers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip every test of this folder where lab hosts cannot be booted, and say why."""
    faults = needs.missing()
    if faults:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="; ".join(faults)))


FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Tells a measured figure, which the run then prints at its end."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures."""
    for line in config.stash.get(FIGURES, []):
        terminalreporter.write_line(line)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab of this test module's own; its hosts are gone afterwards."""
    with Lab(Path(tmp_path_factory.mktemp("lab"))) as made:
        yield made


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Run]:
    """One server that was set up, shared by all tests that only look at it; what a test breaks it mends."""
    with Lab(Path(tmp_path_factory.mktemp("standing"))) as made:
        yield servers.set_up(made, Path(tmp_path_factory.mktemp("region")))
