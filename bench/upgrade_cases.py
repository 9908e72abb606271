"""The edge cases of bench/upgrade.py: what the region changed, what the template changed, and what became of both."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from upgrade_peers import Tree, git

_LINES = "".join(f"baris {number}\n" for number in range(1, 31)).encode()
_BLOB = bytes(range(256)) * 8
OURS, THEIRS = b"DAERAH", b"TEMPLATE"


def _ours(data: bytes) -> bytes:
    return data.replace(b"baris 5\n", b"baris 5 DAERAH\n")


def _theirs(data: bytes) -> bytes:
    return data.replace(b"baris 25\n", b"baris 25 TEMPLATE\n")


@dataclass(frozen=True)
class Case:
    """One case. ``old`` and ``new`` are the template's files; ``local`` is what the region does in its folder.

    ``ours`` and ``theirs``: which side's mark must be found afterwards.
    """

    name: str
    old: Tree
    new: Tree
    local: Callable[[Path], object]
    ours: bool = True
    theirs: bool = True


def _put(name: str, data: bytes) -> Callable[[Path], object]:
    def put(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)

    return put


def _mode(folder: Path) -> None:
    (folder / "c09/run.sh").chmod(0o755)


def _text(number: int, name: str = "a.txt", data: bytes = _LINES) -> Tree:
    return {f"c{number:02}/{name}": (data, False)}


def _edited(number: int, name: str = "a.txt") -> Callable[[Path], object]:
    return _put(f"c{number:02}/{name}", _ours(_LINES))


_NEW = _theirs(_LINES)
_SAME = _LINES.replace(b"baris 5\n", b"baris 5 TEMPLATE\n")
_WINDOWS = _ours(_LINES).replace(b"\n", b"\r\n")
_LONG = _LINES * 2
_UNICODE = "ünï cödé.txt"

CASES = (
    Case("different lines", _text(1), _text(1, data=_NEW), _edited(1)),
    Case("the same line", _text(2), _text(2, data=_SAME), _edited(2)),
    Case("template renames", _text(3), _text(3, "b.txt", _NEW), _edited(3)),
    Case("template deletes", _text(4), {}, _edited(4), theirs=False),
    Case(
        "region renames",
        _text(5),
        _text(5, data=_NEW),
        lambda folder: (folder / "c05/a.txt").rename(folder / "c05/DAERAH.txt"),
    ),
    Case(
        "region deletes",
        _text(6),
        _text(6, data=_NEW),
        lambda folder: (folder / "c06/a.txt").unlink(),
        ours=False,
        theirs=False,
    ),
    Case(
        "binary, region's",
        _text(7, "a.bin", _BLOB),
        _text(7, "a.bin", _BLOB),
        _put("c07/a.bin", _BLOB + OURS),
        theirs=False,
    ),
    Case(
        "binary, both",
        _text(8, "a.bin", _BLOB),
        _text(8, "a.bin", _BLOB + THEIRS),
        _put("c08/a.bin", _BLOB + OURS),
    ),
    Case("mode, region's", _text(9, "run.sh"), _text(9, "run.sh", _NEW), _mode, ours=False),
    Case("both add", {}, _text(10, data=b"TEMPLATE\n"), _put("c10/a.txt", b"DAERAH\n")),
    Case("line ends, region's", _text(11), _text(11, data=_NEW), _put("c11/a.txt", _WINDOWS)),
    Case("name with blanks, unicode", _text(12, _UNICODE), _text(12, _UNICODE, _NEW), _edited(12, _UNICODE)),
    Case(
        "template renames a folder",
        _text(13, "a/x.txt") | _text(13, "a/y.txt", _LONG),
        _text(13, "b/x.txt") | _text(13, "b/y.txt", _LONG + THEIRS + b"\n"),
        _edited(13, "a/x.txt"),
    ),
)


def folder_of(case: Case) -> str:
    """Every case has a folder of its own, so that one update shows all."""
    return f"c{CASES.index(case) + 1:02}"


def trees() -> tuple[Tree, Tree]:
    """The old and the new template: every case's files."""
    kept = {f"c{number:02}/KEEP.txt": (b"keep\n", False) for number in range(1, len(CASES) + 1)}
    old, new = dict(kept), dict(kept)
    for case in CASES:
        old |= case.old
        new |= case.new
    return old, new


def verdict(case: Case, folder: Path, code: int) -> str:
    """What became of a case after an update that ended with exit code *code*, in words."""
    below = folder_of(case)
    unmerged = [line.partition("\t")[2] for line in git(folder, "ls-files", "-u", "-z", below).split("\0") if line]
    files = [path for path in (folder / below).rglob("*") if path.is_file()]
    texts = [path.name.encode() + b"\n" + path.read_bytes() for path in files]
    staged = b"".join(
        subprocess.run(["git", "-C", str(folder), "show", f":{stage}:{path}"], capture_output=True, check=False).stdout
        for path in set(unmerged)
        for stage in (2, 3)
    )
    everything = b"".join(texts) + staged
    lost = [who for who, mark, asked in _sides(case) if asked and mark not in everything]
    if case.name.startswith("mode") and not (folder / "c09/run.sh").stat().st_mode & 0o100:
        lost.append("region's change")
    if case.name == "region deletes" and not unmerged and (folder / "c06/a.txt").exists():
        lost.append("region's change")
    marked = any(b"<<<<<<<" in text for text in texts) or any(path.suffix == ".rej" for path in files)
    conflict = bool(unmerged) or marked
    if lost and not (conflict and code):
        return f"LOST: {' and '.join(lost)}" + (" (conflict marks)" if conflict else "") + f", exit {code}"
    if conflict:
        how = "conflict" if code else "conflict marks, exit 0"
        return f"{how}, in {'git' if unmerged else 'the file'}" if code else how
    return "kept"


def _sides(case: Case) -> tuple[tuple[str, bytes, bool], ...]:
    return (("region's change", OURS, case.ours), ("template's change", THEIRS, case.theirs))
