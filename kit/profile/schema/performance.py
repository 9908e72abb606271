"""Section ``performance``: the rules of E-RK, minutes, deadlines and the allowance formula.

National defaults stand for every field, so a region need fill nothing to start. Percentages are written as
percentages (``1.25`` means 1.25 %); days are working days of the region; money is whole rupiah a month.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from kit.profile.schema.base import Section, field

Percent = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Minutes = Annotated[int, Field(ge=0, le=1440)]
Days = Annotated[int, Field(ge=1, le=30)]
Rupiah = Annotated[int, Field(ge=0, le=1_000_000_000)]


class TargetMode(StrEnum):
    """TETAP: the same target each month. KALENDER: minutes a day times the working days of the month."""

    TETAP = "TETAP"
    KALENDER = "KALENDER"


class FormulaKind(StrEnum):
    """How the achieved share becomes pay: in proportion from the threshold, all or nothing, or in steps."""

    PROPORSIONAL_50 = "PROPORSIONAL_50"
    AMBANG_PENUH = "AMBANG_PENUH"
    BERTINGKAT = "BERTINGKAT"


class GateKind(StrEnum):
    """What falls away below the threshold: the whole allowance, or only its productivity part."""

    TOTAL = "TOTAL"
    PRODUKTIVITAS = "PRODUKTIVITAS"


class AbsenceKind(StrEnum):
    """Rows of the table of absences."""

    TAHUNAN = "TAHUNAN"
    CUTI_BERSAMA = "CUTI_BERSAMA"
    DINAS_LUAR = "DINAS_LUAR"
    DIKLAT = "DIKLAT"
    SAKIT_SINGKAT = "SAKIT_SINGKAT"
    SAKIT_LAMA = "SAKIT_LAMA"
    MELAHIRKAN = "MELAHIRKAN"
    ALASAN_PENTING = "ALASAN_PENTING"
    TANPA_TUNJANGAN = "TANPA_TUNJANGAN"
    IZIN = "IZIN"
    ALPA = "ALPA"


class Step(Section):
    """One step of the policy BERTINGKAT."""

    at_least: Percent = field(
        doc="Reached share of the target, in percent, from which this step holds.", example=90, used="E"
    )
    factor: Percent = field(doc="Activity factor of this step, in percent.", example=90, used="E")


def _steps() -> tuple[Step, ...]:
    return tuple(Step(at_least=Decimal(n), factor=Decimal(f)) for n, f in ((100, 100), (90, 90), (75, 75), (50, 50)))


class Formula(Section):
    """The allowance formula: policy, gate, weights and the split into productivity and discipline."""

    policy: FormulaKind = field(
        FormulaKind.PROPORSIONAL_50, doc="How minutes become pay.", example="PROPORSIONAL_50", used="E"
    )
    gate: GateKind = field(GateKind.TOTAL, doc="What falls away below the threshold.", example="TOTAL", used="E")
    threshold: Percent = field(
        Decimal(50), doc="Share of the target, in percent, below which the gate closes.", example=50, used="E"
    )
    steps: tuple[Step, ...] = field(
        _steps, doc="Steps of the policy BERTINGKAT.", example=[{"at_least": 90, "factor": 90}], used="E", min_length=1
    )
    weight_activity: Percent = field(
        Decimal(100), doc="Weight of the logged minutes in productivity, in percent.", example=70, used="E"
    )
    weight_skp: Percent = field(Decimal(0), doc="Weight of the yearly targets (SKP), in percent.", example=20, used="E")
    weight_behaviour: Percent = field(Decimal(0), doc="Weight of behaviour, in percent.", example=10, used="E")
    productivity: Percent = field(
        Decimal(60), doc="Part of the allowance that follows productivity, in percent.", example=60, used="E"
    )
    discipline: Percent = field(
        Decimal(40), doc="Part of the allowance that follows discipline, in percent.", example=40, used="E"
    )

    @model_validator(mode="after")
    def _sums(self) -> Self:
        if self.weight_activity + self.weight_skp + self.weight_behaviour != 100:
            raise ValueError("weight_activity, weight_skp and weight_behaviour must add up to 100")
        if self.productivity + self.discipline != 100:
            raise ValueError("productivity and discipline must add up to 100")
        factors = [step.factor for step in sorted(self.steps, key=lambda step: step.at_least)]
        if any(low > high for low, high in pairwise(factors)):
            raise ValueError("steps must rise: more minutes may never pay less")
        return self


class LateStep(Section):
    """Cut of the discipline part for one late arrival or early leaving."""

    up_to: Annotated[int, Field(ge=1, le=1440)] | None = field(
        doc="Longest event of this step in minutes; null for every longer one and for a missing record.",
        example=30,
        used="E",
    )
    cut: Percent = field(doc="Cut of the discipline part for each event, in percent.", example=0.5, used="E")


def _lateness() -> tuple[LateStep, ...]:
    table = ((30, "0.5"), (60, "1"), (90, "1.25"), (None, "1.5"))
    return tuple(LateStep(up_to=minutes, cut=Decimal(cut)) for minutes, cut in table)


class AbsenceRule(Section):
    """What one working day of an absence does to minutes and money."""

    kind: AbsenceKind = field(doc="Row of the table of absences.", example="SAKIT_LAMA", used="E")
    credit: Minutes = field(300, doc="Minutes credited for the day.", example=300, used="E")
    factor: Percent = field(
        Decimal(100), doc="Part of the allowance kept for the day, in percent.", example=20, used="E"
    )
    cut: Percent = field(Decimal(0), doc="Cut of the month's allowance for the day, in percent.", example=5, used="E")
    cut_from_day: Days = field(1, doc="Working day of the spell from which the cut holds.", example=11, used="E")


def _absences() -> tuple[AbsenceRule, ...]:
    zero, full = Decimal(0), Decimal(100)
    kind = AbsenceKind
    return (
        *(AbsenceRule(kind=name) for name in (kind.TAHUNAN, kind.CUTI_BERSAMA, kind.DINAS_LUAR, kind.DIKLAT)),
        AbsenceRule(kind=kind.SAKIT_SINGKAT, factor=full, cut=Decimal(1)),
        AbsenceRule(kind=kind.SAKIT_LAMA, factor=Decimal(20)),
        AbsenceRule(kind=kind.MELAHIRKAN, factor=Decimal(50)),
        AbsenceRule(kind=kind.ALASAN_PENTING, cut=Decimal(2), cut_from_day=11),
        AbsenceRule(kind=kind.TANPA_TUNJANGAN, factor=zero),
        AbsenceRule(kind=kind.IZIN, credit=0, cut=Decimal("2.5")),
        AbsenceRule(kind=kind.ALPA, credit=0, cut=Decimal(5)),
    )


class ClassPay(Section):
    """Full monthly allowance of a position class."""

    grade: Annotated[int, Field(ge=1, le=17)] = field(doc="Position class.", example=7, used="E")
    workload: Rupiah = field(doc="Ceiling for workload and achievement, rupiah a month.", example=6_000_000, used="E")
    other: Rupiah = field(0, doc="Ceiling for the other criteria, rupiah a month.", example=2_000_000, used="E")


def _classes() -> tuple[ClassPay, ...]:
    millions = {
        15: "38",
        14: "28",
        13: "22.5",
        12: "18",
        11: "15",
        10: "11.5",
        9: "9.5",
        8: "8",
        7: "6",
        6: "5.2",
        5: "4.5",
        4: "3.9",
    }
    return tuple(ClassPay(grade=grade, workload=int(Decimal(amount) * 1_000_000)) for grade, amount in millions.items())


class AnomalyCode(StrEnum):
    """Signs of dishonest minutes or approvals."""

    TUMPANG = "TUMPANG"
    LEBIH_8_JAM = "LEBIH_8_JAM"
    LIBUR = "LIBUR"
    NORMA = "NORMA"
    SALIN = "SALIN"
    BUKTI = "BUKTI"
    BULAT = "BULAT"
    KEJAR = "KEJAR"
    SETUJU_MASSAL = "SETUJU_MASSAL"
    TANPA_TOLAK = "TANPA_TOLAK"
    SALING = "SALING"
    HANTU = "HANTU"
    RAPAT = "RAPAT"
    TITIP = "TITIP"
    HADIR = "HADIR"
    LAIN2 = "LAIN2"


class AnomalyPoints(Section):
    """What one sign weighs."""

    code: AnomalyCode = field(doc="Sign.", example="BUKTI", used="E")
    points: Annotated[int, Field(ge=0, le=100)] = field(
        doc="Points of the sign in a person's month.", example=20, used="E"
    )


def _points() -> tuple[AnomalyPoints, ...]:
    weights = (30, 15, 20, 10, 15, 20, 10, 10, 25, 10, 25, 20, 15, 15, 15, 5)
    return tuple(AnomalyPoints(code=code, points=n) for code, n in zip(AnomalyCode, weights, strict=True))


class Bands(Section):
    """Lower edges of the workload bands, in percent of full load."""

    overloaded: Annotated[Decimal, Field(ge=0, le=300, decimal_places=2)] = field(
        Decimal(110), doc="Above this: overloaded.", example=110, used="E"
    )
    full: Percent = field(Decimal(90), doc="From here: full.", example=90, used="E")
    loose: Percent = field(Decimal(70), doc="From here: loose.", example=70, used="E")
    under_used: Percent = field(Decimal(50), doc="From here: under-used; below: idle.", example=50, used="E")

    @model_validator(mode="after")
    def _falling(self) -> Self:
        if not self.overloaded > self.full > self.loose > self.under_used:
            raise ValueError("bands must fall: overloaded > full > loose > under_used")
        return self


class CliffWarning(Section):
    """When employee and superior are warned that the month may end below the threshold."""

    from_day: Annotated[int, Field(ge=1, le=28)] = field(
        15, doc="First day of the month with a warning.", example=15, used="E"
    )
    low: Percent = field(Decimal(40), doc="Warn from this share of the target, in percent.", example=40, used="E")
    high: Percent = field(Decimal(60), doc="Warn up to this share of the target, in percent.", example=60, used="E")


class CatalogueItem(Section):
    """One activity of the catalogue with its time norm."""

    code: Annotated[str, Field(pattern=r"^[A-Z0-9-]{2,12}$")] = field(doc="Stable code.", example="SRT-01", used="E")
    name: Annotated[str, Field(min_length=3, max_length=120)] = field(
        doc="Name people read.", example="Menyusun konsep surat", used="E"
    )
    unit: Annotated[str, Field(min_length=2, max_length=40)] = field(doc="Unit of output.", example="surat", used="E")
    norm: Annotated[int, Field(ge=1, le=600)] = field(doc="Standard minutes for one unit.", example=30, used="E")
    proof: bool = field(False, doc="Whether a proof file is needed.", example=True, used="E")
    daily_max: Annotated[int, Field(ge=1, le=50)] | None = field(
        None, doc="Most entries a day; null for no limit.", example=1, used="E"
    )


class Performance(Section):
    """Rules of E-RK. To change them, set `valid_from` to the first day of the new rule; finished months keep theirs."""

    regulation: Annotated[str, Field(min_length=5, max_length=200)] = field(
        "Peraturan kepala daerah tentang tambahan penghasilan pegawai",
        doc="Legal basis, printed on every slip.",
        example="Peraturan Wali Kota Bandung Nomor 126 Tahun 2018",
        used="E D",
    )
    valid_from: date = field(date(2026, 1, 1), doc="First day these rules hold.", example="2026-01-01", used="E")
    target_mode: TargetMode = field(
        TargetMode.TETAP, doc="Fixed monthly target, or by working days.", example="TETAP", used="E"
    )
    minutes_per_month: Annotated[int, Field(ge=1000, le=12000)] = field(
        6000, doc="Target of a month in minutes (mode TETAP, workload).", example=6000, used="E"
    )
    minutes_per_day: Minutes = field(300, doc="Effective minutes of a working day.", example=300, used="E")
    minutes_per_day_ramadan: Minutes = field(
        260, doc="Effective minutes of a working day in Ramadan.", example=260, used="E"
    )
    daily_cap: Minutes = field(450, doc="Most minutes counted a day.", example=450, used="E")
    daily_cap_ramadan: Minutes = field(390, doc="Most minutes counted a day in Ramadan.", example=390, used="E")
    daily_cap_overtime: Minutes = field(
        600, doc="Most minutes counted on a day with an overtime order.", example=600, used="E"
    )
    norm_factor: Annotated[Decimal, Field(ge=100, le=300, decimal_places=2)] = field(
        Decimal(150), doc="Most minutes counted for an activity, in percent of norm × volume.", example=150, used="E"
    )
    free_text_share: Percent = field(
        Decimal(20), doc="Most of a month's minutes outside the catalogue, in percent.", example=20, used="E"
    )
    input_days: Days = field(3, doc="Days to hand in an activity after its date.", example=3, used="E")
    return_days: Days = field(2, doc="Days to hand in again what was returned.", example=2, used="E")
    return_rounds: Annotated[int, Field(ge=1, le=5)] = field(
        2, doc="How often one activity may be returned.", example=2, used="E"
    )
    escalation_days: Days = field(5, doc="Days without a decision before it goes one superior up.", example=5, used="E")
    reopen_limit: Annotated[int, Field(ge=0, le=30)] = field(
        5, doc="Late activities a superior may reopen per employee and month.", example=5, used="E"
    )
    approval_days: Days = field(5, doc="Days after the month for approvals.", example=5, used="E")
    hearing_days: Days = field(
        3, doc="Days an employee has to answer an audit finding before minutes are cancelled.", example=3, used="E"
    )
    objection_days: Days = field(
        3, doc="Days an employee has to object to a monthly result that was shown.", example=3, used="E"
    )
    decision_days: Days = field(5, doc="Days in which an objection is decided.", example=5, used="E")
    auto_approve: bool = field(
        False,
        doc="Whether activities nobody decided are approved (and marked) when approvals of the month close.",
        example=False,
        used="E",
    )
    short_illness_days: Days = field(2, doc="Longest illness that counts as short.", example=2, used="E")
    missed_assembly: Percent = field(
        Decimal(2), doc="Cut of the discipline part for a missed Monday assembly, in percent.", example=2, used="E"
    )
    formula: Formula = field(Formula, doc="The allowance formula.", example={"policy": "PROPORSIONAL_50"}, used="E")
    lateness: tuple[LateStep, ...] = field(
        _lateness, doc="Cuts for late arrival and early leaving.", example=[{"up_to": 30, "cut": 0.5}], used="E"
    )
    absences: tuple[AbsenceRule, ...] = field(
        _absences,
        doc="Credits and cuts for absences; every kind once.",
        example=[{"kind": "ALPA", "credit": 0, "cut": 5}],
        used="E",
    )
    tpp_classes: tuple[ClassPay, ...] = field(
        _classes,
        doc="Full allowance of each position class (samples; set by the region's regulation).",
        example=[{"grade": 7, "workload": 6000000}],
        used="E",
        min_length=1,
    )
    blud_percent: Percent = field(
        Decimal(0), doc="Share of the allowance for staff of the scheme BLUD, in percent; 0: not paid here.",
        example=70, used="E",
    )  # fmt: skip
    anomaly_points: tuple[AnomalyPoints, ...] = field(
        _points,
        doc="Weight of each sign of dishonest minutes; every sign once.",
        example=[{"code": "BUKTI", "points": 20}],
        used="E",
    )
    sampled_from: Annotated[int, Field(ge=1, le=500)] = field(
        40, doc="Points of a month from which a person is examined.", example=40, used="E"
    )
    sample_percent: Percent = field(
        Decimal(2), doc="Random sample of a month's approved activities, in percent.", example=2, used="E"
    )
    bands: Bands = field(Bands, doc="Workload bands.", example={"overloaded": 110}, used="E")
    cliff_warning: CliffWarning = field(
        CliffWarning, doc="Warning near the threshold.", example={"from_day": 15}, used="E"
    )
    activity_catalogue: tuple[CatalogueItem, ...] = field(
        (), doc="Own activities, beside the national list or in place of those with the same code.",
        example=[{"code": "SRT-01", "name": "Menyusun konsep surat", "unit": "surat", "norm": 30}], used="E",
    )  # fmt: skip

    @model_validator(mode="after")
    def _complete(self) -> Self:
        tables: dict[str, list[str]] = {
            "absences": [row.kind for row in self.absences],
            "tpp_classes": [str(row.grade) for row in self.tpp_classes],
            "anomaly_points": [row.code for row in self.anomaly_points],
            "activity_catalogue": [row.code for row in self.activity_catalogue],
        }
        for name, keys in tables.items():
            if len(set(keys)) != len(keys):
                raise ValueError(f"{name} names the same row twice")
        missing = sorted(set(AbsenceKind) - {row.kind for row in self.absences})
        if missing:
            raise ValueError(f"absences lacks {', '.join(missing)}")
        unweighed = sorted(set(AnomalyCode) - {row.code for row in self.anomaly_points})
        if unweighed:
            raise ValueError(f"anomaly_points lacks {', '.join(unweighed)}")
        limits = [step.up_to for step in self.lateness]
        if not limits or limits[-1] is not None or None in limits[:-1]:
            raise ValueError("lateness must end with one step whose up_to is null")
        return self
