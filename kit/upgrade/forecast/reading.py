"""Reading a repository that may be anybody's: its two branches and its objects, and nothing else of it.

Git never runs in it. Its branches are read as plain files; its objects through a repository of the kit's own, whose
settings are the kit's. So no hook, filter, merge driver, alias or helper of its settings can run.
"""

import os
import re
import stat
from pathlib import Path

from kit.errors import KitError
from kit.render.extras import MAX_BYTES, RESERVED
from kit.render.git import git
from kit.render.manifest import PATH
from kit.render.repository import KIT, MAIN
from kit.render.tree import checked_path

_ID = re.compile(r"[0-9a-f]{40}")
_PACKED_MOST = 16 * 1024 * 1024
_FILES_MOST = 200
_ATTRIBUTES_MOST = 64 * 1024
_CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tlogallrefupdates = false\n"


def shadow_of(repository: Path, folder: Path) -> None:
    """Make ``folder`` a repository with the branches of ``repository`` that reads its objects.

    Raises KitError where it is none, or keeps its branches in a way that cannot be read safely.
    """
    own = _git_dir(repository)
    branches = {ref: _branch(repository, own, ref) for ref in (MAIN, KIT)}
    made = folder / ".git"
    (made / "objects/info").mkdir(parents=True)
    (made / "refs/heads").mkdir(parents=True)
    (made / "HEAD").write_text(f"ref: {MAIN}\n", encoding="utf-8")
    (made / "config").write_text(_CONFIG, encoding="utf-8")
    (made / "objects/info/alternates").write_bytes(os.fsencode(own.absolute() / "objects") + b"\n")
    for ref, commit in branches.items():
        if commit:
            (made / ref).write_text(f"{commit}\n", encoding="utf-8")


def profile_into(shadow: Path, folder: Path) -> Path:
    """Write region.yml of main, and what stands beside it, into ``folder``; return the file.

    At most 200 plain files of 4 MB. Attributes that decide how files are merged go into the shadow itself.
    """
    wanted: dict[str, tuple[Path, str]] = {}
    for entry in os.fsdecode(git(shadow, "ls-tree", "-r", "-l", "-z", MAIN)).split("\0")[:-1]:
        facts, _, path = entry.partition("\t")
        mode, _, blob, size = facts.split()
        if mode not in ("100644", "100755"):
            continue
        if path.rpartition("/")[2] == ".gitattributes" and int(size) <= _ATTRIBUTES_MOST:
            wanted[path] = (shadow / checked_path(path, "a path in the repository"), blob)
        elif path.partition("/")[0] not in (*RESERVED, PATH.partition("/")[0]) and int(size) <= MAX_BYTES:
            wanted[path] = (folder / checked_path(path, "a path in the repository"), blob)
    if "region.yml" not in wanted:
        raise KitError("main holds no region.yml.")
    if len(wanted) > _FILES_MOST:
        raise KitError(f"main holds {len(wanted)} files beside region.yml, more than {_FILES_MOST}.")
    _write(shadow, list(wanted.values()))
    return folder / "region.yml"


def _write(shadow: Path, files: list[tuple[Path, str]]) -> None:
    raw = git(shadow, "cat-file", "--batch", data="".join(f"{blob}\n" for _, blob in files).encode())
    place = 0
    for path, _ in files:
        line = raw.index(b"\n", place)
        size = int(raw[place:line].split()[2])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw[line + 1 : line + 1 + size])
        place = line + size + 2


def _git_dir(repository: Path) -> Path:
    """The folder that holds branches and objects: ``.git``, or the repository itself where it is a bare one."""
    if any(ord(letter) < 32 for letter in str(repository)):
        raise KitError("its path holds control characters: rename it.")
    for folder in (repository / ".git", repository):
        if all(_is_dir(folder / part) for part in (".", "objects", "refs")):
            return folder
    raise KitError("it is no git repository (a folder with .git, or a bare one; links are not followed).")


def _is_dir(path: Path) -> bool:
    return os.path.lexists(path) and stat.S_ISDIR(path.lstat().st_mode)


def _branch(repository: Path, own: Path, ref: str) -> str:
    """The commit of a branch, empty where there is none."""
    if not _is_dir(own / "refs/heads"):
        raise KitError(f"{repository} keeps its branches in a way this kit does not read.")
    loose = _plain(own / ref, 100).strip()
    if loose:
        if not _ID.fullmatch(loose):
            raise KitError(f"branch {ref.rpartition('/')[2]} is no plain branch with a commit of 40 digits.")
        return loose
    for line in _plain(own / "packed-refs", _PACKED_MOST).splitlines():
        commit, _, name = line.partition(" ")
        if name == ref and _ID.fullmatch(commit):
            return commit
    return ""


def _plain(path: Path, most: int) -> str:
    """The text of a plain file, at most ``most`` bytes; empty for everything else. No link is followed, none waits."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return ""
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return ""
        return file.read(most).decode("utf-8", errors="replace")
