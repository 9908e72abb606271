"""Formulas of charges: numbers, named inputs, + - * / and brackets. Read by our own parser; nothing is evaluated.

Example (PP 16/2021): "LLt * (Ilo * SHST) * It * Ibg".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/()]))")
MAX_LENGTH = 200
LARGEST = Decimal(10**15)
Node = Decimal | str | tuple[str, "Node", "Node"]


class FormulaError(ValueError):
    """A formula cannot be read or computed; the message is a sentence for the administrator."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that was read."""

    text: str
    tree: Node

    @property
    def names(self) -> frozenset[str]:
        """Return the inputs it asks for."""
        return frozenset(_names(self.tree))

    def result(self, inputs: Mapping[str, Decimal]) -> int:
        """Return the charge in whole rupiah, halves up. Raises FormulaError: input missing, division by 0, negative."""
        value = _value(self.tree, inputs)
        if not 0 <= value <= LARGEST:
            raise FormulaError(f"Hasil rumus {value:f} tidak mungkin menjadi biaya. Periksa isian dan rumusnya.")
        return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def parse(text: str) -> Formula:
    """Return a formula; FormulaError says what cannot be read."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"Rumus paling panjang {MAX_LENGTH} tanda.")
    reader = _Reader(_tokens(text))
    tree = reader.sum()
    if reader.rest:
        raise FormulaError(f"Rumus tidak dapat dibaca mulai “{reader.rest[0]}”.")
    return Formula(text.strip(), tree)


def _tokens(text: str) -> list[str]:
    found, position, stripped = [], 0, text.rstrip()
    while position < len(stripped):
        match = _TOKEN.match(stripped, position)
        if not match:
            raise FormulaError(f"Tanda “{stripped[position:].strip()[:1]}” tidak dipakai dalam rumus.")
        found.append(match[0].strip())
        position = match.end()
    return found


class _Reader:
    """Reads tokens from left to right, products before sums."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens
        self.depth = 0

    def _take(self) -> str:
        if not self.rest:
            raise FormulaError("Rumus berakhir terlalu cepat.")
        return self.rest.pop(0)

    def sum(self) -> Node:
        left = self.product()
        while self.rest and self.rest[0] in "+-":
            left = (self._take(), left, self.product())
        return left

    def product(self) -> Node:
        left = self.part()
        while self.rest and self.rest[0] in "*/":
            left = (self._take(), left, self.part())
        return left

    def part(self) -> Node:
        sign = self._take()
        if sign == "(":
            self.depth += 1
            if self.depth > 20:
                raise FormulaError("Rumus memakai terlalu banyak kurung.")
            inside = self.sum()
            if self._take() != ")":
                raise FormulaError("Ada kurung yang tidak ditutup.")
            self.depth -= 1
            return inside
        if sign[0].isdigit():
            return Decimal(sign)
        if sign[0].isalpha() or sign[0] == "_":
            return sign
        raise FormulaError(f"Di tempat “{sign}” seharusnya ada bilangan atau nama isian.")


def _names(node: Node) -> list[str]:
    if isinstance(node, str):
        return [node]
    return [] if isinstance(node, Decimal) else [*_names(node[1]), *_names(node[2])]


def _value(node: Node, inputs: Mapping[str, Decimal]) -> Decimal:
    if isinstance(node, Decimal):
        return node
    if isinstance(node, str):
        if node not in inputs:
            raise FormulaError(f"Isian “{node}” yang dipakai rumus belum ada.")
        return inputs[node]
    sign, left, right = node[0], _value(node[1], inputs), _value(node[2], inputs)
    if sign == "/":
        if right == 0:
            raise FormulaError("Rumus membagi dengan nol.")
        return left / right
    return left + right if sign == "+" else left - right if sign == "-" else left * right
