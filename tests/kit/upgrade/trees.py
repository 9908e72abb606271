"""Old and new renders for the tests of upgrades, and what stands in a repository."""

from pathlib import Path

from kit.render.repository import create
from kit.render.tree import File, Tree
from kit.upgrade import Report, upgrade
from tests.kit.render.repositories import git, on_disk, render

ATTRIBUTES = File(b"* text=auto eol=lf\n*.bin binary\n")
LINES = "".join(f"baris {number}\n" for number in range(1, 21)).encode()


def made(folder: Path, files: dict[str, bytes | File]) -> Path:
    """A repository of a render of ``files``."""
    create(folder, render(tree(files)), [])
    return folder


def tree(files: dict[str, bytes | File]) -> Tree:
    """Files by path, with the attributes of a region's repository."""
    return {".gitattributes": ATTRIBUTES} | {
        path: one if isinstance(one, File) else File(one) for path, one in files.items()
    }


def commit(folder: Path, words: str = "punya kami") -> None:
    """Commit all there is, as the region."""
    git(folder, "add", "-A")
    git(folder, "commit", "--allow-empty", "-qm", words)


def to(folder: Path, files: dict[str, bytes | File], words: str = "Kota Mataram, kit 0.2.0") -> Report:
    """Upgrade to a render of ``files``."""
    return upgrade(folder, render(tree(files), words=words))


def everything(folder: Path) -> tuple[object, ...]:
    """All there is: files of every kind, branches, index, and the files of .git that say what is under way."""
    names = {path.name for path in (folder / ".git").iterdir()}
    marks = sorted(name for name in names - {"ORIG_HEAD"} if name.isupper() or "kit" in name)
    refs = [git(folder, "rev-parse", ref) for ref in ("main", "kit")]
    return (
        on_disk(folder),
        refs,
        git(folder, "ls-files", "-s"),
        git(folder, "status", "--porcelain", "--ignored"),
        marks,
    )
