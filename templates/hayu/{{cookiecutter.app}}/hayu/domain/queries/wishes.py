"""The answer to “Anda mau apa?”: permits of the catalogue, kinds of business, and what belongs elsewhere."""

from dataclasses import dataclass

from hayu.domain import catalogue
from hayu.rules import search
from hayu.rules.permits import PermitType
from hayu.rules.search import Hit

_BUILDING = {"imb", "pbg", "slf", "bangunan", "rumah", "gedung", "renovasi"}
_BUILDING_VERBS = {"bangun", "membangun", "mendirikan", "dirikan", "imb", "pbg", "slf", "renovasi", "izin"}
_NIB = {"nib", "oss", "siup", "tdp", "situ", "ho"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was found for some words."""

    permits: list[PermitType]
    activities: list[Hit]
    building: bool
    nib: bool

    @property
    def empty(self) -> bool:
        """Return whether nothing was found at all."""
        return not (self.permits or self.activities or self.building or self.nib)


def _fits(permit: PermitType, words: list[str]) -> int:
    spoken = f" {' '.join(words)} "
    whole = sum(1 for phrase in permit.keywords if f" {' '.join(search.words_of(phrase))} " in spoken)
    known = set(search.words_of(f"{permit.name} {permit.code} {' '.join(permit.keywords)}"))
    return 10 * whole + len(known & set(search.telling(words)))


def find(text: str) -> Wishes:
    """Return what fits some words, best first."""
    words = search.words_of(text)[: search.MAX_WORDS]
    scored = sorted(((_fits(item, words), item) for item in catalogue.types()), key=lambda pair: -pair[0])
    spoken = set(words)
    building = bool(spoken & {"imb", "pbg", "slf"}) or bool(spoken & _BUILDING and spoken & _BUILDING_VERBS)
    return Wishes(
        permits=[item for score, item in scored if score][:4],
        activities=search.find(text, limit=6),
        building=building,
        nib=bool(spoken & _NIB),
    )
