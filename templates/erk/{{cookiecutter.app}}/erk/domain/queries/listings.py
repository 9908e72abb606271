"""Rows of the reports of erk.md section 16; money only in those for finance and personnel."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.db.models import Count, DecimalField, F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from core import dates, links
from core.calendar import calendar
from core.models import AuditEntry, StoredFile
from erk.domain import policy
from erk.enums import COUNTED, ActivityState, StatusHadir
from erk.models import Aktivitas, Kehadiran, Pegawai, Penempatan, Rekap, Skp
from erk.rules import discipline, windows
from erk.rules.anomalies import UNREAD
from erk.rules.workload import is_idle, person_ratio

LOW = Decimal("0.75")


@dataclass(frozen=True, slots=True)
class Exported:
    """An approved activity for the national e-Kinerja, with addresses of its proofs."""

    activity: Aktivitas
    proofs: str


def national(month: dt.date) -> Iterator[Exported]:
    """Yield the approved activities of a month in the order of number and date."""
    rows = Aktivitas.objects.filter(tanggal__range=windows.month_bounds(month), state__in=COUNTED)
    files: dict[str, list[str]] = defaultdict(list)
    inside = rows.values("pk")
    stored = StoredFile.objects.filter(owner_type="erk.aktivitas", owner_id__in=[str(row["pk"]) for row in inside])
    for owner, public_id in stored.order_by("kind").values_list("owner_id", "public_id"):
        files[owner].append(links.absolute(f"/berkas/{public_id}/"))
    ordered = rows.select_related("pegawai", "katalog", "rhk").order_by("pegawai__nip", "tanggal", "mulai")
    for row in ordered.iterator(chunk_size=1000):
        yield Exported(row, " ".join(files.get(str(row.pk), ())))


@dataclass(frozen=True, slots=True)
class Watched:
    """An employee with unexcused days this year: how many, how many in a row, and the step of the ladder."""

    employee: Pegawai
    days: int
    in_a_row: int
    step: str


def watched(month: dt.date) -> list[Watched]:
    """Return who reached a step of PP 94/2021 by the end of a month, most days first."""
    first, last = month.replace(month=1, day=1), windows.month_bounds(month)[1]
    rows = Kehadiran.objects.filter(tanggal__range=(first, last), status=StatusHadir.ALPA)
    absent: dict[int, list[dt.date]] = defaultdict(list)
    for key, day in rows.order_by("tanggal").values_list("pegawai_id", "tanggal"):
        absent[key].append(day)
    days = calendar().working_days(first, last)
    people = Pegawai.objects.in_bulk(absent)
    found = []
    for key, missed in absent.items():
        run = discipline.longest_run(missed, days)
        if step := discipline.step(len(missed), run):
            found.append(Watched(people[key], len(missed), run, step))
    return sorted(found, key=lambda row: (-row.days, row.employee.nama))


def below(month: dt.date) -> "QuerySet[Rekap]":
    """Return the recaps that reached less than 75 % of the target: a year below it holds a promotion up."""
    rows = Rekap.objects.filter(bulan=month).annotate(reached=F("menit_setuju") + F("menit_pengganti"))
    low = rows.filter(reached__lt=F("target") * LOW).select_related("pegawai", "opd", "jabatan")
    return low.order_by("opd__nama", "pegawai__nama", "pk")


@dataclass(frozen=True, slots=True)
class Diligence:
    """How a superior decided in a month: how many, half of them within how many hours, share returned or lowered.

    `bulk`: share decided within three seconds of the decision before, too soon to have read it (section 13);
    `passed`: what went one superior up in the month because nobody decided in time.
    """

    name: str
    decided: int
    hours: int
    strict: Decimal
    bulk: Decimal
    passed: int = 0


def _passed_up(month: dt.date) -> dict[tuple[int, str], int]:
    """Return how much went past its superior in a month undecided, by account and name of who held the position."""
    since, until = dates.at(month), dates.at(windows.next_month(month))
    entries = AuditEntry.objects.filter(
        object_type="erk.aktivitas", action="eskalasi", at__gte=since, at__lt=until
    ).order_by()
    rows = [(position, dates.local(at).date()) for position, at in entries.values_list("data__penilai_lama", "at")]
    last = windows.month_bounds(month)[1]
    held: dict[int, list[Penempatan]] = defaultdict(list)
    placed = Penempatan.objects.between(month, last).filter(
        jabatan_id__in={position for position, _ in rows if position}, pegawai__user__isnull=False
    )
    for row in placed.select_related("pegawai__user").order_by("mulai"):
        held[row.jabatan_id].append(row)
    found: dict[tuple[int, str], int] = defaultdict(int)
    for position, day in rows:
        there = [row for row in held.get(position, ()) if row.mulai <= day and (row.akhir is None or row.akhir >= day)]
        if there:
            user = there[-1].pegawai.user
            found[user.pk, user.full_name] += 1
    return found


def diligence(month: dt.date) -> list[Diligence]:
    """Return the superiors who decided on work of a month, or let it pass, the slowest first."""
    rows = Aktivitas.objects.filter(
        tanggal__range=windows.month_bounds(month), putus_oleh__isnull=False, diajukan_pada__isnull=False
    )
    waited: dict[tuple[int, str], list[float]] = defaultdict(list)
    strict: dict[tuple[int, str], int] = defaultdict(int)
    bulk: dict[tuple[int, str], int] = defaultdict(int)
    before: tuple[int, dt.datetime] | None = None
    columns = ("putus_oleh_id", "putus_oleh__full_name", "diajukan_pada", "putus_pada", "state", "putaran")
    ordered = rows.order_by("putus_oleh_id", "putus_pada").values_list(*columns, "menit_setuju", "menit_hitung")
    for key, name, asked, decided, state, rounds, approved, counted in ordered.iterator(chunk_size=2000):
        waited[key, name].append((decided - asked).total_seconds() / 3600)
        bulk[key, name] += before is not None and before[0] == key and decided - before[1] < UNREAD
        before = key, decided
        strict[key, name] += state == ActivityState.DITOLAK or rounds > 0 or (approved or 0) < counted
    passed = _passed_up(month)
    found = [
        Diligence(
            who[1],
            len(hours),
            round(median(hours)),
            Decimal(strict[who]) / len(hours),
            Decimal(bulk[who]) / len(hours),
            passed.pop(who, 0),
        )
        for who, hours in waited.items()
    ]
    found += [Diligence(who[1], 0, 0, Decimal(0), Decimal(0), count) for who, count in passed.items()]
    return sorted(found, key=lambda row: (-row.hours, -row.passed, row.name))


def catalogue_use(month: dt.date) -> list[dict[str, object]]:
    """Return how often each item was approved in a month, with its minutes and norm, and how often at the most."""
    factor = policy.for_month(month).norm_factor
    rows = Aktivitas.objects.filter(tanggal__range=windows.month_bounds(month), state__in=COUNTED).order_by()
    longest = Coalesce(F("katalog__norma_maks") * F("volume"), F("menit_norma"), output_field=DecimalField())
    used = rows.values("katalog__kode", "katalog__nama", "katalog__norma", "katalog__norma_maks").annotate(
        times=Count("pk"),
        minutes=Sum("menit_setuju"),
        at_cap=Count("pk", filter=Q(menit_hitung__gte=longest * factor)),
    )
    return list(used.order_by("-times", "katalog__kode"))


def printed(employee: Pegawai, month: dt.date) -> "QuerySet[Aktivitas]":
    """Return the rows of the printed daily log: what was handed in, in the order of the day."""
    rows = Aktivitas.objects.filter(pegawai=employee, tanggal__range=windows.month_bounds(month))
    handed_in = rows.exclude(state__in=(ActivityState.DRAF, ActivityState.TERLAMBAT))
    return handed_in.select_related("katalog", "putus_oleh").order_by("tanggal", "mulai", "pk")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A person who is idle or overloaded: ratios of the last months, oldest first, as whole per cent."""

    recap: Rekap
    percents: tuple[int, ...]

    @property
    def shown(self) -> str:
        """Return the ratios in words."""
        return ", ".join(f"{percent}%" for percent in self.percents)


def _ratios(month: dt.date) -> Iterator[tuple[Rekap, list[tuple[Decimal, Decimal]]]]:
    first = windows.previous_month(windows.previous_month(month))
    rows = Rekap.objects.filter(bulan__range=(first, month)).select_related("pegawai", "opd", "jabatan")
    by_person: dict[int, list[Rekap]] = defaultdict(list)
    for row in rows.order_by("bulan"):
        by_person[row.pegawai_id].append(row)
    target = policy.for_month(month).minutes_per_month
    for recaps in by_person.values():
        if recaps[-1].bulan == month:
            ratios = [(person_ratio(row.menit_setuju, row.bagian_hadir, target), row.bagian_hadir) for row in recaps]
            yield recaps[-1], ratios


def idle(month: dt.date) -> list[Loaded]:
    """Return who was idle in two of the last three months; newcomers and people mostly on leave are excused."""
    edge = policy.for_month(month).bands.under_used
    started = Penempatan.objects.values_list("pegawai_id").annotate(Min("mulai"))
    since = dict(started.order_by())
    return [
        Loaded(recap, tuple(int(ratio * 100) for ratio, _ in ratios))
        for recap, ratios in _ratios(month)
        if is_idle(ratios, edge, new=since[recap.pegawai_id] >= month)
    ]


def overloaded(month: dt.date) -> list[Loaded]:
    """Return who was above the upper edge of the bands in a month."""
    edge = policy.for_month(month).bands.overloaded
    found = [(recap, ratios) for recap, ratios in _ratios(month) if ratios[-1][0] > edge]
    return [Loaded(recap, tuple(int(ratio * 100) for ratio, _ in ratios)) for recap, ratios in found]


def plans(month: dt.date) -> "QuerySet[Skp]":
    """Return the targets (SKP) of the year of a month, with state and rating."""
    rows = Skp.objects.filter(tahun=month.year).select_related("pegawai", "jabatan__opd")
    return rows.order_by("jabatan__opd__nama", "pegawai__nama", "pk")


def audit_entries(month: dt.date) -> "QuerySet[AuditEntry]":
    """Return the audit log of a month in the region's days, in its own order: each seal covers the one before."""
    since, until = dates.at(month), dates.at(windows.next_month(month))
    return AuditEntry.objects.filter(at__gte=since, at__lt=until).order_by("seq")
