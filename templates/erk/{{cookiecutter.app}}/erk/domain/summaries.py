"""Workload summaries of a month: written from the log, proved equal to it, and what differed said in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.db.models import Max

from core import dates
from core.models import AuditEntry
from erk.domain.queries.worklog import Measured, Signs, Worked, measured
from erk.models import Aktivitas, BebanOpd, BebanPegawai, Opd
from erk.rules.windows import month_bounds, previous_month

KEPT_EQUAL = 12  # months, the running one included, that the nightly run compares with the log
_WORDS = {
    "until": "measured until",
    "working_days": "working days",
    "target": "target minutes",
    "norm": "norm minutes",
    "logged": "entries",
    "handed_in": "handed in",
    "rejected": "rejected",
    "evening": "evening entries",
    "overtime": "overtime minutes",
    "minutes": "minutes",
    "days": "days present",
    "name": "name",
    "unit": "unit",
    "family": "family of positions",
}


class Unequal(RuntimeError):
    """What was just written is not what was counted: a fault of the program or the database, never of the data."""


@dataclass
class Outcome:
    """What a run did: agencies written for the first time, written anew, equal before; and what differed."""

    new: int = 0
    renewed: int = 0
    equal: int = 0
    differed: list[str] = field(default_factory=list)


def heads(month: dt.date, only: Opd | None = None) -> list[BebanOpd]:
    """Return the summary rows of the agencies of a month, with their agencies, in one query."""
    rows = BebanOpd.objects.filter(bulan=month.replace(day=1)).select_related("opd").order_by()
    return list(rows.filter(opd=only) if only else rows)


def stored(month: dt.date, only: Opd | None = None, rows: Sequence[BebanOpd] | None = None) -> dict[int, Measured]:
    """Return what the summary rows say of a month, by agency, in two queries; one where `heads` are given as `rows`."""
    agencies = heads(month, only) if rows is None else rows
    people: dict[int, dict[int, Worked]] = defaultdict(dict)
    counted = BebanPegawai.objects.filter(bulan=month.replace(day=1)).order_by()
    counted = counted.filter(opd=only) if only else counted
    columns = ("opd_id", "pegawai_id", "pegawai__nama", "unit", "rumpun", "menit", "hari_hadir")
    for agency, person, *values in counted.values_list(*columns):
        people[agency][person] = Worked(*values)
    return {
        row.opd_id: Measured(
            until=row.sampai,
            working_days=row.hari_kerja,
            target=row.target,
            signs=Signs(row.menit_norma, row.dicatat, row.diajukan, row.ditolak, row.malam, row.menit_lembur),
            people=people[row.opd_id],
        )
        for row in agencies
    }


def refresh(month: dt.date, only: Opd | None = None) -> Outcome:
    """Write the summary rows of a month where they are missing or differ from the log; safe to run again.

    Of one agency, or of all.

    One transaction an agency; what was written is read back and compared. Raises Unequal when it is not the same.
    """
    outcome = Outcome()
    kept = stored(month, only)
    for agency, counted in measured(month, only):
        before = kept.pop(agency.pk, None)
        if before == counted:
            outcome.equal += 1
            continue
        with transaction.atomic():
            Opd.objects.select_for_update().get(pk=agency.pk)
            _write(month.replace(day=1), agency, counted)
            wrong = list(_between(agency, stored(month, agency).get(agency.pk), counted))
            if wrong:
                raise Unequal(f"{month:%Y-%m}: what was written differs from the log. {' '.join(wrong[:5])}")
        outcome.new += before is None
        outcome.renewed += before is not None
        outcome.differed += _between(agency, before, counted) if before else ()
    for agency in Opd.objects.filter(pk__in=kept):
        outcome.differed.append(_emptied(agency))
        _clear(month.replace(day=1), agency)
    return outcome


def catch_up(month: dt.date) -> int:
    """Write anew the summaries of agencies whose work changed since they were written; return how many.

    Between two nights, and only where the night has summed the month up to yesterday, so that all agencies are
    measured up to the same day. Attendance, leave and moves follow in the night.
    """
    first, last = month_bounds(month)
    until = min(last, dates.today() - dt.timedelta(days=1))
    rows = [row for row in heads(month) if row.sampai == until]
    changed = _changed(first, until, rows) if rows else {}
    done = 0
    for row in rows:
        if changed.get(row.opd_id, row.dihitung_pada) > row.dihitung_pada:
            started = dates.now()
            refresh(month, row.opd)
            BebanOpd.objects.filter(opd=row.opd, bulan=first).update(dihitung_pada=started)
            done += 1
    return done


def _changed(first: dt.date, until: dt.date, rows: Sequence[BebanOpd]) -> dict[int, dt.datetime]:
    """Return when work last changed, by the agency it was done for and by the agency its person is summed in.

    Every act of people and clock changes the row: decided, withdrawn, lapsed, opened again. Of a removed draft only
    the audit row is left.
    """
    since = min(row.dihitung_pada for row in rows)
    work = Aktivitas.objects.filter(tanggal__range=(first, until), updated_at__gt=since).order_by()
    place = dict(BebanPegawai.objects.filter(bulan=first).order_by().values_list("pegawai_id", "opd_id"))
    found: dict[int, dt.datetime] = {}
    for person, agency, moment in work.values_list("pegawai_id", "jabatan__opd_id").annotate(Max("updated_at")):
        for one in {agency, place.get(person, agency)}:
            found[one] = max(moment, found.get(one, moment))
    removed = AuditEntry.objects.filter(object_type="erk.aktivitas", action="hapus", at__gt=since).order_by()
    for agency, day, moment in removed.values_list("data__opd", "data__tanggal", "at"):
        if agency and day and first.isoformat() <= day <= until.isoformat():
            found[agency] = max(moment, found.get(agency, moment))
    return found


def differences(month: dt.date) -> list[str]:
    """Return in words where the summary rows of a month differ from the log, without writing anything."""
    kept = stored(month)
    found: list[str] = []
    for agency, counted in measured(month):
        found += _between(agency, kept.pop(agency.pk, None), counted)
    return found + [_emptied(agency) for agency in Opd.objects.filter(pk__in=kept)]


def due(today: dt.date) -> list[dt.date]:
    """Return the months the nightly run keeps equal, newest first: a year back, not before the log begins."""
    begun = Aktivitas.objects.order_by("tanggal").values_list("tanggal", flat=True).first()
    found, month = [], today.replace(day=1)
    while begun and len(found) < KEPT_EQUAL and month_bounds(month)[1] >= begun:
        found.append(month)
        month = previous_month(month)
    return found


def _clear(first: dt.date, agency: Opd) -> None:
    BebanPegawai.objects.filter(bulan=first, opd=agency).delete()
    BebanOpd.objects.filter(bulan=first, opd=agency).delete()


def _write(first: dt.date, agency: Opd, counted: Measured) -> None:
    _clear(first, agency)
    BebanPegawai.objects.filter(bulan=first, pegawai_id__in=counted.people).delete()  # moved here since
    signs = counted.signs
    BebanOpd.objects.create(
        opd=agency, bulan=first, sampai=counted.until, hari_kerja=counted.working_days, target=counted.target,
        menit_norma=signs.norm, dicatat=signs.logged, diajukan=signs.handed_in, ditolak=signs.rejected,
        malam=signs.evening, menit_lembur=signs.overtime, dihitung_pada=dates.now(),
    )  # fmt: skip
    BebanPegawai.objects.bulk_create(
        [
            BebanPegawai(
                pegawai_id=person, opd=agency, bulan=first, unit=row.unit, rumpun=row.family, menit=row.minutes,
                hari_hadir=row.days,
            )
            for person, row in counted.people.items()
        ],
        batch_size=500,
    )  # fmt: skip


def _emptied(agency: Opd) -> str:
    return f"{agency.singkatan}: a summary, but nobody was in the scheme that month."


def _between(agency: Opd, kept: Measured | None, counted: Measured) -> Iterator[str]:
    """Yield a sentence for each figure in which a summary differs from the log."""
    where = agency.singkatan
    if kept is None:
        yield f"{where}: no summary."
        return
    yield from _fields(where, _flat(kept), _flat(counted))
    for person in sorted(kept.people.keys() | counted.people.keys()):
        mine, theirs = kept.people.get(person), counted.people.get(person)
        if mine and theirs:
            yield from _fields(f"{where}, {theirs.name}", asdict(mine), asdict(theirs))
        elif mine:
            yield f"{where}, {mine.name}: in the summary, not in the log."
        elif theirs:
            yield f"{where}, {theirs.name}: in the log, not in the summary."


def _flat(row: Measured) -> dict[str, object]:
    return {"until": row.until, "working_days": row.working_days, "target": row.target} | asdict(row.signs)


def _fields(where: str, kept: dict[str, object], counted: dict[str, object]) -> Iterator[str]:
    for name, value in counted.items():
        if kept[name] != value:
            yield f"{where}: {_WORDS[name]} {kept[name]} in the summary, {value} in the log."
