"""`kit upgrade` on the command line, with the real templates of a region."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit.cli.main import cli
from kit.profile import load, moves, sample
from kit.profile.moves import Move
from kit.profile.official import regions, slug
from kit.profile.writing import profile_text
from kit.render.region import Renderer
from kit.render.repository import create
from tests.kit.render.repositories import assert_sound, git
from tests.kit.upgrade.trees import commit, everything

CODE = "52.71"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A region that was rendered."""
    monkeypatch.setenv("KIT_REGIONS", str(tmp_path / "regions"))
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    write(tmp_path, {})
    done = call("render", CODE)
    assert done.exit_code == 0, done.output
    return tmp_path


def write(home: Path, own: dict[str, object]) -> None:
    path = home / "regions" / f"{CODE}-{slug(regions()[CODE])}" / "region.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(profile_text(regions()[CODE], sample(CODE, own)), encoding="utf-8")


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_from_preview_through_a_conflict_to_the_end(home: Path) -> None:
    folder = home / "build" / f"{CODE}-kota-mataram"
    assert call("upgrade", CODE).output == f"{folder}: up to date\n"
    write(home, {"region": {"code": CODE, "motto": "Kata baru"}})
    data = folder / "apps/core/region/region.json"
    text = data.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if '"motto"' in line)
    data.write_text(text.replace(line, line.replace(":", ": ")), encoding="utf-8")
    commit(folder, "Motto diatur di sini")
    before = everything(folder)

    seen = call("upgrade", CODE, "--preview")
    assert seen.exit_code == 1
    assert "region.motto: " in seen.output
    assert '"Kata baru"' in seen.output
    assert (
        "1 files would be in conflict:\n  apps/core/region/region.json: both sides changed the same lines"
        in seen.output
    )
    assert everything(folder) == before

    done = call("upgrade", CODE)
    assert done.exit_code == 1
    assert "Ani: Motto diatur di sini" in done.output
    assert "`kit upgrade 52.71 --continue`; or `kit upgrade 52.71 --abort`" in done.output
    for command in ("render", "setup", "deploy", "plan", "upgrade"):
        refused = call(command, CODE)
        assert refused.exit_code == 1
        assert "kit upgrade --continue" in refused.output, command

    given_up = call("upgrade", CODE, "--abort")
    assert given_up.exit_code == 0, given_up.output
    assert everything(folder) == before

    assert call("upgrade", str(folder) + "/", "--continue").exit_code == 1
    assert call("upgrade", CODE).exit_code == 1
    data.write_text(text, encoding="utf-8")
    git(folder, "add", ".")
    ended = call("upgrade", CODE, "--continue")
    assert ended.exit_code == 0, ended.output
    assert "Next: kit deploy 52.71" in ended.output
    assert_sound(folder)
    assert call("upgrade", CODE).output == f"{folder}: up to date\n"


def test_two_ways_at_once(home: Path) -> None:
    done = call("upgrade", CODE, "--abort", "--continue")
    assert done.exit_code == 2
    assert "Give one of --preview, --continue and --abort." in done.output


def test_a_profile_in_conflict_can_be_given_up(home: Path) -> None:
    folder = home / "build" / f"{CODE}-kota-mataram"
    own = home / "elsewhere"
    subprocess.run(["mv", str(folder), str(own)], check=True)
    (own / "region.yml").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    done = call("upgrade", f"{own}/", "--abort")
    assert done.exit_code == 1
    assert "no upgrade is under way there" in done.output


def test_a_former_key_of_the_profile_is_rewritten_by_the_upgrade_only(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "regions" / f"{CODE}-kota-mataram" / "region.yml"
    write(home, {"region": {"code": CODE, "motto": "Kata baru"}})
    before = file.read_text(encoding="utf-8").replace("motto:", "slogan:")
    file.write_text(before, encoding="utf-8")
    monkeypatch.setattr(moves, "MOVES", (Move("0.1.1", "region.slogan", "motto", "one word for both."),))
    assert "expected the key motto since kit 0.1.1" in call("check", CODE).output
    assert call("render", CODE).exit_code == 1
    words = "region.slogan → region.motto (kit 0.1.1): one word for both."
    assert words in call("upgrade", CODE, "--preview").output
    assert file.read_text(encoding="utf-8") == before
    done = call("upgrade", CODE)
    assert (done.exit_code, words in done.output) == (0, True)
    after = before.replace("slogan:", "motto:")
    assert file.read_text(encoding="utf-8") == after
    folder = home / "build" / f"{CODE}-kota-mataram"
    assert (folder / "region.yml").read_text(encoding="utf-8") == after
    assert "unchanged" in call("render", CODE).output

    handed = home / "elsewhere"
    folder.rename(handed)
    monkeypatch.setattr(moves, "MOVES", (Move("0.1.2", "region.motto", "slogan", "the other way."),))
    refused = call("upgrade", f"{handed}/")
    assert refused.exit_code == 1  # what is no key today does not become one
    assert (handed / "region.yml").read_text(encoding="utf-8") == after


def test_a_handed_over_repository_gets_the_new_key_by_the_merge(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home / "regions" / f"{CODE}-kota-mataram" / "region.yml"
    write(home, {"region": {"code": CODE, "motto": "Kata baru"}})
    text = file.read_text(encoding="utf-8")
    former = text.replace("motto:", "slogan:")
    handed = home / "handed"
    create(handed, Renderer().tree(load(file), file, former), [])
    assert (handed / "region.yml").read_text(encoding="utf-8") == former
    monkeypatch.setattr(moves, "MOVES", (Move("0.1.1", "region.slogan", "motto", "one word for both."),))
    done = call("upgrade", f"{handed}/")
    assert done.exit_code == 0, done.output
    assert (handed / "region.yml").read_text(encoding="utf-8") == text
    assert git(handed, "status", "--porcelain") == ""

    (handed / "region.yml").write_text(former, encoding="utf-8")
    commit(handed, "Kata lama ditulis lagi")
    done = call("upgrade", f"{handed}/")
    assert "region.yml was changed: `git commit` it." in done.output
    assert (handed / "region.yml").read_text(encoding="utf-8") == text
