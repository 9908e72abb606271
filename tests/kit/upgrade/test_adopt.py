"""Copies by hand of a rendered tree: the version is found, the tree is kept as it is, upgrades work from then on."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kit.cli.main import cli
from kit.errors import KitError
from kit.paths import ROOT
from kit.profile import sample
from kit.profile.official import regions
from kit.profile.writing import profile_text
from kit.render.templates import IGNORED
from kit.upgrade.adopt import adopt
from kit.upgrade.adopt.nearest import Version, nearest
from kit.upgrade.adopt.rendering import rendered_with
from tests.kit.render.repositories import assert_sound, git, on_disk
from tests.kit.upgrade.trees import commit

TREE = "{{cookiecutter.app}}"
PAGE, VIEWS, README = "apps/hayu/hayu/templates/hayu/home.html", "apps/hayu/hayu/__init__.py", "README.md"
HOME = f"templates/hayu/{TREE}/hayu/templates/hayu/home.html"


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the kit with four versions: a page changes, then a rendered file, then the page again."""
    clone = tmp_path_factory.mktemp("adopt") / "kit"
    for part in ("kit", "regions/data", *(f"templates/{name}" for name in ("core", "hayu", "region"))):
        shutil.copytree(ROOT / part, clone / part, ignore=shutil.ignore_patterns(*IGNORED))
    git(clone, "init", "-q", "-b", "main")
    page, readme = clone / HOME, clone / f"templates/region/{TREE}/README.md"
    page.write_text("<p>satu</p>\n<p>dua</p>\n<p>tiga</p>\n")
    commit(clone, "Satu")
    git(clone, "tag", "v0.1.0")
    page.write_text("<p>satu baru</p>\n<p>dua</p>\n<p>tiga</p>\n")
    commit(clone, "Dua")
    readme.write_text(
        readme.read_text(encoding="utf-8") + "\nTambahan {{ cookiecutter._region.name }}\n", encoding="utf-8"
    )
    commit(clone, "Tiga")
    page.write_text("<p>satu lain</p>\n<p>dua</p>\n<p>tiga</p>\n")
    commit(clone, "Empat")
    return clone


@pytest.fixture(scope="module")
def renders(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The region as the first, second and third version render it, without what the kit keeps."""
    base = tmp_path_factory.mktemp("renders")
    file = base / "profile/region.yml"
    file.parent.mkdir()
    file.write_text(
        profile_text(regions()["52.71"], sample("52.71", {"apps": {"enabled": ["hayu"]}})), encoding="utf-8"
    )
    made = {}
    for name, back in (("satu", 3), ("tiga", 1)):
        version = Version(git(kit, "rev-parse", f"HEAD~{back}").strip(), "", 0)
        rendered_with(kit, version, file, base / name)
        shutil.rmtree(base / name / ".git")
        shutil.rmtree(base / name / ".kit")
        made[name] = base / name
    return made


@pytest.fixture
def copy(renders: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of the first version that was changed by hand."""
    folder = tmp_path / "copy"
    shutil.copytree(renders["satu"], folder)
    (folder / PAGE).write_text("<p>satu</p>\n<p>dua</p>\n<p>tiga kami</p>\n")
    (folder / VIEWS).unlink()
    (folder / "catatan.txt").write_text("milik kami\n")
    (folder / ".env").write_text("RAHASIA=1\n")
    (folder / ".gitignore").unlink()
    return folder


def test_a_copy_without_git(kit: Path, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = on_disk(copy)
    done = adopt(copy, kit)
    assert done.version == "v0.1.0"
    after = on_disk(copy)
    assert {path: after[path] for path in before} == before
    assert after.keys() - before.keys() == {".kit/manifest.json"}
    assert [(one.path, one.how, one.meaning) for one in done.differs] == [
        (".gitignore", "removed", "committed"),
        (VIEWS, "removed", "committed"),
        (PAGE, "changed", "committed"),
    ]
    assert ".env" not in git(copy, "ls-files").split(), "what the render keeps out of git is not taken in"
    assert git(copy, "rev-list", "--count", "main").strip() == "2"
    assert [path.name for path in copy.parent.iterdir()] == ["copy"]

    monkeypatch.setattr("kit.render.templates.templates_dir", lambda: kit / "templates")
    upgraded = CliRunner().invoke(cli, ["upgrade", f"{copy}/"])
    assert upgraded.exit_code == 0, upgraded.output
    assert (copy / PAGE).read_text() == "<p>satu lain</p>\n<p>dua</p>\n<p>tiga kami</p>\n"
    assert (copy / "catatan.txt").read_text() == "milik kami\n"
    assert not (copy / VIEWS).exists()
    with pytest.raises(KitError, match="is under the kit already"):
        adopt(copy, kit)


def test_a_copy_with_a_history_of_its_own(copy: Path) -> None:
    (copy / ".env").unlink()
    git(copy, "init", "-q", "-b", "main")
    commit(copy, "Salinan kami")
    mine, before = git(copy, "rev-parse", "main").strip(), on_disk(copy)
    done = adopt(copy, copy.parent)
    assert done.version == "the kit as it stands here", "where the kit has no history"
    assert PAGE in {one.path for one in done.differs}
    after = on_disk(copy)
    assert {path: after[path] for path in before} == before
    assert git(copy, "rev-parse", "main^1").strip() == mine
    assert git(copy, "rev-parse", "main^2") == git(copy, "rev-parse", "kit")
    assert git(copy, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/kit", "refs/heads/main"]
    assert_sound(copy)


def test_what_only_a_rendered_file_tells(kit: Path, renders: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(renders["tiga"], folder)
    third, second = (git(kit, "rev-parse", f"HEAD~{back}").strip() for back in (1, 2))
    assert {one.commit for one in nearest(kit, folder)} == {third, second}, "their copied files are the same"
    assert adopt(folder, kit).version == f"commit {third[:12]}"


def started(copy: Path, branch: str = "main") -> Path:
    """The copy with a history of its own."""
    git(copy, "init", "-q", "-b", branch)
    commit(copy)
    return copy


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda copy: (copy / "region.yml").unlink(), "holds no region.yml"),
        (lambda copy: shutil.rmtree(copy / "apps"), "is no copy of a region's rendered tree"),
        (lambda copy: started(copy, "master"), "git branch -m main"),
        (lambda copy: git(copy, "init", "-q", "-b", "main"), "has no commit yet"),
        (lambda copy: git(started(copy), "branch", "kit"), "branch kit of"),
        (lambda copy: (started(copy) / README).write_text("x"), "not committed: README.md"),
        (lambda copy: (copy / ".git").write_text("gitdir: /x"), "is a linked worktree"),
        (lambda copy: (copy / ".kit").symlink_to("/tmp"), "is a link"),
    ],
)
def test_what_cannot_be_adopted_is_left_as_it_was(tmp_path: Path, make: object, words: str) -> None:
    assert callable(make)
    copy = tmp_path / "copy"
    (copy / "apps/hayu/hayu").mkdir(parents=True)
    for name in (README, VIEWS, "region.yml"):
        (copy / name).write_text("salinan\n")
    make(copy)
    before = on_disk(copy)
    with pytest.raises(KitError, match=words):
        adopt(copy, tmp_path)
    assert on_disk(copy) == before
