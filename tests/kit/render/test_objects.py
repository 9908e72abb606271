"""Static files are packed once and copied into each repository."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.render import objects, templates
from kit.render.objects import Pack, pack_of
from kit.render.repository import create
from kit.render.templates import Template
from kit.render.tree import Tree
from tests.kit.render.repositories import assert_sound, expected, git, on_disk, render

Write = Callable[..., Path]


@pytest.fixture
def static(template: Write, cache: Path) -> Template:
    files = {
        "code/a.py": "A = 1\n",
        "code/x.bin": bytes(range(256)),
        "code/empty": "",
        "y.json": "{{ cookiecutter.v }}",
    }
    return templates.load("a", template("a", files, _copy_without_render=["code"]))


def tree_of(template: Template) -> Tree:
    return {source.path: source.file for source in template.sources}


def test_a_pack_holds_the_copied_files(static: Template, tmp_path: Path) -> None:
    pack = pack_of(static)
    assert pack is not None
    assert pack.blobs == {source.file.blob for source in static.sources if source.text is None}
    git(tmp_path, "init", "-q", "repo")
    assert pack.copy_into(tmp_path / "repo")
    for source in static.sources:
        if source.text is None:
            assert git(tmp_path / "repo", "cat-file", "-s", source.file.blob).strip() == str(len(source.file.data))


def test_it_is_made_once(static: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pack_of(static)
    monkeypatch.setattr(objects, "_make", lambda *_: pytest.fail("made again"))
    assert pack_of(static) == first


def test_a_repository_made_with_it_is_whole(static: Template, tmp_path: Path, cache: Path) -> None:
    pack = pack_of(static)
    assert pack is not None
    create(tmp_path / "with", render(tree_of(static)), [pack])
    create(tmp_path / "without", render(tree_of(static)), [])
    assert on_disk(tmp_path / "with") == on_disk(tmp_path / "without")
    assert git(tmp_path / "with", "rev-parse", "kit") == git(tmp_path / "without", "rev-parse", "kit")
    shutil.rmtree(cache)
    assert_sound(tmp_path / "with")
    inodes = {path.stat().st_nlink for path in (tmp_path / "with" / ".git").rglob("*") if path.is_file()}
    assert inodes == {1}, "nothing is shared with the cache"


def test_a_cache_lost_meanwhile_is_no_loss(static: Template, tmp_path: Path, cache: Path) -> None:
    pack = pack_of(static)
    assert pack is not None
    shutil.rmtree(cache)
    create(tmp_path / "x", render(tree_of(static)), [pack])
    assert_sound(tmp_path / "x")


def test_another_version_of_a_template_takes_its_place(static: Template, cache: Path, template: Write) -> None:
    first = pack_of(static)
    folder = template("a", {"code/a.py": "A = 2\n"}, _copy_without_render=["code"])
    second = pack_of(templates.load("a", folder))
    assert first is not None
    assert second is not None
    assert first.blobs != second.blobs
    kept = [path.name for path in cache.rglob("packs/*")]
    assert kept == [second.name]


def test_without_a_cache_there_is_none(static: Template, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    assert pack_of(static) is None


def test_a_template_without_copied_files_has_none(template: Write, cache: Path) -> None:
    assert pack_of(templates.load("b", template("b", {"x": ""}))) is None


def test_a_broken_pack_in_the_cache_is_not_used(static: Template, cache: Path) -> None:
    pack = pack_of(static)
    assert pack is not None
    pack.parts[0].unlink()
    assert pack_of(static) is None


def test_the_pack_lost_between_its_files(static: Template, tmp_path: Path) -> None:
    pack = pack_of(static)
    assert pack is not None
    partial = Pack(pack.name, (pack.parts[0], tmp_path / "gone.idx"), pack.blobs)
    target = tmp_path / "x"
    create(target, render(tree_of(static)), [partial])
    assert on_disk(target) == {**expected(render(tree_of(static)).tree), **expected(render({}).own)}
    assert_sound(target)
