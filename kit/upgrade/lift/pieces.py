"""Which part of a template each part of its render comes from.

The template is rendered once more with marks around its texts and placeholders; the marks are characters of Unicode's
private area, so a template that holds those itself is refused.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from jinja2 import Environment

from kit.errors import KitError

_TEXT, _VALUE, _HEAD, _END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARK = re.compile(f"([{_TEXT}{_VALUE}])(\\d+):(\\d+){_HEAD}|{_END}")


@dataclass(frozen=True)
class Piece:
    """A part of the render, and the part of the template it comes from.

    ``kind``: *text* stands there as it is, *value* comes from a placeholder, *repeated* is text or value in a loop.
    """

    kind: Literal["text", "value", "repeated"]
    text: str
    start: int
    end: int


def pieces(source: str, environment: Environment, render: Callable[[str], str]) -> list[Piece]:
    """The parts of the render of ``source``, in order.

    ``render`` renders a template of the same placeholders. Raises KitError where the parts cannot be followed.
    """
    if _MARK.search(source) or any(mark in source for mark in (_TEXT, _VALUE, _HEAD, _END)):
        raise KitError("the template holds characters of Unicode's private area, so its parts cannot be followed.")
    found = list(_parsed(render(_marked(source, environment))))
    if "".join(one.text for one in found) != render(source):
        raise KitError("the template makes its text in a way that cannot be followed part by part.")
    counts = Counter((one.start, one.end) for one in found)
    return [replace(one, kind="repeated") if counts[one.start, one.end] > 1 else one for one in found]


def blocks(source: str, environment: Environment) -> list[int]:
    """Where the tags of blocks (``{% … %}``) and comments begin in a template."""
    return [start for start, kind, _ in _tokens(source, environment) if kind in ("block_begin", "comment_begin")]


def _tokens(source: str, environment: Environment) -> Iterator[tuple[int, str, str]]:
    """Place, kind and words of each token; white space that Jinja drops stands between them."""
    place = 0
    for _, kind, words in environment.lex(source):
        start = source.index(words, place)
        place = start + len(words)
        yield start, kind, words


def _marked(source: str, environment: Environment) -> str:
    made: list[str] = []
    begun = 0
    for start, kind, words in _tokens(source, environment):
        if kind == "data":
            made.append(f"{_TEXT}{start}:{start + len(words)}{_HEAD}{words}{_END}")
        elif kind == "variable_begin":
            begun = len(made)
            made += [str(start), words]
        elif kind == "variable_end":
            made[begun] = f"{_VALUE}{made[begun]}:{start + len(words.rstrip())}{_HEAD}"
            made.append(words + _END)
        else:
            made.append(words)
    return "".join(made)


def _parsed(marked: str) -> Iterator[Piece]:
    """The outermost parts of a marked render; what stands outside of every mark is a value of no place."""
    place = depth = 0
    kind: Literal["text", "value"] = "text"
    head = (0, 0)
    inside: list[str] = []
    for mark in _MARK.finditer(marked):
        inside.append(marked[place : mark.start()])
        place = mark.end()
        if mark[1]:
            if not depth:
                kind, head, inside = "text" if mark[1] == _TEXT else "value", (int(mark[2]), int(mark[3])), []
            depth += 1
        else:
            depth -= 1
            if not depth:
                yield Piece(kind, "".join(inside), *head)
                inside = []
