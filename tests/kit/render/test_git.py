"""Git runs by itself: whatever the user, the system or the environment says."""

import os
from pathlib import Path

import pytest

from kit.errors import OutsideError
from kit.render import git as module
from kit.render.git import GitFailed, ask, commit_of, git
from kit.render.repository import create, update
from tests.kit.render.repositories import NEW, OLD, OWN, assert_sound, expected, on_disk, render

HOSTILE = """
[user]
    useConfigOnly = true
[core]
    hooksPath = {hooks}
    autocrlf = true
    eol = crlf
    fileMode = false
    excludesFile = {home}/ignore
    attributesFile = {home}/attributes
    fsmonitor = {hooks}/post-checkout
    editor = false
    pager = false
    symlinks = false
[commit]
    gpgSign = true
    template = {home}/nothing
[gpg]
    program = false
[init]
    templateDir = {home}/template
    defaultBranch = trunk
    defaultObjectFormat = sha256
[filter "x"]
    clean = "touch {home}/ran"
    smudge = "touch {home}/ran"
    required = true
[merge "x"]
    driver = "touch {home}/ran"
[safe]
    directory =
[transfer]
    fsckObjects = true
[status]
    showUntrackedFiles = all
[alias]
    status = !false
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose git settings would break or hijack every step; returns the file that must not appear."""
    home, hooks = tmp_path / "home", tmp_path / "home" / "hooks"
    hooks.mkdir(parents=True)
    names = ("pre-commit", "commit-msg", "post-checkout", "post-merge", "reference-transaction", "post-index-change")
    for name in names:
        (hooks / name).write_text(f"#!/bin/sh\ntouch {home}/ran\nexit 1\n")
        (hooks / name).chmod(0o755)
    (home / "template" / "hooks").mkdir(parents=True)
    (home / "template" / "hooks" / "post-checkout").write_text(f"#!/bin/sh\ntouch {home}/ran\n")
    (home / "template" / "hooks" / "post-checkout").chmod(0o755)
    (home / "ignore").write_text("*\n")
    (home / "attributes").write_text("* filter=x merge=x text eol=crlf\n")
    settings = HOSTILE.format(home=home, hooks=hooks)
    (home / ".gitconfig").write_text(settings)
    (home / "system").write_text(settings)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(home / "system"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.hooksPath")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(hooks))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "tree"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "")
    monkeypatch.setenv("GIT_TEMPLATE_DIR", str(home / "template"))
    monkeypatch.setenv("GIT_TRACE", str(home / "ran"))
    monkeypatch.setenv("LC_ALL", "C")
    return home / "ran"


def test_nothing_of_the_users_settings_matters(hostile: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    create(target, render(OLD), [])
    assert update(target, render(NEW)) is True
    assert on_disk(target) == expected(render(NEW).tree | OWN)
    assert not hostile.exists()
    assert not (target / ".git" / "hooks").exists()
    assert ask(target, "log", "-1", "--format=%an <%ae>") == "kit <kit@localhost>"
    assert_sound(target)


def test_hooks_in_the_repository_itself_do_not_run(tmp_path: Path) -> None:
    target = tmp_path / "target"
    create(target, render(OLD), [])
    hooks = target / ".git" / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "reference-transaction", "post-index-change", "pre-commit"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
        (hooks / name).chmod(0o755)
    git(target, "config", "commit.gpgSign", "true")
    assert update(target, render(NEW)) is True
    assert not (tmp_path / "ran").exists()


def test_an_empty_home_and_environment_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name != "PATH":
            monkeypatch.delenv(name)
    create(tmp_path / "target", render(OLD), [])
    assert update(tmp_path / "target", render(NEW)) is True
    assert_sound(tmp_path / "target")


def test_a_missing_git_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OutsideError, match="apt install git"):
        git(tmp_path, "version")


def test_a_failure_is_told_in_gits_words(tmp_path: Path) -> None:
    with pytest.raises(GitFailed, match=r"git log failed in .*not a git repository") as caught:
        git(tmp_path, "log")
    assert caught.value.code == 128
    assert commit_of(tmp_path, "main") is None


@pytest.mark.parametrize(
    ("words", "enough"), [("git version 2.34.1", False), ("git version 2.38.0", True), ("git version 3.0.rc1", True)]
)
def test_an_old_git_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, enough: bool) -> None:
    monkeypatch.setattr(module, "ask", lambda *_: words)
    if enough:
        module.require_merge_tree(tmp_path)
        return
    with pytest.raises(module.KitError, match=r"git 2\.34\.1 is too old to merge a new render: git 2\.38"):
        module.require_merge_tree(tmp_path)
