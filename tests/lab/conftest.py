"""Real Debian hosts for tests. Left out, with the reason, on a machine that cannot boot them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.lab import Lab, needs


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip every test of this folder where lab hosts cannot be booted, and say why."""
    faults = needs.missing()
    if faults:
        for item in items:
            item.add_marker(pytest.mark.skip(reason="; ".join(faults)))


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A lab of this test module's own; its hosts are gone afterwards."""
    with Lab(Path(tmp_path_factory.mktemp("lab"))) as made:
        yield made
