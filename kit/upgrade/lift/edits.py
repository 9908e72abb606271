"""The difference of two texts as edits: words within lines, so that what stays in a line is not touched."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Edit:
    """``words`` stands in place of what was from ``start`` to ``end``."""

    start: int
    end: int
    words: str


def edits(old: str, new: str, values: frozenset[str] = frozenset()) -> list[Edit]:
    """What makes ``new`` of ``old``, in order. Each of ``values`` counts as one word: none is changed in part."""
    whole = "".join(rf"(?<!\w){re.escape(value)}(?!\w)|" for value in sorted(values, key=len, reverse=True) if value)
    words = re.compile(rf"{whole}\w+|\s+|.", re.DOTALL)
    return list(_edits(old.splitlines(keepends=True), new.splitlines(keepends=True), 0, words))


def _edits(old: Sequence[str], new: Sequence[str], base: int, words: re.Pattern[str] | None) -> Iterator[Edit]:
    places = [base]
    for part in old:
        places.append(places[-1] + len(part))
    for how, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            continue
        before, after = "".join(old[i1:i2]), "".join(new[j1:j2])
        if words and how == "replace":
            yield from _edits(words.findall(before), words.findall(after), places[i1], None)
        else:
            yield Edit(places[i1], places[i2], after)
