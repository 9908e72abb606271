"""What the checks of section 13 look at, read office by office or person by person, in flat memory."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from itertools import groupby

from django.db.models import Count, F, Q

from core import dates
from core.calendar import calendar
from core.models import StoredFile
from erk.domain import outages, policy, records
from erk.enums import VOID, ActivityState, StatusHadir
from erk.enums import AnomalyCode as A
from erk.models import Aktivitas, Kehadiran, Opd, Pegawai, Rapat, Rekap
from erk.rules import windows
from erk.rules.anomalies import (
    SAME_COLLEAGUES,
    SHARED_DEVICE,
    DayFacts,
    Decision,
    Entry,
    Found,
    mutual,
    never_strict,
    of_person,
    of_superior,
)
from erk.rules.numbers import half_up

MEETING_ITEMS = ("RPT-01",)
BY_HAND = "isian"
_ABSENT = (StatusHadir.ALPA, StatusHadir.IZIN, StatusHadir.CUTI)
Signs = dict[int, Found]


def of_agency(month: dt.date, agency: Opd) -> Signs:
    """Return the signs about each employee on an agency's list, in seven queries."""
    first, last = windows.month_bounds(month)
    keys = list(Rekap.objects.filter(bulan=first, opd=agency).values_list("pegawai_id", flat=True))
    entries = _entries(keys, first, last)
    facts = _facts(keys, agency, first, last, entries)
    closes = outages.closing_days(first, policy.for_month(first), agency).input
    totals = _totals(keys, first)
    found = {key: of_person(entries.get(key, []), facts[key], closes, totals.get(key, [])) for key in keys}
    for key, shared in _copied(entries).items():
        found[key].setdefault(A.SALIN, {"sama_dengan_rekan": shared})
    return {key: signs for key, signs in found.items() if signs}


def _entries(keys: Collection[int], first: dt.date, last: dt.date) -> dict[int, list[Entry]]:
    rows = Aktivitas.objects.filter(pegawai_id__in=keys, tanggal__range=(first, last)).exclude(state__in=VOID)
    columns = (
        "pegawai_id", "kode", "tanggal", "mulai", "selesai", "menit_norma", "menit_hitung", "created_at", "sidik_teks",
        "katalog__bebas", "katalog__kode", "katalog__norma_maks", "volume",
    )  # fmt: skip
    found: dict[int, list[Entry]] = defaultdict(list)
    for row in rows.order_by().values_list(*columns).iterator(chunk_size=2000):
        key, code, day, start, end, norm, counted, written, text, free, item, longest, volume = row
        norm = half_up(longest * volume) if longest else norm
        found[key].append(
            Entry(code, day, start, end, norm, counted, dates.local(written).date(), text, free, item in MEETING_ITEMS)
        )
    return found


def _facts(
    keys: Collection[int], agency: Opd, first: dt.date, last: dt.date, entries: dict[int, list[Entry]]
) -> dict[int, DayFacts]:
    known = records.read(keys, first, last, records.DAYS)
    off = frozenset(
        day
        for day in (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
        if not calendar().is_working_day(day)
    )
    clocked: dict[int, dict[dt.date, tuple[dt.time | None, dt.time | None]]] = defaultdict(dict)
    corrected: dict[int, set[dt.date]] = defaultdict(set)
    rows = Kehadiran.objects.filter(pegawai_id__in=keys, tanggal__range=(first, last))
    for key, day, arrived, left, source in rows.values_list("pegawai_id", "tanggal", "masuk", "pulang", "sumber"):
        clocked[key][day] = arrived, left
        if source == BY_HAND:
            corrected[key].add(day)
    meetings = [
        ((row.tanggal, row.mulai, row.selesai), {person.pk for person in row.hadir.all()})
        for row in Rapat.objects.filter(opd=agency, tanggal__range=(first, last)).prefetch_related("hadir")
    ]
    return {
        key: DayFacts(
            overtime=frozenset(day for person, day in known.overtime if person == key),
            away=_away(known, key, entries.get(key, [])),
            off=off,
            clocked=clocked[key],
            corrected=frozenset(corrected[key]),
            meetings_missed=[span for span, there in meetings if key not in there],
        )
        for key in keys
    }


def _away(known: records.Records, key: int, entries: list[Entry]) -> frozenset[dt.date]:
    days = {row.day for row in entries}
    return frozenset(day for day in days if known.on_leave(key, day) or known.status(key, day) in _ABSENT)


def _totals(keys: Collection[int], month: dt.date) -> dict[int, list[tuple[int, int]]]:
    months = [windows.previous_month(windows.previous_month(month)), windows.previous_month(month), month]
    rows = Rekap.objects.filter(pegawai_id__in=keys, bulan__in=months).order_by("bulan")
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, minutes, target in rows.values_list("pegawai_id", F("menit_setuju") + F("menit_pengganti"), "target"):
        found[key].append((minutes, target))
    return found


def _copied(entries: dict[int, list[Entry]]) -> dict[int, int]:
    """Return how many entries of a person share their text with a colleague, where that is often."""
    writers: dict[str, set[int]] = defaultdict(set)
    for key, rows in entries.items():
        for row in rows:
            if row.text:
                writers[row.text].add(key)
    shared = {key: sum(len(writers[row.text]) > 1 for row in rows if row.text) for key, rows in entries.items()}
    return {key: times for key, times in shared.items() if times >= SAME_COLLEAGUES}


def devices(month: dt.date) -> Signs:
    """Return who wrote in a browser in which three people or more wrote."""
    rows = Aktivitas.objects.filter(tanggal__range=windows.month_bounds(month)).exclude(perangkat="")
    people: dict[str, set[int]] = defaultdict(set)
    for mark, key in rows.order_by().values_list("perangkat", "pegawai_id").distinct():
        people[mark].add(key)
    shared = [there for there in people.values() if len(there) >= SHARED_DEVICE]
    return {key: {A.TITIP: {"orang": len(there)}} for there in shared for key in there}


def proofs(month: dt.date) -> Signs:
    """Return whose proof file of this month was used for another day or person too."""
    files = StoredFile.objects.filter(owner_type="erk.aktivitas")
    repeated = files.values("sha256").annotate(n=Count("owner_id", distinct=True)).filter(n__gt=1).values("sha256")
    owners: dict[str, set[str]] = defaultdict(set)
    for seal, owner in files.filter(sha256__in=repeated).values_list("sha256", "owner_id"):
        owners[seal].add(owner)
    keys = {int(owner) for there in owners.values() for owner in there}
    rows = Aktivitas.objects.filter(pk__in=keys).exclude(state__in=VOID)
    about = {str(pk): (person, day) for pk, person, day in rows.values_list("pk", "pegawai_id", "tanggal")}
    first, last = windows.month_bounds(month)
    times: Counter[int] = Counter()
    for there in owners.values():
        known = {about[owner] for owner in there if owner in about}
        if len(known) > 1:
            times.update({person for person, day in known if first <= day <= last})
    return {key: {A.BUKTI: {"berkas": count}} for key, count in times.items()}


def superiors(month: dt.date) -> Signs:
    """Return the signs about those who decided on work of the month, one decider after the other."""
    first, last = windows.month_bounds(month)
    final = outages.closing_days(first, policy.for_month(first)).approval
    employee_of = dict(Pegawai.objects.filter(user__isnull=False).values_list("user_id", "pk"))
    found: dict[int, Found] = defaultdict(dict)
    days: dict[int, set[dt.date]] = {}
    pairs: set[tuple[int, int]] = set()
    for user, rows in groupby(_decisions(first, last), key=lambda row: row[0]):
        key = employee_of.get(user)
        if key is None:
            continue
        decided = list(rows)
        pairs |= {(key, employee) for _, _, employee, _ in decided}
        days[key] = {dates.local(at).date() for _, at, _, _ in decided}
        found[key] |= of_superior([Decision(at, strict) for _, at, _, strict in decided], final, dates.zone())
    for key, (decided_in_quarter, strict) in _quarter(month, employee_of).items():
        found[key] |= never_strict(decided_in_quarter, strict)
    for key, others in mutual(sorted(pairs)).items():
        found[key][A.SALING] = {"dengan": len(others)}
    for key, away in _away_while_deciding(days).items():
        found[key][A.HANTU] = {"hari": [str(day) for day in away]}
    for key, times in _where_subordinates_write(first, last, employee_of).items():
        found[key][A.HANTU] = found[key].get(A.HANTU, {}) | {"perangkat_sama": times}
    return {key: signs for key, signs in found.items() if signs}


def _decisions(first: dt.date, last: dt.date) -> Iterator[tuple[int, dt.datetime, int, bool]]:
    rows = Aktivitas.objects.filter(tanggal__range=(first, last), putus_oleh__isnull=False, putus_pada__isnull=False)
    columns = ("putus_oleh_id", "putus_pada", "pegawai_id", "state", "putaran", "menit_setuju", "menit_hitung")
    ordered = rows.order_by("putus_oleh_id", "putus_pada").values_list(*columns)
    for user, at, employee, state, rounds, approved, counted in ordered.iterator(chunk_size=2000):
        yield user, at, employee, state == ActivityState.DITOLAK or rounds > 0 or (approved or 0) < counted


def _quarter(month: dt.date, employee_of: dict[int, int]) -> dict[int, tuple[int, int]]:
    first = windows.previous_month(windows.previous_month(month))
    rows = Aktivitas.objects.filter(
        tanggal__range=(first, windows.month_bounds(month)[1]), putus_oleh__isnull=False
    ).order_by()
    unlike = Q(putaran__gt=0) | Q(state=ActivityState.DITOLAK) | Q(menit_setuju__lt=F("menit_hitung"))
    sums = rows.values("putus_oleh_id").annotate(decided=Count("pk"), strict=Count("pk", filter=unlike))
    return {
        employee_of[row["putus_oleh_id"]]: (row["decided"], row["strict"])
        for row in sums
        if row["putus_oleh_id"] in employee_of
    }


def _where_subordinates_write(first: dt.date, last: dt.date, employee_of: dict[int, int]) -> dict[int, int]:
    """Return how often a decision was taken in the browser the work was written in: perhaps by the writer."""
    rows = Aktivitas.objects.filter(tanggal__range=(first, last), perangkat_putus=F("perangkat")).exclude(perangkat="")
    times = rows.order_by().values_list("putus_oleh_id").annotate(Count("pk"))
    return {employee_of[user]: count for user, count in times if user in employee_of}


def _away_while_deciding(days: dict[int, set[dt.date]]) -> dict[int, list[dt.date]]:
    moments = [day for there in days.values() for day in there]
    if not moments:
        return {}
    known = records.read(list(days), min(moments), max(moments), (records.Kind.LEAVE, records.Kind.ATTENDANCE))
    found = {
        key: sorted(day for day in there if known.on_leave(key, day) or known.status(key, day) in _ABSENT)
        for key, there in days.items()
    }
    return {key: away for key, away in found.items() if away}
