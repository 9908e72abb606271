"""Profile keys that a version of the kit renamed or removed: named by `kit check`, rewritten by `kit upgrade`."""

import re
from dataclasses import dataclass
from typing import Any

from kit.profile import nodes
from kit.profile.nodes import Path


@dataclass(frozen=True)
class Move:
    """One step: since ``version`` the dotted key ``old`` has ``new`` as its last part, or is gone where that is "".

    ``*`` stands for any item of a list or key of the region's own. ``why`` is a sentence for who used the key.
    """

    version: str
    old: str
    new: str
    why: str

    @property
    def words(self) -> str:
        """What became of the key, for people."""
        parent = self.old.rpartition(".")[0]
        became = f"{parent}.{self.new}".lstrip(".") if self.new else "nothing"
        return f"{self.old} → {became} (kit {self.version}): {self.why}"


MOVES: tuple[Move, ...] = ()
"""Every step there was, the oldest first. None is ever taken out while `kit.upgrade.steps.OLDEST` is before it."""


def told(path: Path) -> Move | None:
    """The last step that renamed or removed the key at ``path``."""
    return next((move for move in reversed(MOVES) if _is_at(move, path)), None)


def rewritten(text: str, name: str) -> tuple[str, tuple[Move, ...]]:
    """The profile's text with every step applied in order, comments and order kept; and the steps that did something.

    What cannot be rewritten safely stays, and is a fault with the new name: both names there, a key in a flow map that
    is to go, a text that is no YAML.
    """
    done = []
    for move in MOVES:
        after = _applied(text, name, move)
        if after != text:
            text = after
            done.append(move)
    return text, tuple(done)


def _is_at(move: Move, path: Path) -> bool:
    steps = move.old.split(".")
    return len(steps) == len(path) and all(step in ("*", part) for step, part in zip(steps, path, strict=True))


def _applied(text: str, name: str, move: Move) -> str:
    """The text with one step applied wherever its key stands."""
    tree = nodes.parse(text, name)
    if tree.broken:
        return text
    found = [path for path in tree.marks if _is_at(move, path)]
    lines = text.splitlines(keepends=True)
    for path in sorted(found, key=lambda path: tree.marks[path].key, reverse=True):
        line, column = tree.marks[path].key
        if not move.new:
            _comment(lines, line - 1, column - 1, move)
        elif (*path[:-1], move.new) not in tree.marks:
            _rename(lines, line - 1, column - 1, str(path[-1]), move.new)
    after = "".join(lines)
    wanted = _changed(tree.data, move, found)
    return after if nodes.parse(after, name).data == wanted else text


def _rename(lines: list[str], at: int, column: int, old: str, new: str) -> None:
    head, tail = lines[at][:column], lines[at][column:]
    lines[at] = head + re.sub(rf"\A(['\"]?){re.escape(old)}\1", rf"\g<1>{new}\g<1>", tail)


def _comment(lines: list[str], at: int, column: int, move: Move) -> None:
    """Turn a key and what is below it into comments; leave one that shares its line with others."""
    if lines[at][:column].strip():
        return
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) > column):
        end += 1
    while not lines[end - 1].strip():
        end -= 1
    note = f"{' ' * column}# Gone since kit {move.version}: {move.why}\n"
    lines[at:end] = [note, *(f"{' ' * column}# {line[column:]}" if line.strip() else line for line in lines[at:end])]


def _changed(data: Any, move: Move, found: list[Path]) -> Any:
    """What the data are to be after the step."""
    for path in found:
        data = _with(data, path, move.new)
    return data


def _with(data: Any, path: Path, new: str) -> Any:
    if len(path) == 1:
        items = ((new if key == path[0] else key, value) for key, value in data.items())
        return {key: value for key, value in items if key} or None  # a section without keys says nothing
    if isinstance(data, list):
        return [_with(item, path[1:], new) if number == path[0] else item for number, item in enumerate(data)]
    return {key: _with(value, path[1:], new) if key == path[0] else value for key, value in data.items()}
