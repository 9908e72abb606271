"""The edges on which other tools lose changes: each case is a local edit, a new render, and what must come of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit.render.repository import create
from kit.render.tree import File
from tests.kit.render.repositories import assert_sound, git, on_disk, render
from tests.kit.upgrade.trees import LINES, commit, to, tree

Files = dict[str, bytes | File]

A, B = "apps/core/a.txt", "apps/core/b.txt"
OURS, THEIRS = LINES.replace(b"baris 2\n", b"kami 2\n"), LINES.replace(b"baris 19\n", b"kit 19\n")
BOTH = OURS.replace(b"baris 19\n", b"kit 19\n")
CLASH = LINES.replace(b"baris 2\n", b"kit 2\n")
BLOB, BLOB_OURS, BLOB_THEIRS = (bytes([number]) * 300 + b"\0" for number in (1, 2, 3))
UNICODE = "apps/core/berkas é 日本.txt"


@dataclass(frozen=True)
class Case:
    """``after``: files and bytes that must stand at the end; ``conflicts``: files that must be reported."""

    old: Files
    edit: Callable[[Path], object]
    new: Files
    after: dict[str, bytes | None]
    conflicts: tuple[str, ...] = ()


def put(path: str, data: bytes, *, executable: bool = False) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        file.chmod(0o755 if executable else 0o644)

    return edit


def move(path: str, new: str, data: bytes) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        (folder / path).unlink()
        put(new, data)(folder)

    return edit


def gone(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


CASES = {
    "edits of both in one file": Case({A: LINES}, put(A, OURS), {A: THEIRS}, {A: BOTH}),
    "the same line": Case({A: LINES}, put(A, OURS), {A: CLASH}, {}, (A,)),
    "edited here, renamed there": Case({A: LINES}, put(A, OURS), {B: LINES}, {A: None, B: OURS}),
    "edited here, renamed and edited there": Case({A: LINES}, put(A, OURS), {B: THEIRS}, {A: None, B: BOTH}),
    "edited here, moved to a new folder there": Case(
        {A: LINES}, put(A, OURS), {"apps/inti/x/a.txt": THEIRS}, {A: None, "apps/inti/x/a.txt": BOTH}
    ),
    "edited here, deleted there": Case({A: LINES}, put(A, OURS), {}, {A: OURS}, (A,)),
    "deleted here, edited there": Case({A: LINES}, gone(A), {A: THEIRS}, {A: THEIRS}, (A,)),
    "deleted here, untouched there": Case({A: LINES, B: b"b\n"}, gone(A), {A: LINES, B: b"c\n"}, {A: None, B: b"c\n"}),
    "deleted here and there": Case({A: LINES}, gone(A), {}, {A: None}),
    "renamed and edited here, edited there": Case({A: LINES}, move(A, B, OURS), {A: THEIRS}, {A: None, B: BOTH}),
    "renamed here, deleted there": Case({A: LINES}, move(A, B, LINES), {}, {B: LINES}, (B,)),
    "renamed here and there, to other names": Case(
        {A: LINES}, move(A, B, OURS), {"apps/core/c.txt": THEIRS}, {}, (A, B, "apps/core/c.txt")
    ),
    "binary changed here": Case(
        {"x.bin": BLOB}, put("x.bin", BLOB_OURS), {"x.bin": BLOB, A: b"a\n"}, {"x.bin": BLOB_OURS}
    ),
    "binary changed there": Case({"x.bin": BLOB}, put(B, b"b\n"), {"x.bin": BLOB_THEIRS}, {"x.bin": BLOB_THEIRS}),
    "binary changed on both sides": Case(
        {"x.bin": BLOB}, put("x.bin", BLOB_OURS), {"x.bin": BLOB_THEIRS}, {"x.bin": BLOB_OURS}, ("x.bin",)
    ),
    "binary changed here, deleted there": Case(
        {"x.bin": BLOB}, put("x.bin", BLOB_OURS), {}, {"x.bin": BLOB_OURS}, ("x.bin",)
    ),
    "edited here, made executable there": Case({A: LINES}, put(A, OURS), {A: File(LINES, True)}, {A: OURS}),
    "made executable here, edited there": Case({A: LINES}, put(A, LINES, executable=True), {A: THEIRS}, {A: THEIRS}),
    "added on both sides, alike": Case({}, put(A, LINES), {A: LINES}, {A: LINES}),
    "added on both sides, different": Case({}, put(A, OURS), {A: THEIRS}, {}, (A,)),
    "a file here where a folder comes": Case(
        {}, put("apps/x", b"kami\n"), {"apps/x/y.txt": b"kit\n"}, {"apps/x/y.txt": b"kit\n"}, ("apps/x~HEAD",)
    ),
    "line ends changed here": Case({A: LINES}, put(A, LINES.replace(b"\n", b"\r\n")), {A: THEIRS}, {A: THEIRS}),
    "line ends changed here where git keeps them": Case(
        {"x.bin": LINES}, put("x.bin", LINES.replace(b"\n", b"\r\n")), {"x.bin": THEIRS}, {}, ("x.bin",)
    ),
    "unicode name, edits of both": Case({UNICODE: LINES}, put(UNICODE, OURS), {UNICODE: THEIRS}, {UNICODE: BOTH}),
    "unicode name, the same line": Case({UNICODE: LINES}, put(UNICODE, OURS), {UNICODE: CLASH}, {}, (UNICODE,)),
    "own files of the region": Case(
        {A: LINES}, put("kami/daftar.txt", b"k\n"), {A: THEIRS}, {"kami/daftar.txt": b"k\n", A: THEIRS}
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    folder = tmp_path / "region"
    create(folder, render(tree(case.old | {"z": b"lama\n"})), [])
    case.edit(folder)
    commit(folder)
    report = to(folder, case.new | {"z": b"baru\n"})
    assert tuple(one.path for one in report.conflicts) == case.conflicts
    found = on_disk(folder)
    for path, data in (case.after | {"z": b"baru\n"}).items():
        assert (found[path][0] if path in found else None) == data, path
    unmerged = git(folder, "ls-files", "-uz").split("\0")[:-1]
    assert {entry.partition("\t")[2] for entry in unmerged} == set(case.conflicts)
    if not case.conflicts:
        assert_sound(folder)


def test_modes_of_both_sides(tmp_path: Path) -> None:
    folder = tmp_path / "region"
    create(folder, render(tree({A: LINES, B: LINES})), [])
    put(A, OURS)(folder)
    put(B, LINES, executable=True)(folder)
    commit(folder)
    assert to(folder, {A: File(LINES, True), B: THEIRS}).conflicts == ()
    found = on_disk(folder)
    assert (found[A][1], found[B][1]) == (0o755, 0o755)


def test_both_contents_of_a_conflict_stand_in_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "region"
    create(folder, render(tree({A: LINES})), [])
    put(A, OURS)(folder)
    commit(folder, "Baris dua milik kami")
    (conflict,) = to(folder, {A: CLASH}).conflicts
    text = (folder / A).read_text()
    assert "<<<<<<< HEAD\nkami 2\n=======\nkit 2\n>>>>>>> kit/next\n" in text
    assert conflict.words == "both sides changed the same lines"
    assert conflict.ours.endswith("Ani: Baris dua milik kami")
    assert conflict.theirs.endswith("kit: Kota Mataram, kit 0.2.0")


def test_the_reasons_of_a_name_that_looks_like_a_pattern(tmp_path: Path) -> None:
    folder, path = tmp_path / "region", ":(glob)a[b]*.txt"
    create(folder, render(tree({path: LINES})), [])
    put(path, OURS)(folder)
    commit(folder, "Kami")
    (conflict,) = to(folder, {path: CLASH}).conflicts
    assert (conflict.path, conflict.ours.endswith("Ani: Kami")) == (path, True)


def test_second_and_third_upgrade_after_settled_conflicts(tmp_path: Path) -> None:
    from kit.upgrade import proceed

    folder = tmp_path / "region"
    create(folder, render(tree({A: LINES})), [])
    put(A, OURS)(folder)
    commit(folder)
    assert to(folder, {A: CLASH}, "satu").conflicts
    settled = CLASH.replace(b"kit 2\n", b"kami dan kit 2\n")
    put(A, settled)(folder)
    git(folder, "add", A)
    proceed(folder)
    assert_sound(folder)
    second = CLASH.replace(b"baris 19\n", b"kit 19\n")
    assert to(folder, {A: second}, "dua").conflicts == ()
    assert on_disk(folder)[A][0] == settled.replace(b"baris 19\n", b"kit 19\n")
    third = second.replace(b"kit 2\n", b"kit tiga 2\n")
    assert [one.path for one in to(folder, {A: third}, "tiga").conflicts] == [A]
    put(A, b"beres\n")(folder)
    git(folder, "add", A)
    proceed(folder)
    assert on_disk(folder)[A][0] == b"beres\n"
    assert_sound(folder)
    assert to(folder, {A: third}, "tiga").summary is None
