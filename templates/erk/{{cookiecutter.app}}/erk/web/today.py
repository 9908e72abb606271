"""The employee's day: what was logged, what can be added in three taps, how the month stands."""

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from core import dates
from core.calendar import calendar
from erk.domain import activity
from erk.domain.queries import day as days
from erk.enums import ActivityState
from erk.models import Aktivitas
from erk.web.pages import day_from, own_employee, permitted


def day_url(day: dt.date) -> str:
    """Return the address of a day."""
    return reverse("erk:today") + ("" if day == dates.today() else f"?tanggal={day.isoformat()}")


@permitted("erk.log")
@require_safe
def today(request: HttpRequest) -> HttpResponseBase:
    """Show one day, today by default."""
    employee = own_employee(request)
    day = day_from(request.GET.get("tanggal"))
    found = days.today_view(employee, day)
    context = {
        "day": found.day,
        "employee": employee,
        "month": found.month,
        "returned": found.returned,
        "favourites": found.favourites,
        "source_day": found.source_day,
        "is_today": day == dates.today(),
        "days_left": calendar().count(dates.today(), found.day.deadline),
        "previous_url": day_url(calendar().add(day, -1)),
        "next_url": day_url(calendar().add(day, 1)) if day < dates.today() else "",
        "entry_url": f"{reverse('erk:new')}?tanggal={day.isoformat()}",
    }
    return render(request, "erk/today.html", context)


@permitted("erk.log")
@require_POST
def copy(request: HttpRequest) -> HttpResponse:
    """Copy another day's work to a day, as drafts only."""
    source, target = day_from(request.POST.get("dari")), day_from(request.POST.get("ke"))
    copied = activity.copy_day(request.user, source, target, request=request)  # type: ignore[arg-type]
    if copied.made:
        messages.success(request, f"{len(copied.made)} draf disalin. Lengkapi uraiannya, lalu ajukan.")
    for line in copied.skipped:
        messages.warning(request, f"Tidak disalin: {line}")
    return redirect(day_url(target))


@permitted("erk.log")
@require_POST
def submit_day(request: HttpRequest) -> HttpResponse:
    """Hand in all drafts of a day; each that is refused says why."""
    employee, day = own_employee(request), day_from(request.POST.get("tanggal"))
    drafts = Aktivitas.objects.filter(pegawai=employee, tanggal=day, state=ActivityState.DRAF).select_related("katalog")
    outcomes = activity.submit_all(request.user, list(drafts), request=request)  # type: ignore[arg-type]
    done = sum(not outcome.sentence for outcome in outcomes)
    if done:
        messages.success(request, f"{done} aktivitas diajukan kepada atasan.")
    for outcome in outcomes:
        if outcome.sentence:
            messages.warning(
                request, f"{outcome.activity.katalog.nama}, {outcome.activity.mulai:%H.%M}: {outcome.sentence}"
            )
    return redirect(day_url(day))
