"""Every bad input gives exactly the faults of expected_faults.txt: line, column, field, what was found and expected."""

from pathlib import Path

import pytest

from kit.profile import check
from tests.kit.profile.bad_profiles import BAD, BASE

GOLDEN = Path(__file__).with_name("expected_faults.txt")


def expected() -> dict[str, list[str]]:
    """The faults by the name of the input."""
    found: dict[str, list[str]] = {}
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found[line[3:]] = lines = []
        elif line:
            lines.append(line)
    return found


EXPECTED = expected()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "52.71-kota-mataram"
    folder.mkdir()
    return folder / "region.yml"


def test_the_sound_profile_has_no_fault(profile: Path) -> None:
    profile.write_text(BASE)
    report = check(profile)
    assert report.faults == []
    assert report.profile is not None
    assert report.profile.data.region.name == "Kota Mataram"


def test_the_table_is_complete() -> None:
    assert list(EXPECTED) == list(BAD)
    assert all(EXPECTED.values())


@pytest.mark.parametrize("name", BAD)
def test_bad_profile(name: str, profile: Path) -> None:
    profile.write_bytes(BAD[name])
    report = check(profile)
    assert report.profile is None
    faults = [str(fault).removeprefix(f"{profile}:").replace("\n    example: ", " // ") for fault in report.faults]
    assert faults == EXPECTED[name]
