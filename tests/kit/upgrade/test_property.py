"""Random local edits and random new templates: every line of either side is in the result or in a reported conflict."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit.render.repositories import git, on_disk
from tests.kit.upgrade.trees import commit, made, to

PATHS = ("apps/core/a.txt", "apps/core/b.txt", "docs/é.txt")
OTHERS = ("apps/core/x.txt", "apps/lain/y.txt")
SIZE = 12

Texts = dict[str, list[str]]
OLD: Texts = {path: [f"{number} lama {line}" for line in range(SIZE)] for number, path in enumerate(PATHS)}

STEP = st.one_of(
    st.tuples(st.just("line"), st.sampled_from(PATHS), st.integers(0, SIZE - 1)),
    st.tuples(st.just("insert"), st.sampled_from(PATHS), st.integers(0, SIZE)),
    st.tuples(st.just("cut"), st.sampled_from(PATHS), st.integers(0, SIZE - 1)),
    st.tuples(st.just("delete"), st.sampled_from(PATHS), st.just(0)),
    st.tuples(st.just("move"), st.sampled_from(PATHS), st.integers(0, len(OTHERS) - 1)),
    st.tuples(st.just("add"), st.sampled_from(OTHERS), st.integers(1, 3)),
)
STEPS = st.lists(STEP, max_size=6)


def changed(steps: list[tuple[str, str, int]], who: str) -> tuple[Texts, set[str]]:
    """The texts after one side's steps, and the lines that only this side wrote. Each line it writes is unique."""
    texts = {path: list(lines) for path, lines in OLD.items()}
    for count, (what, path, number) in enumerate(steps):
        lines = texts.get(path)
        words = f"{who} {what} {count}"
        if what == "add":
            texts.setdefault(path, [f"{words} {line}" for line in range(number)])
        elif lines is None:
            continue
        elif what == "line" and number < len(lines):
            lines[number] = words
        elif what == "insert":
            lines.insert(number, words)
        elif what == "cut" and number < len(lines):
            del lines[number]
        elif what == "delete":
            del texts[path]
        elif what == "move" and OTHERS[number] not in texts:
            texts[OTHERS[number]] = texts.pop(path)
    return texts, {line for lines in texts.values() for line in lines if line.startswith(who)}


def as_bytes(texts: Texts) -> dict[str, bytes]:
    return {path: "".join(f"{line}\n" for line in lines).encode() for path, lines in texts.items()}


def removed(texts: Texts) -> set[str]:
    return {line for lines in OLD.values() for line in lines} - {line for lines in texts.values() for line in lines}


@settings(max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(ours=STEPS, theirs=STEPS)
def test_no_line_of_either_side_is_lost(ours: list[tuple[str, str, int]], theirs: list[tuple[str, str, int]]) -> None:
    mine, my_lines = changed(ours, "kami")
    new, new_lines = changed(theirs, "kit")
    with tempfile.TemporaryDirectory() as base:
        folder = made(Path(base) / "region", as_bytes(OLD))  # type: ignore[arg-type]
        for path in OLD.keys() - mine.keys():
            (folder / path).unlink()
        for path, data in as_bytes(mine).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        commit(folder)
        report = to(folder, as_bytes(new))  # type: ignore[arg-type]
        conflicts = {one.path for one in report.conflicts}
        found = {path: data.decode().splitlines() for path, (data, _) in on_disk(folder).items()}
        unmerged = git(folder, "ls-files", "-uz").split("\0")[:-1]
        in_conflict = {
            line for entry in unmerged for line in git(folder, "cat-file", "blob", entry.split()[1]).splitlines()
        }
        assert {entry.partition("\t")[2] for entry in unmerged} == conflicts
        result = {line for path, lines in found.items() for line in lines if path not in conflicts}
        assert my_lines | new_lines <= result | in_conflict
        # what a side took away stays away, unless the file is in conflict
        assert not (removed(mine) | removed(new)) & result
