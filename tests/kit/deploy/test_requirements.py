"""The locks answer the requirement files, for each Python the kit promises, and name no address."""

import re
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

from kit.deploy.requirements import APPS, DEV, KIT, Lock, compile_command, locks
from kit.paths import ROOT

LOCKS = {str(lock.target): lock for lock in locks()}
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)(\[[a-z,]+\])?==(\S+)( ; (.+?))?( \\)?$")


def name(text: str) -> str:
    """A package's name as an index writes it."""
    return re.sub(r"[-_.]+", "-", text).lower()


def asked(lock: Lock) -> list[Requirement]:
    """What the lock's requirement files ask for."""
    lines = [line for source in lock.sources for line in (ROOT / source).read_text(encoding="utf-8").splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def pinned(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Versions and markers by package."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            entry = ENTRY.match(line)
            assert entry, line
            found.setdefault(name(entry[1]), []).append((entry[3], entry[5] or ""))
    return found


@pytest.mark.parametrize("target", LOCKS)
@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_everything_asked_for_is_pinned(target: str, version: str) -> None:
    lock, found = LOCKS[target], pinned(ROOT / target)
    for requirement in asked(lock):
        environment = {**default_environment(), "python_version": version, "python_full_version": f"{version}.0"}
        if requirement.marker and not requirement.marker.evaluate(environment):
            continue
        applying = [
            pin
            for pin, marker in found.get(name(requirement.name), [])
            if not marker or Requirement(f"x; {marker}").marker.evaluate(environment)  # type: ignore[union-attr]
        ]
        assert len(applying) == 1, f"{requirement} in {target} on Python {version}: run ./kitw lock"
        assert requirement.specifier.contains(applying[0]), f"{requirement} is pinned to {applying[0]}: run ./kitw lock"


@pytest.mark.parametrize("target", LOCKS)
def test_every_pin_has_hashes_and_no_address(target: str) -> None:
    text = (ROOT / target).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"://|--index|--find-links|--extra", text)


def test_one_version_of_a_package_serves_all() -> None:
    everything = pinned(ROOT / DEV.with_suffix(".txt"))
    for part in (KIT, APPS):
        for package, pins in pinned(ROOT / part.with_suffix(".txt")).items():
            assert {version for version, _ in pins} <= {version for version, _ in everything[package]}


def test_the_first_lock_holds_everything_and_the_others_follow_it() -> None:
    first, *others = locks()
    assert first.follows is None
    assert [other.follows for other in others] == [first.target] * len(others)
    assert set(first.sources) >= {source for other in others for source in other.sources}
    assert "--upgrade" not in compile_command(first)
    assert "--upgrade" in compile_command(first, upgrade=True)
