"""Every recorded version comes to the present: its tree with a region's own changes, its databases with their data."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit import __version__
from kit.cli.main import cli
from kit.profile.store import find
from kit.render import manifest
from kit.render.region import Renderer
from kit.suite import postgres
from kit.suite.recording import APPS, BUNDLE, leaves, manage, new_database, restore, rows
from kit.suite.releases import Release, recorded
from kit.upgrade import drift, state

RECORDS = {one.folder.name: one for one in recorded()}
EDITS = {
    "README.md": "Catatan dinas: hubungi ruang 204.\n",
    "deploy/web/headers.conf": 'add_header X-Dinas "Kominfo" always;\n',
    "apps/hayu/hayu/templates/hayu/base.html": "{# milik daerah #}\n",
}
OWN = {
    "custom/static/daerah.css": "body { color: teal }\n",
    "custom/hooks/after-deploy": "#!/bin/sh\n",
    "catatan.txt": "x\n",
}


def _git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ani", "-c", "user.email=ani@daerah.example"]
    done = subprocess.run(["git", *who, "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _settled(folder: Path, conflicts: Sequence[str], told: str) -> Result:
    """Where the kit changed the region's very lines it says so, and the region keeps both."""
    assert set(conflicts) <= set(EDITS), told
    for path in conflicts:
        assert f"  {path}: both sides changed the same lines" in told
        lines = (folder / path).read_text(encoding="utf-8").splitlines(keepends=True)
        both = [line for line in lines if not line.startswith(("<<<<<<< ", "=======", ">>>>>>> "))]
        (folder / path).write_text("".join(both), encoding="utf-8")
        _git(folder, "add", path)
    return CliRunner().invoke(cli, ["upgrade", f"{folder}/", "--continue"])


@pytest.mark.parametrize("name", RECORDS)
def test_a_tree_of_each_version_comes_to_the_present_with_the_regions_changes(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "daerah"
    _git(tmp_path, "clone", "--quiet", "--branch", "main", str(RECORDS[name].folder / BUNDLE), str(folder))
    _git(folder, "branch", "--quiet", "kit", "origin/kit")
    _git(folder, "remote", "remove", "origin")
    assert manifest.read_in(folder)["kit"]["version"] == RECORDS[name].version
    for path, text in (EDITS | OWN).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "Punya daerah")
    done = CliRunner().invoke(cli, ["upgrade", f"{folder}/"])
    if conflicts := state(folder).conflicts:
        done = _settled(folder, conflicts, done.output)
    assert done.exit_code == 0, done.output
    assert state(folder).is_whole
    assert manifest.read_in(folder)["kit"]["version"] == __version__
    for path, text in EDITS.items():
        assert text in (folder / path).read_text(encoding="utf-8")
    assert {path: (folder / path).read_text(encoding="utf-8") for path in OWN} == OWN
    assert {one.path for one in drift(folder)} == set(EDITS)
    assert _git(folder, "status", "--porcelain") == ""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A PostgreSQL server: the run's own, else one for these tests."""
    given = os.environ.get("KIT_TEST_DATABASE_URL")
    if given:
        yield given
    else:
        with postgres.server() as own:
            yield own.replace("{app}", "postgres")


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the recorded region as it is now."""
    tree = tmp_path_factory.mktemp("present") / "tree"
    Renderer().render(find("52.71"), tree)
    return tree


@pytest.mark.parametrize("app", APPS)
@pytest.mark.parametrize("name", RECORDS)
def test_the_data_of_each_version_come_to_the_present(
    name: str, app: str, address: str, present: Path, tmp_path: Path
) -> None:
    release: Release = RECORDS[name]
    database = new_database(address, f"{name.replace('.', '_')}_{app}")
    restore(release, app, database)
    before = rows(database)
    assert leaves(database) == {label: release.migrations[label] for label in ("core", app)}
    assert sum(count > 0 for count in before.values()) > 10
    manage(present, app, database, tmp_path, "migrate", "--noinput", "-v0")
    after = rows(database)
    # what is gone is an old table whose going a written reason allows; no row of the others is
    assert [table for table, count in before.items() if table in after and after[table] < count] == []
    said = json.loads(manage(present, app, database, tmp_path, "examine", "--rehearse"))
    assert said["migrations"] == []
    assert said["audit"]["breaks"] == []
    assert said["audit"]["rows"] == before["core_auditentry"]
    assert said["rehearsal"]["fault"] == ""


def test_there_is_something_to_upgrade_from_and_every_release_has_its_place_in_the_changelog() -> None:
    assert RECORDS
    changelog = (Path(__file__).parents[2] / "CHANGELOG.md").read_text(encoding="utf-8")
    for name, one in RECORDS.items():
        assert name == (one.version if one.is_released else "baseline")
        assert not one.is_released or f"\n## [{one.version}] - 20" in changelog
