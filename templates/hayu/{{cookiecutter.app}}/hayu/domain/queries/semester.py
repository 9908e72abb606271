"""The half-year's report to the head of the region: satisfaction by element, complaints, whole service standards."""

import datetime as dt
from dataclasses import dataclass

from core.region import region
from hayu.domain import catalogue, survey
from hayu.domain.queries import complaints
from hayu.domain.queries.applications import Month, decided_in
from hayu.enums import Element
from hayu.rules.permits import PermitType
from hayu.rules.survey import GRADE_WORDS, Index


@dataclass(frozen=True, slots=True)
class Half:
    """A half-year: "2026-2" is July to December 2026."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """Return it as an address writes it."""
        return f"{self.year}-{self.number}"

    @property
    def name(self) -> str:
        """Return it in words."""
        return f"Semester {self.number} tahun {self.year}"

    @property
    def first(self) -> dt.date:
        """Return its first day."""
        return dt.date(self.year, 1 if self.number == 1 else 7, 1)

    @property
    def last(self) -> dt.date:
        """Return its last day."""
        return dt.date(self.year, 6, 30) if self.number == 1 else dt.date(self.year, 12, 31)

    def moved(self, by: int) -> "Half":
        """Return the half-year some steps later, or earlier with a negative number."""
        year, rest = divmod(self.year * 2 + self.number - 1 + by, 2)
        return Half(year, rest + 1)


def half_of(text: str, today: dt.date) -> Half:
    """Return the half-year written "2026-2"; the one that runs for anything else."""
    year, _dash, number = text.partition("-")
    if len(year) == 4 and year.isascii() and year.isdigit() and int(year) > 1 and number in ("1", "2"):
        return Half(int(year), int(number))
    return Half(today.year, 1 if today.month <= 6 else 2)


@dataclass(frozen=True, slots=True)
class Standard:
    """Whether the service standard of a permit type has each part (UU 25/2009; Permenpan 15/2014)."""

    name: str
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """Return "lengkap", or what is missing."""
        return "lengkap" if not self.missing else f"belum ada: {', '.join(self.missing)}"


@dataclass(frozen=True, slots=True)
class Report:
    """All of a half-year's report."""

    half: Half
    decided: Month
    index: Index | None
    complaints: list[complaints.Line]
    standards: list[Standard]

    @property
    def elements(self) -> list[tuple[str, str, bool]]:
        """Return name, mean of four, and whether it is the lowest; empty while too few answered."""
        if self.index is None:
            return []
        means = self.index.means
        return [
            (str(element.label), f"{means[element]:.2f}".replace(".", ","), element == self.index.lowest)
            for element in Element
        ]

    @property
    def index_words(self) -> str:
        """Return "85,83 (B, baik)", "" while too few answered."""
        if self.index is None:
            return ""
        return f"{self.index.index} ({self.index.grade}, {GRADE_WORDS[self.index.grade]})".replace(".", ",", 1)


def report(half: Half) -> Report:
    """Return the report of a half-year."""
    index = survey.index(half.first, half.last)
    kinds = catalogue.types()
    return Report(
        half, decided_in(half.first, half.last), index, complaints.lines(half.first, half.last),
        [_standard(kind) for kind in kinds],
    )  # fmt: skip


def _standard(kind: PermitType) -> Standard:
    shared = region().licences.standard
    parts = {
        "dasar hukum": kind.basis, "persyaratan": kind.requirements, "prosedur": kind.procedure, "waktu": kind.days,
        "biaya": kind.charge is None or kind.charge.basis, "produk": kind.product,
        "pengaduan": region().licences.report_line, "sarana": shared.facilities, "kompetensi": shared.staff_skill,
        "jumlah pelaksana": shared.staff_number, "pengawasan internal": shared.internal_control,
        "jaminan pelayanan": shared.guarantee_service, "jaminan keamanan": shared.guarantee_safety,
        "evaluasi": shared.evaluation,
    }  # fmt: skip
    return Standard(kind.name, tuple(name for name, value in parts.items() if not value))
