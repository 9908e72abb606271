"""How alike two texts or cost plans are, and the marks by which an index finds the ones worth comparing (F06).

A text counts as the set of its runs of three words, a cost plan as the set of its lines. Two sets are as alike as the
share of parts they have in common. Sets that are alike agree in most of their smallest hashed parts (min-hashing), so
they share a mark; no text is compared with all others.
"""

import hashlib
import re
from collections.abc import Iterable

ALIKE = 0.80  # share of parts in common, from which two texts or plans are nearly the same
LEAST_RUNS = 20  # of three words; a shorter text tells nothing
LEAST_LINES = 3  # of a cost plan
_BANDS, _ROWS = 8, 2
_PRIME = (1 << 61) - 1
_WORD = re.compile(r"[a-z0-9]+")

Parts = frozenset[str]


def text_parts(*texts: str) -> Parts:
    """Return the runs of three words of some texts; empty when they are too short to tell anything."""
    words = [word for text in texts for word in _WORD.findall(text.lower())]
    runs = frozenset(" ".join(words[start : start + 3]) for start in range(len(words) - 2))
    return runs if len(runs) >= LEAST_RUNS else frozenset()


def plan_parts(lines: Iterable[tuple[str, str, int]]) -> Parts:
    """Return the lines of a cost plan (what, unit, price in rupiah); empty when there are too few."""
    plain = ((" ".join(_WORD.findall(what.lower())), unit.strip().lower(), price) for what, unit, price in lines)
    found = frozenset("|".join(map(str, line)) for line in plain)
    return found if len(found) >= LEAST_LINES else frozenset()


def share(one: Parts, other: Parts) -> float:
    """Return which share of all parts two sets have in common, 0–1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def marks(kind: str, parts: Parts) -> list[int]:
    """Return the marks of a set as signed 64-bit numbers, one a band; sets of another kind never share one."""
    if not parts:
        return []
    hashes = [_hash(part) % _PRIME for part in parts]
    smallest = [min((value * factor + shift) % _PRIME for value in hashes) for factor, shift in _TURNS]
    bands = [smallest[band * _ROWS : (band + 1) * _ROWS] for band in range(_BANDS)]
    return [_hash(f"{kind} {band} {rows}") - (1 << 63) for band, rows in enumerate(bands)]


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


_TURNS = [(_hash(f"factor {turn}") % _PRIME, _hash(f"shift {turn}") % _PRIME) for turn in range(_BANDS * _ROWS)]
