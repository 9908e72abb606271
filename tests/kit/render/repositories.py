"""Small renders and what their repositories look like, for the tests of repositories."""

import os
import stat
import subprocess
from pathlib import Path

from kit.render import manifest
from kit.render.repository import Render
from kit.render.tree import File, Tree

CODE = "52.71"

OLD: Tree = {
    ".gitattributes": File(b"* text=auto eol=lf\n*.bin binary\n"),
    "README.md": File(b"satu\ndua\ntiga\nempat\nlima\nenam\ntujuh\n"),
    "apps/core/a.py": File(b"A = 1\n"),
    "apps/core/gone/only.txt": File(b"pergi\n"),
    "apps/core/run": File(b"#!/bin/sh\n", executable=True),
    "apps/core/x.bin": File(bytes(range(256))),
    "apps/core/empty": File(b""),
    "nama dengan spasi/é.txt": File("é\n".encode()),
}
NEW: Tree = {
    ".gitattributes": OLD[".gitattributes"],
    "README.md": File(b"satu\ndua\ntiga\nempat\nlima\nenam\ntujuh baru\n"),
    "apps/core/a.py": File(b"A = 1\n", executable=True),
    "apps/core/gone": File(b"now a file\n"),
    "apps/core/run": File(b"#!/bin/sh\nexit 0\n"),
    "apps/core/x.bin": File(bytes(reversed(range(256)))),
    "apps/core/new/deep/b.py": File(b"B = 2\n"),
    "nama dengan spasi/é.txt": OLD["nama dengan spasi/é.txt"],
}
OWN: Tree = {"custom/README.md": File(b"milik daerah\n"), "custom/static/.gitkeep": File(b"")}


def render(tree: Tree, code: str = CODE, words: str = "Kota Mataram, kit 0.1.0", templates: str = "t") -> Render:
    """A render of ``tree`` with a manifest; ``templates``: the digest of what it was made of."""
    inputs = manifest.Inputs("kit", {"core": templates}, manifest.profile_digest(tree))
    sealed = dict(tree)
    sealed[manifest.PATH] = manifest.manifest(inputs, code, "kota-mataram", [], sealed)
    return Render(sealed, OWN, words, code, ("core",))


def git(folder: Path, *arguments: str) -> str:
    """What plain git says, with nothing of this machine's settings."""
    env = {
        "PATH": os.environ["PATH"],
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
    }
    who = ["-c", "user.name=Ani", "-c", "user.email=ani@daerah.example", "-c", "core.quotePath=false"]
    done = subprocess.run(
        ["git", *who, "-C", str(folder), *arguments], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def on_disk(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below a folder but git's own: bytes and permission bits."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def expected(tree: Tree) -> dict[str, tuple[bytes, int]]:
    """What `on_disk` gives for a tree."""
    return {path: (file.data, file.permissions) for path, file in tree.items()}


def assert_sound(folder: Path) -> None:
    """The repository is whole, clean, and nothing of the kit's work lies about."""
    assert git(folder, "status", "--porcelain") == ""
    git(folder, "fsck", "--full", "--strict", "--no-dangling")
    assert not (folder / ".git" / "kit").exists()
    assert [path.name for path in folder.parent.glob(".*kit-draft*")] == []
