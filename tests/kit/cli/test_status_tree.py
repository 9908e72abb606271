"""`kit status` of a region's tree, with the real templates and no server."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kit.cli.main import cli
from kit.profile import sample
from kit.profile.official import regions
from kit.profile.writing import profile_text
from tests.kit.render.repositories import git
from tests.kit.upgrade.trees import commit, everything

CODE = "52.71"
PAGE = "apps/hayu/hayu/templates/hayu/home.html"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder a region is rendered to."""
    monkeypatch.setenv("KIT_REGIONS", str(tmp_path / "regions"))
    monkeypatch.setenv("KIT_BUILD", str(tmp_path / "build"))
    path = tmp_path / "regions" / f"{CODE}-kota-mataram" / "region.yml"
    path.parent.mkdir(parents=True)
    path.write_text(profile_text(regions()[CODE], sample(CODE, {})), encoding="utf-8")
    return tmp_path / "build" / f"{CODE}-kota-mataram"


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def test_the_tree_without_any_server(home: Path) -> None:
    absent = call("status", CODE, "--tree")
    assert (absent.exit_code, absent.output) == (0, f"tree {home}: not rendered yet. `kit render` makes it.\n")
    assert call("render", CODE).exit_code == 0
    assert call("status", CODE, "--tree").output == f"tree {home}: as it was rendered\n"

    (home / "custom/templates/core").mkdir(parents=True, exist_ok=True)
    (home / "custom/templates/core/base.html").write_text("<p>kami</p>\n", encoding="utf-8")
    (home / "docs/penyesuaian.md").write_text("kami\n", encoding="utf-8")
    commit(home, "Petunjuk kami")
    words = git(home, "log", "-1", "--abbrev=12", "--format=%h %cs %an: %s").strip()
    meant = call("status", CODE, "--tree")
    assert (meant.exit_code, meant.output.splitlines()) == (
        0,
        [
            f"tree {home}: 2 differences from its render (1 committed, 1 override)",
            "    apps/core/core/templates/core/base.html: replaced by the region, custom/templates/core/base.html",
            f"    docs/penyesuaian.md: changed by the region, {words}",
        ],
    )

    git(home, "update-index", "--assume-unchanged", "README.md")
    (home / "README.md").write_text("lupa\n", encoding="utf-8")
    before = everything(home)
    loose = call("status", CODE, "--tree", "--json")
    assert loose.exit_code == 1
    (told,) = json.loads(loose.output)
    assert told["tree"]["differs"][0] == {
        "path": "README.md",
        "how": "changed",
        "meaning": "uncommitted",
        "by": "",
        "meant": False,
    }
    assert everything(home) == before
    assert "README.md: changed, not committed, so nobody meant it yet." in call("status", CODE, "--tree").output

    git(home, "branch", "-D", "kit")
    lost = call("status", CODE, "--tree")
    assert lost.exit_code == 1
    assert "has lost branch kit" in lost.output
