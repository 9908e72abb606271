"""How far the months of the agencies have come: the board, the path of one, and what holds it up."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from core import audit, dates
from core.models import User
from core.pictures import Step
from core.states import StateLook
from erk.domain import anomalies, closing, months, outages, policy
from erk.domain.permissions import EVERYWHERE
from erk.enums import OFFICE_STATES, OPEN_OBJECTIONS, MonthState, Role
from erk.looks import MONTH_LOOKS
from erk.models import BulanOpd, Opd, Rekap, Sanggah

OWN = (Role.KEPALA_OPD, Role.ADMIN_OPD)
_PATH = (
    (MonthState.PRATINJAU, "Pratinjau dan sanggahan"),
    (MonthState.REKAP_OPD, "Tanda tangan kepala"),
    (MonthState.VERIFIKASI, "Verifikasi"),
    (MonthState.FINAL, "Final"),
    (MonthState.DIBAYAR, "Dibayar"),
)


def visible_agencies(user: User) -> list[Opd]:
    """Return the agencies whose months a person may follow."""
    if user.has_role(*EVERYWHERE):
        return list(Opd.objects.all())
    codes = {scope for role in OWN for scope in user.scopes(role)}
    return list(Opd.objects.filter(kode__in=codes))


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An agency's month: its look, its people, open objections, and the next date that matters."""

    agency: Opd
    look: StateLook
    state: MonthState
    people: int
    objections: int
    next_date: dt.date | None
    next_words: str
    address: str


def rows(month: dt.date, agencies: Sequence[Opd]) -> list[BoardRow]:
    """Return a row for each agency that has people in the month, in five queries however many there are."""
    keys = [agency.pk for agency in agencies]
    recaps = Rekap.objects.filter(bulan=month, opd_id__in=keys).order_by().values("opd_id")
    people = dict(recaps.values_list("opd_id").annotate(Count("pk")))
    waiting = Sanggah.objects.filter(rekap__bulan=month, rekap__opd_id__in=keys, state__in=OPEN_OBJECTIONS)
    objections = dict(waiting.order_by().values_list("rekap__opd_id").annotate(Count("pk")))
    opened = {row.opd_id: row for row in BulanOpd.objects.filter(bulan=month, opd_id__in=keys)}
    lost = outages.lost_after(month)
    rules = policy.for_month(month)
    found = []
    for agency in agencies:
        office = opened.get(agency.pk)
        if not office and agency.pk not in people:
            continue
        days = outages.closing_of(month, rules, agency.gelombang, lost)
        state = MonthState(office.state) if office else days.stage(dates.today())
        found.append(
            BoardRow(
                agency=agency,
                look=MONTH_LOOKS[state],
                state=state,
                people=people.get(agency.pk, 0),
                objections=objections.get(agency.pk, 0),
                address=f"{month:%Y-%m}" if office else "",
                **_next(office, state, days.input, days.approval),
            )
        )
    return found


def _next(
    office: BulanOpd | None, state: MonthState, input_closes: dt.date, approval_closes: dt.date
) -> dict[str, Any]:
    if state == MonthState.TERBUKA:
        return {"next_date": input_closes, "next_words": "pengisian sampai"}
    if state == MonthState.TUTUP_INPUT:
        return {"next_date": approval_closes, "next_words": "persetujuan sampai"}
    if office and state == MonthState.PRATINJAU:
        return {"next_date": office.sanggah_sampai, "next_words": "sanggahan sampai"}
    if office and office.dibayar_pada:
        return {"next_date": office.dibayar_pada, "next_words": "dibayar"}
    return {"next_date": None, "next_words": ""}


def counts(found: Collection[BoardRow]) -> list[tuple[StateLook, int]]:
    """Return how many agencies stand in each state, in the order of the path."""
    numbers = {state: sum(row.state == state for row in found) for state in MonthState}
    return [(MONTH_LOOKS[state], number) for state, number in numbers.items() if number]


def path(month: BulanOpd) -> list[Step]:
    """Return the path of an agency's month, with who took each step when."""
    at = OFFICE_STATES.index(MonthState(month.state))
    taken = {entry.target: entry for entry in audit.history(month) if entry.target != entry.source}
    steps = []
    for index, (state, name) in enumerate(_PATH):
        entry = taken.get(state) if index <= at else None
        status = "done" if index < at or month.state == MonthState.DIBAYAR else "now" if index == at else "next"
        when = dates.local(entry.at).date() if entry else None
        steps.append(Step(name, status, when=when, who=entry.actor_name if entry else ""))
    return steps


def held_up(month: BulanOpd) -> list[str]:
    """Return what keeps an agency's month from its next step, in sentences."""
    found = []
    if month.state == MonthState.PRATINJAU:
        if dates.today() <= month.sanggah_sampai:
            found.append(f"Masa sanggah berlangsung sampai {dates.short_date(month.sanggah_sampai)}.")
        about = Q(rekap__opd_id=month.opd_id, rekap__bulan=month.bulan)
        waiting = Sanggah.objects.filter(about, state__in=OPEN_OBJECTIONS).count()
        if waiting:
            found.append(f"{waiting} sanggahan belum diputuskan.")
    if month.state == MonthState.REKAP_OPD:
        found += anomalies.undone(month)
    if month.state in (MonthState.PRATINJAU, MonthState.REKAP_OPD, MonthState.VERIFIKASI):
        changed = len(months.differences(month.bulan, month.opd))
        if changed:
            found.append(f"Rekap {changed} pegawai perlu dihitung lagi karena catatannya berubah.")
    return found


def totals_for(month: BulanOpd, user: User) -> tuple[int, int | None]:
    """Return the people of the list, and its sum for those who may see pay."""
    people, amount = closing.totals(month)
    return people, amount if user.has_perm("erk.view_agency_recap", month.opd) else None
