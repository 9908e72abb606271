"""The office of lane IZIN: the queue by due date, the service board, the calendar of visits."""

import datetime as dt

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import dates
from core.calendar import calendar as working_days
from core.paging import paginate
from core.pictures import Bar
from hayu.domain import catalogue
from hayu.domain.queries import applications, officers, permits, visits
from hayu.domain.queries import stages as divided
from hayu.interfaces.filters import ApplicationFilters
from hayu.rules import sla

CALENDAR_DAYS = 14
_STAGE_WORDS = {"berkas": "Pemeriksaan berkas", "lapangan": "Peninjauan dan pertimbangan", "naskah": "Naskah"}


def require(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied unless the person has a permission of the office."""
    if not request.user.has_perm(permission):
        raise PermissionDenied(_("Halaman ini untuk petugas yang berwenang."))


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for this officer; with `semua` every application they may read."""
    require(request, "hayu.permit_office")
    everything = "semua" in request.GET
    rows = applications.readable(request.user) if everything else applications.queue(request.user)
    found = ApplicationFilters(request, rows.select_related("type_version", "officer"))
    context = {
        "found": found,
        "page": paginate(request, found.rows),
        "everything": everything,
    }
    return render(request, "hayu/permits/queue.html", context)


@login_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show the service board: colours, where files wait against the shares of the time, workload, what is late."""
    require(request, "hayu.board")
    found = applications.board(request.user)
    first = dates.today().replace(day=1)
    waiting = {name: sum(found.stages.get(state, 0) for state in states) for name, states in divided.STATES.items()}
    stages = [Bar(f"{_STAGE_WORDS[name]} (jatah {share} %)", waiting[name]) for name, share in sla.STAGE_SHARES]
    names = {kind.code: kind.name for kind in catalogue.types()}
    context = {
        "board": found,
        "stages": stages,
        "spent": [(_STAGE_WORDS[stage.name], stage) for stage in divided.recent(dates.today())],
        "spent_days": divided.DAYS,
        "spent_most": divided.MOST,
        "officers": [Bar(name, number) for name, number in found.officers],
        "late": list(found.late[:50]),
        "month": applications.decided_in(first, dates.today()),
        "first": first,
        "audit": officers.sample_audit(),
        "expiring": [(names.get(code, code), number) for code, number in permits.expiring(dates.today()).items()],
    }
    return render(request, "hayu/permits/board.html", context)


@login_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Show the visits of the coming fortnight day by day, and first those whose day has passed without minutes."""
    require(request, "hayu.permit_office")
    first = dates.today()
    last = first + dt.timedelta(days=CALENDAR_DAYS)
    found = visits.appointed(request.user, first, last)
    shown = sorted({*working_days().working_days(first, last), *(row.day for row in found)})
    context = {
        "days": [(day, [row for row in found if row.day == day]) for day in shown],
        "missed": visits.missed(request.user, first),
        "count": len(found),
        "today": first,
    }
    return render(request, "hayu/permits/calendar.html", context)
