"""Applications as lists: a person's own, the office's queue, what one sees on a board."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, F, Q, QuerySet, When

from core import dates
from core.models import User
from hayu.domain import catalogue
from hayu.domain.permits.people import office_scope
from hayu.enums import AppState, BillState, Channel, Role
from hayu.models import Application, Bill
from hayu.rules import sla

S = AppState
READS_ALL = (Role.KASI, Role.KABID, Role.PENANDATANGAN, Role.PENETAP_RETRIBUSI, Role.BENDAHARA, Role.AUDITOR)
# Which states wait for a role.
WORK: dict[str, tuple[str, ...]] = {
    Role.VERIFIKATOR: (S.DIAJUKAN, S.VERIFIKASI_BERKAS),
    Role.TIM_TEKNIS: (S.PENINJAUAN, S.PERTIMBANGAN_TEKNIS),
    Role.PENETAP_RETRIBUSI: (S.PENETAPAN,),
    Role.BENDAHARA: (S.MENUNGGU_PEMBAYARAN,),
    Role.KASI: (S.PENETAPAN,),
    Role.KABID: (S.USUL_TOLAK, S.PENETAPAN),
    Role.PENANDATANGAN: (S.MENUNGGU_TTE, S.DITINJAU_ULANG),
}


def mine(user: User) -> QuerySet[Application]:
    """Return a person's own applications: what waits for them first, then the newest."""
    rows = Application.objects.filter(applicant=user).select_related("type_version")
    waits = Q(state__in=[*S.paused(), S.DRAF])
    return rows.annotate(waits=Count("pk", filter=waits)).order_by("-waits", "-created_at", "-pk")


def waiting_for_owner(user: User) -> int:
    """Return how many applications wait for their applicant."""
    return Application.objects.filter(applicant=user, state__in=[S.PERLU_PERBAIKAN, S.MENUNGGU_PEMBAYARAN]).count()


def at_desk(user: User) -> QuerySet[Application]:
    """Return what came in at the desk: this officer's drafts and everything that was sent."""
    if not user.has_role(Role.LOKET):
        return Application.objects.none()
    rows = Application.objects.filter(channel=Channel.LOKET).filter(~Q(state=S.DRAF) | Q(filed_by=user))
    return rows.select_related("type_version").order_by("-created_at", "-pk")


def readable(user: User) -> QuerySet[Application]:
    """Return the sent applications an officer may read."""
    rows = Application.objects.sent()
    if user.has_role(*READS_ALL):
        return rows
    seen = Q(pk__in=[])
    if user.has_role(Role.VERIFIKATOR):
        seen |= _within(user, Role.VERIFIKATOR)
    if user.has_role(Role.TIM_TEKNIS):
        seen |= _within(user, Role.TIM_TEKNIS)
    if user.has_role(Role.PENGAWAS):
        scopes = user.scopes(Role.PENGAWAS)
        seen |= Q(pk__isnull=False) if "" in scopes else Q(district_code__in=scopes)
    return rows.filter(seen)


def _within(user: User, role: str) -> Q:
    scopes = user.scopes(role)
    if "" in scopes:
        return Q(pk__isnull=False)
    if role == Role.VERIFIKATOR:
        return Q(type_code__in=scopes)
    return Q(type_code__in=_types_of(scopes))


def _types_of(offices: frozenset[str]) -> list[str]:
    return [kind.code for kind in catalogue.types() if office_scope(kind.technical_office) in offices]


def queue(user: User) -> QuerySet[Application]:
    """Return what waits for this officer, deemed approvals first, then the oldest due date; own matters left out."""
    waits = Q(pk__in=[])
    for role, states in WORK.items():
        if not user.has_role(role):
            continue
        part = Q(state__in=states)
        if role == Role.VERIFIKATOR:
            part &= _within(user, role) & (Q(officer=None) | Q(officer=user)) & ~Q(former_officer=user)
        elif role == Role.TIM_TEKNIS:
            part &= _within(user, role)
        elif role == Role.KABID:
            part &= ~Q(state=S.PENETAPAN, drafter=None)
        elif role == Role.KASI:
            part &= Q(drafter=None) & ~_to_bill()
        elif role == Role.PENETAP_RETRIBUSI:
            part &= _to_bill()
        waits |= part
    rows = Application.objects.filter(waits).exclude(applicant=user)
    if user.nik_token:
        rows = rows.exclude(nik_token=user.nik_token)
    first = Case(When(priority="", then=1), default=0)
    return rows.select_related("type_version", "officer").order_by(
        F("deemed_at").asc(nulls_last=True), first, "due_on", "pk"
    )


def _to_bill() -> Q:
    """Return what costs something and was not paid: first the bill, then the draft."""
    costly = [kind.code for kind in catalogue.types() if kind.cost or kind.charge]
    return Q(type_code__in=costly) & ~Q(pk__in=Bill.objects.filter(state=BillState.LUNAS).values("application"))


@dataclass(frozen=True, slots=True)
class Board:
    """The service board of a day: open ones by colour, by stage, by officer, and the late ones."""

    total: int
    green: int
    yellow: int
    red: int
    stages: dict[str, int]
    officers: list[tuple[str, int]]
    late: QuerySet[Application]


def board(user: User) -> Board:
    """Return the board of what an officer may read, in four queries."""
    rows = readable(user).open()
    counts: dict[str, int] = rows.aggregate(
        total=Count("pk"),
        red=Count("pk", filter=Q(used_days__gt=F("sla_days"))),
        yellow=Count("pk", filter=Q(used_days__lte=F("sla_days"), used_days__gt=F("sla_days") * 6 / 10)),
    )
    stages = rows.order_by().values_list("state").annotate(number=Count("pk"))
    people = rows.exclude(officer=None).order_by().values_list("officer__full_name").annotate(number=Count("pk"))
    late = rows.filter(used_days__gt=F("sla_days")).select_related("type_version", "officer").order_by("due_on", "pk")
    known = dict(stages)
    return Board(
        counts["total"], counts["total"] - counts["red"] - counts["yellow"], counts["yellow"], counts["red"],
        {state: known[state] for state in S.open() if state in known},
        sorted(people, key=lambda pair: (-pair[1], pair[0])), late,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """What was decided in a month, of one type or all: on-time rate in percent, median and 90th percentile of days."""

    decided: int
    issued: int
    refused: int
    on_time: int
    median: int
    p90: int


def decided_in(first: dt.date, last: dt.date) -> Month:
    """Return how fast applications decided from the first to the last day were; averages would hide the tail."""
    return _month([row for rows in _decided(first, last).values() for row in rows])


def decided_by_type(first: dt.date, last: dt.date) -> dict[str, Month]:
    """Return the same for each type that had decisions, by its code, in one query."""
    return {code: _month(rows) for code, rows in sorted(_decided(first, last).items())}


def _decided(first: dt.date, last: dt.date) -> dict[str, list[tuple[int, int, str]]]:
    """Return days used, days promised and state of what was decided, by type."""
    rows = Application.objects.filter(
        state__in=[S.TERBIT, S.DITOLAK], decided_at__gte=dates.at(first),
        decided_at__lt=dates.at(last + dt.timedelta(days=1)),
    )  # fmt: skip
    found: dict[str, list[tuple[int, int, str]]] = {}
    for code, *values in rows.order_by().values_list("type_code", "used_days", "sla_days", "state"):
        found.setdefault(code, []).append(tuple(values))
    return found


def _month(values: list[tuple[int, int, str]]) -> Month:
    used = [row[0] for row in values]
    in_time = sum(spent <= promised for spent, promised, _ in values)
    return Month(
        len(values), sum(row[2] == S.TERBIT for row in values), sum(row[2] == S.DITOLAK for row in values),
        round(100 * in_time / len(values)) if values else 0, sla.percentile(used, 50), sla.percentile(used, 90),
    )  # fmt: skip
