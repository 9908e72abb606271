"""`kit render` on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kit.cli.main import cli
from kit.profile import sample
from kit.profile.official import regions, slug
from kit.profile.writing import profile_text

CODES = ("52.71", "52.07")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two regions in a folder of their own."""
    monkeypatch.setenv("KIT_REGIONS", str(tmp_path / "regions"))
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    for code in CODES:
        path = tmp_path / "regions" / f"{code}-{slug(regions()[code])}" / "region.yml"
        path.parent.mkdir(parents=True)
        path.write_text(profile_text(regions()[code], sample(code)), encoding="utf-8")
    return tmp_path


def test_all_regions(home: Path) -> None:
    done = CliRunner().invoke(cli, ["render", "--all"])
    assert done.exit_code == 0, done.output
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == [
        str(home / "build/52.07-kabupaten-sumbawa-barat"),
        str(home / "build/52.71-kota-mataram"),
    ]
    again = CliRunner().invoke(cli, ["render", "--all"])
    assert [line.split(": ")[1] for line in again.stdout.splitlines()] == ["unchanged", "unchanged"]


def test_one_region_by_slug_and_into(home: Path) -> None:
    done = CliRunner().invoke(cli, ["render", "kota-mataram", "--into", str(home / "x")])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{home}/x: rendered (")
    assert not (home / "build").exists()


def test_a_fault_in_one_does_not_stop_the_others(home: Path) -> None:
    (home / "regions/52.07-kabupaten-sumbawa-barat/region.yml").write_text("region: [")
    done = CliRunner().invoke(cli, ["render", "--all"])
    assert done.exit_code == 1
    assert "52.71-kota-mataram: rendered" in done.stdout
    assert "Error: 52.07-kabupaten-sumbawa-barat: " in done.stderr
    assert "1 of 2 regions could not be rendered; the others are done." in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("arguments", [[], ["52.71", "--all"], ["--all", "--into", "x"], ["atlantis"]])
def test_wrong_usage(home: Path, arguments: list[str]) -> None:
    done = CliRunner().invoke(cli, ["render", *arguments])
    assert done.exit_code == 2
    assert not (home / "build").exists()


def test_uncommitted_work_is_told(home: Path) -> None:
    CliRunner().invoke(cli, ["render", "52.71"])
    (home / "build/52.71-kota-mataram/README.md").write_text("sedang ditulis")
    profile = home / "regions/52.71-kota-mataram/region.yml"
    profile.write_text(profile.read_text() + "\nbudget:\n  rounding: half_up\n", encoding="utf-8")
    done = CliRunner().invoke(cli, ["render", "52.71"])
    assert done.exit_code == 1
    assert "has changes that are not committed: README.md. Nothing was changed." in done.stderr
