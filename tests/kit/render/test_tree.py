"""Paths and files in memory."""

import hashlib

import pytest

from kit.errors import KitError
from kit.render.tree import File, add, checked_path, digest_of


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a/.",
        ".git/config",
        "a/.GIT/hooks/x",
        "a\nb",
        "a\x00b",
        "a\\b",
        "x" * 256,
        "é" * 128,
    ],
)
def test_a_path_that_leaves_the_tree_is_refused(path: str) -> None:
    with pytest.raises(KitError, match=r"templates/x: y becomes .* no path inside the rendered tree"):
        checked_path(path, "templates/x: y")


@pytest.mark.parametrize("path", ["a", "a/b.c", ".gitignore", ".kit/manifest.json", "desa Ciwidey/é.txt", "x" * 255])
def test_a_path_inside_the_tree_is_taken(path: str) -> None:
    assert checked_path(path, "here") == path


def test_two_files_of_one_path_are_refused() -> None:
    tree = {"a": File(b"1")}
    with pytest.raises(KitError, match="b becomes 'a', and so does another file"):
        add(tree, "a", File(b"2"), "b")
    assert tree == {"a": File(b"1")}


def test_ids_are_those_of_git_and_sha256() -> None:
    assert File(b"").blob == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert File(b"hello\n").blob == "ce013625030ba8dba906f756967f9e9ca394464a"
    assert File(b"x").digest == hashlib.sha256(b"x").hexdigest()


def test_modes() -> None:
    assert (File(b"").mode, File(b"").permissions) == ("100644", 0o644)
    assert (File(b"", executable=True).mode, File(b"", executable=True).permissions) == ("100755", 0o755)


def test_a_digest_tells_where_its_parts_end() -> None:
    assert digest_of("ab", "c") != digest_of("a", "bc") != digest_of("abc")
