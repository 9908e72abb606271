"""What a computed month would have cost by other rules: the month's own calculation on its facts, nothing written."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from erk.domain import months, policy, records, recount
from erk.domain.corrections import paid_instead
from erk.domain.facts import MonthReader
from erk.domain.queries import workload
from erk.models import Opd, Penempatan, Rekap
from erk.rules.allowance import allowance
from erk.rules.monthly import Unrated, assemble
from erk.rules.policy import Policy
from erk.rules.windows import month_bounds
from erk.rules.workload import BAND_WORDS, Bands

SMALLEST = 5  # people in a cell of a trial: fewer would tell somebody's pay


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a trial: people and rupiah of a class before and after, or agencies of a band."""

    label: str
    people: int
    before: int
    after: int


@dataclass
class Trial:
    """What a month cost, what it would have cost, and for how many it would have been more, less, or nothing.

    `unpaid`: their class has no ceiling in the draft; `unrated`: the draft weighs a rating they lack; `warned`: they
    end the month within the distance of the threshold at which the draft warns. `grades`: people and rupiah before
    and after by class.
    """

    month: dt.date
    people: int = 0
    before: int = 0
    after: int = 0
    more: int = 0
    less: int = 0
    nothing: int = 0
    warned: int = 0
    unpaid: int = 0
    unrated: int = 0
    grades: dict[int, list[int]] = field(default_factory=dict)
    bands: list[Cell] = field(default_factory=list)

    @property
    def difference(self) -> int:
        """Return what would have been paid more (or, negative, less)."""
        return self.after - self.before

    @property
    def classes(self) -> list[Cell]:
        """Return the classes that are shown, highest first: those with people enough to tell nobody's pay."""
        shown = (grade for grade in sorted(self.grades, reverse=True) if self.grades[grade][0] >= SMALLEST)
        return [Cell(f"Kelas {grade}", *self.grades[grade]) for grade in shown]

    def as_json(self) -> dict[str, Any]:
        """Return everything but the month for storage."""
        return {name: value for name, value in asdict(self).items() if name != "month"}

    @classmethod
    def from_json(cls, month: dt.date, stored: Mapping[str, Any]) -> "Trial":
        """Return a stored trial as it was."""
        grades = {int(grade): list(sums) for grade, sums in stored.get("grades", {}).items()}
        bands = [Cell(**cell) for cell in stored.get("bands", ())]
        return cls(month, **{**stored, "grades": grades, "bands": bands})


class Reckoning:
    """A trial of one month by one draft, an agency at a time; nothing is written."""

    def __init__(self, month: dt.date, rules: Policy) -> None:
        self.month, self.rules = month, rules
        held = policy.for_month(month)
        same = rules.norm_factor == held.norm_factor
        approved = records.APPROVED if same else recount.approved_by(rules.norm_factor)
        self._reader = MonthReader(month, rules, approved=approved)
        self._corrected = paid_instead(month)
        self._new_schemes = rules.schemes.keys() - held.schemes.keys()

    def agencies(self) -> list[int]:
        """Return the agencies with recaps of the month or with people of a scheme only the draft pays, in one order."""
        found = set(Rekap.objects.filter(bulan=self.month).order_by().values_list("opd_id", flat=True).distinct())
        if self._new_schemes:
            held = Penempatan.objects.definitif().between(*month_bounds(self.month))
            found |= set(held.filter(skema__in=self._new_schemes).values_list("jabatan__opd_id", flat=True))
        return sorted(found)

    def add(self, trial: Trial, agency: int) -> None:
        """Compute everybody of an agency again by the draft, and add them to the trial.

        Whom only the draft pays had nothing before; whose scheme it no longer pays gets nothing.
        """
        paid = self._paid(agency)
        for person in self._reader.people(paid.keys() | self._newcomers(agency)):
            _, before = paid.pop(person.placement.pegawai_id, (0, 0))
            try:
                slip = allowance(assemble(person.facts, self.rules).inputs, self.rules.allowance)
            except Unrated:
                trial.unrated += 1
            except KeyError:
                trial.unpaid += 1
            else:
                _count(trial, person.placement.jabatan.kelas, before, slip.tpp)
                trial.warned += self.rules.cliff_low <= slip.c <= self.rules.cliff_high
        for grade, before in paid.values():
            _count(trial, grade, before, 0)

    def finish(self, trial: Trial) -> None:
        """Add how many agencies each band of the workload holds, now and by the draft."""
        trial.bands = _bands(self.month, self.rules.bands)

    def _paid(self, agency: int) -> dict[int, tuple[int, int]]:
        """Return class and allowance, as it stands, of everybody of an agency with a recap of the month."""
        rows = Rekap.objects.filter(bulan=self.month, opd_id=agency).order_by()
        return {
            person: (grade, self._corrected.get(key, amount))
            for key, person, grade, amount in rows.values_list("pk", "pegawai_id", "kelas", "tpp")
        }

    def _newcomers(self, agency: int) -> set[int]:
        """Return who of an agency has no recap of the month, because only the draft pays their scheme."""
        if not self._new_schemes:
            return set()
        inside = set(months.members(self.month, Opd.objects.get(pk=agency), self.rules))
        known = Rekap.objects.filter(bulan=self.month, pegawai_id__in=inside).values_list("pegawai_id", flat=True)
        return inside - set(known)


def try_on(month: dt.date, rules: Policy) -> Trial:
    """Return what a computed month would have cost by other rules; nothing is written.

    Everybody with a recap is computed again, an agency at a time; it takes as long as the month's calculation.
    """
    trial, reckoning = Trial(month), Reckoning(month, rules)
    for agency in reckoning.agencies():
        reckoning.add(trial, agency)
    reckoning.finish(trial)
    return trial


def _count(trial: Trial, grade: int, before: int, after: int) -> None:
    cell = trial.grades.setdefault(grade, [0, 0, 0])
    cell[0], cell[1], cell[2] = cell[0] + 1, cell[1] + before, cell[2] + after
    trial.people += 1
    trial.before += before
    trial.after += after
    trial.more += after > before
    trial.less += after < before
    trial.nothing += after == 0 < before


def _bands(month: dt.date, drafted: Bands) -> list[Cell]:
    """Return how many agencies each band holds, now and by the draft; empty where the month is not summed yet."""
    loads = workload.agencies(month)
    before = Counter(row.load.band for row in loads)
    after = Counter(drafted.of(row.load.ratio) for row in loads)
    return [Cell(words, len(loads), before[band], after[band]) for band, words in BAND_WORDS.items() if loads]
