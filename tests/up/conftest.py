"""One newcomer for all tests, and nothing left running after any of them."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.up.newcomer import Newcomer


@pytest.fixture(scope="session")
def newcomer() -> Iterator[Newcomer]:
    """One newcomer for all tests; whatever is left running at the end is stopped."""
    base = Path(tempfile.mkdtemp(prefix="kit-newcomer-"))
    base.chmod(0o755)
    person = Newcomer(base)
    yield person
    for state in (person.clone / "var").glob("*/run"):
        person.start("down", state.parent.name).communicate(timeout=60)
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture(autouse=True)
def _down(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each test leaves nothing running, but for what a class of tests shares."""
    newcomer = request.getfixturevalue("newcomer")
    yield
    if "bandung" not in request.fixturenames:
        _stop(newcomer)


@pytest.fixture(scope="class")
def bandung(newcomer: Newcomer) -> Iterator[None]:
    """Kota Bandung is up for the tests of a class."""
    newcomer.type("up", "kota-bandung", "--detach")
    yield
    _stop(newcomer)


def _stop(newcomer: Newcomer) -> None:
    for state in (newcomer.clone / "var").glob("*/run"):
        newcomer.start("down", state.parent.name).communicate(timeout=60)
