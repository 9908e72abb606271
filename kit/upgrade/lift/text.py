"""A changed render turned back into a changed template."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Environment

from kit.errors import KitError
from kit.upgrade.lift.edits import Edit, edits
from kit.upgrade.lift.pieces import Piece, blocks, pieces
from kit.upgrade.lift.values import placeholders, written


class Text:
    """A rendered file: ``source`` is its template, ``render`` renders a template of the same placeholders."""

    def __init__(self, source: str, environment: Environment, render: Callable[[str], str]) -> None:
        self.source, self.render = source, render
        self.text = render(source)
        self.pieces = pieces(source, environment, render)
        self.blocks = blocks(source, environment)
        self.places = [0]
        for piece in self.pieces:
            self.places.append(self.places[-1] + len(piece.text))

    def lifted(self, changed: str, own: frozenset[str], context: Mapping[str, Any]) -> str:
        """The template that renders as ``changed`` for this region.

        ``own``: the region's own values; ``context``: what the template may name. Raises KitError with the reason
        where it is not told which template is meant.
        """
        used = defaultdict[str, set[str]](set)
        for piece in self.pieces:
            if piece.kind == "value":
                used[self.source[piece.start : piece.end]].add(piece.text)
        known = placeholders(own, context, {words: frozenset(texts) for words, texts in used.items()})
        made = self.source
        for edit in reversed(edits(self.text, changed, frozenset(known))):
            start, end = self._place(edit)
            made = made[:start] + written(edit.words, known) + made[end:]
        if self.render(made) != changed:
            raise KitError("the template made of it does not give the changed file back.")
        return made

    def _place(self, edit: Edit) -> tuple[int, int]:
        """Where an edit of the render belongs in the template."""
        if edit.start == edit.end:
            place = self._insertion(edit.start)
            return place, place
        touched = [
            (number, piece)
            for number, piece in enumerate(self.pieces)
            if piece.text and self.places[number] < edit.end and self.places[number + 1] > edit.start
        ]
        self._require_whole(edit, touched)
        (first, head), (last, tail) = touched[0], touched[-1]
        start = head.start + (edit.start - self.places[first] if head.kind == "text" else 0)
        end = tail.start + edit.end - self.places[last] if tail.kind == "text" else tail.end
        if start > end or any(start <= place < end for place in self.blocks):
            raise KitError(f"{_cut(self.text[edit.start : edit.end])} reaches over a block that not every region has.")
        return start, end

    def _require_whole(self, edit: Edit, touched: list[tuple[int, Piece]]) -> None:
        """Refuse an edit of a loop, and one of a value that is the profile's."""
        for number, piece in touched:
            if piece.kind == "repeated":
                raise KitError(f"{_cut(piece.text)} stands in a loop: a change of one line of it cannot be told apart.")
            within = self.places[number] < edit.start or edit.end < self.places[number + 1]
            if piece.kind == "value" and (
                within or (edit.words.strip() and all(one.kind == "value" for _, one in touched))
            ):
                raise KitError(
                    f"{_cut(piece.text)} comes from the profile ({self.source[piece.start : piece.end]}): change it in "
                    "region.yml, not in the templates."
                )

    def _insertion(self, place: int) -> int:
        """Where in the template something is put in; at the edge of two texts it is not told which is meant."""
        found: list[int] = []
        for number, piece in enumerate(self.pieces):
            if self.places[number] <= place <= self.places[number + 1] and piece.text:
                if piece.kind == "text":
                    found.append(piece.start + place - self.places[number])
                elif self.places[number] < place < self.places[number + 1]:
                    raise KitError(f"{_cut(piece.text)} comes from the profile or a loop; something was put into it.")
        if not found and not self.text:
            return len(self.source)
        if not found:
            raise KitError("something was put between two values of the profile, where the template has no text.")
        if any(min(found) <= block < max(found) for block in self.blocks):
            raise KitError("something was put at the edge of a block that not every region has: in it or beside it?")
        return found[0]


def _cut(words: str) -> str:
    return repr(words if len(words) <= 40 else f"{words[:39]}…")
