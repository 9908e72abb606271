"""The user's cache: used only where nobody else can write it."""

from pathlib import Path

import pytest

from kit.render.cache import private_dir


def test_it_is_made_for_the_user_alone(cache: Path) -> None:
    folder = private_dir("jinja")
    assert folder is not None
    assert folder.is_relative_to(cache)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert private_dir("jinja") == folder


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_folder_others_may_write_is_not_used(cache: Path, depth: int) -> None:
    folder = private_dir("jinja")
    assert folder is not None
    [folder, *folder.parents][depth].chmod(0o777)
    assert private_dir("jinja") is None


def test_a_link_is_not_used(cache: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    cache.mkdir()
    (cache / "kit").symlink_to(tmp_path / "elsewhere")
    assert private_dir("jinja") is None


def test_without_a_home_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    assert private_dir("jinja") is None


def test_a_file_in_its_place_is_no_reason_to_fail(cache: Path) -> None:
    cache.mkdir()
    (cache / "kit").write_text("")
    assert private_dir("jinja") is None


def test_the_home_is_used_without_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = private_dir("packs")
    assert folder is not None
    assert folder.is_relative_to(tmp_path / ".cache" / "kit")
