"""Find a KBLI code by everyday words: "warung kopi", "laundry", "bengkel motor".

Three sources are joined in memory: the synonyms of this project, the titles of KBLI 2025, and titles and first
sentences of KBLI 2020 through the table of old and new codes. The result is a proposal; the applicant chooses.
"""

import csv
import functools
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass

from hayu.rules import kbli
from hayu.rules.kbli import Activity

LIMIT = 12
MAX_WORDS = 8
_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(
    [
        "dan",
        "atau",
        "di",
        "ke",
        "dari",
        "untuk",
        "yang",
        "dengan",
        "oleh",
        "pada",
        "dalam",
        "serta",
        "selain",
        "bukan",
        "tanpa",
        "lainnya",
        "ytdl",
        "aktivitas",
        "kegiatan",
        "usaha",
        "jasa",
        "buka",
        "membuka",
        "mau",
        "ingin",
        "saya",
        "jualan",
        "jual",
        "bikin",
        "punya",
        "mencakup",
        "kelompok",
        "ini",
        "seperti",
        "termasuk",
        "sejenisnya",
        "industri",
        "perdagangan",
        "eceran",
        "besar",
        "izin",
    ]
)
_FAR_BEHIND = 8  # what scores less than an eighth of the best only distracts
_SYNONYM, _TITLE, _OLD_TITLE, _DESCRIPTION = 60.0, 6.0, 3.0, 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A proposed activity; `reason` says why it was found when its title alone does not."""

    activity: Activity
    reason: str
    score: float


def words_of(text: str) -> list[str]:
    """Return the words of a text, lower case, without accents and signs."""
    flat = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _WORD.findall(flat)


def telling(words: list[str]) -> list[str]:
    """Return the words that tell something; all of them when none would be left."""
    return [word for word in words if word not in _STOP] or words


@functools.cache
def synonyms() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the codes each everyday phrase may mean."""
    with (kbli.DATA / "synonyms.csv").open(encoding="utf-8", newline="") as lines:
        return {tuple(words_of(row["words"])): tuple(row["codes"].split()) for row in csv.DictReader(lines)}


@functools.cache
def _index() -> dict[str, dict[str, float]]:
    """Return word -> code -> weight, rarer words weighing more."""
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for code, activity in kbli.activities(kbli.CURRENT).items():
        for word in set(telling(words_of(f"{activity.title} {activity.everyday}"))):
            weights[word][code] = _TITLE
    for old in kbli.activities("2020").values():
        for code in kbli.successors().get(old.code, ()):
            for text, weight in ((old.title, _OLD_TITLE), (old.description, _DESCRIPTION)):
                for word in set(telling(words_of(text))):
                    weights[word][code] = max(weights[word][code], weight)
    total = len(kbli.activities(kbli.CURRENT))
    return {
        word: {code: weight * math.log(1 + total / len(codes)) for code, weight in codes.items()}
        for word, codes in weights.items()
    }


@functools.cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted(_index()))


def _starting(prefix: str) -> list[str]:
    return [word for word in _vocabulary() if word.startswith(prefix)] if len(prefix) >= 4 else []


def by_number(text: str) -> list[Hit]:
    """Return the activities whose code begins with the typed digits, and what an old code has become."""
    digits = text.replace(" ", "")
    if not digits.isascii() or not digits.isdigit() or not 2 <= len(digits) <= 5:
        return []
    found = [Hit(item, "", 2.0) for code, item in kbli.activities().items() if code.startswith(digits)]
    shown = {hit.activity.code for hit in found}
    old = kbli.find(digits, "2020")
    if old:
        reason = f"Kode lama {digits} (KBLI 2020): {old.title}"
        new = [code for code in kbli.successors().get(digits, ()) if code not in shown]
        found += [Hit(kbli.activities()[code], reason, 1.0) for code in new]
    return found[:LIMIT]


def find(text: str, limit: int = LIMIT) -> list[Hit]:
    """Return the activities that fit best, best first; empty when nothing fits."""
    numbered = by_number(text)
    if numbered:
        return numbered[:limit]
    words = words_of(text)[:MAX_WORDS]
    if not words:
        return []
    scores: dict[str, float] = defaultdict(float)
    reasons: dict[str, str] = {}
    _add_synonyms(words, scores, reasons)
    _add_words(telling(words), scores)
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
    least = best[0][1] / _FAR_BEHIND if best else 0
    best = [(code, score) for code, score in best if score >= least]
    return [Hit(kbli.activities()[code], reasons.get(code, ""), round(score, 3)) for code, score in best]


def _add_synonyms(words: list[str], scores: dict[str, float], reasons: dict[str, str]) -> None:
    spoken = " ".join(words)
    for phrase, codes in synonyms().items():
        said = " ".join(phrase)
        whole = said == spoken
        if not whole and f" {said} " not in f" {spoken} ":
            continue
        for place, code in enumerate(codes):
            gain = _SYNONYM * len(phrase) * (2 if whole else 1) - 25 * place
            if gain > scores[code]:
                scores[code] = gain
            reasons.setdefault(code, f"Orang menyebutnya “{said}”")


def _add_words(words: list[str], scores: dict[str, float]) -> None:
    index = _index()
    for word in words:
        for code, weight in index.get(word, {}).items():
            scores[code] += weight
        for longer in _starting(word):
            if longer != word:
                for code, weight in index[longer].items():
                    scores[code] += weight / 3
