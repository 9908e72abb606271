"""What several pages share: months in addresses, who may come in."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from core import dates
from core.filters import FilterSet
from erk.domain.people import employee_of
from erk.interfaces.words import month_label
from erk.models import Pegawai
from erk.rules import windows

View = Callable[..., HttpResponseBase]


def permitted(permission: str) -> Callable[[View], View]:
    """Let in who is signed in and has a permission; for others the page does not exist."""

    def wrap(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise Http404("Halaman ini bukan untuk peran Anda.")
            return view(request, *args, **kwargs)

        return guarded

    return wrap


def own_employee(request: HttpRequest) -> Pegawai:
    """Return the employee who is signed in; 404 for accounts without one."""
    employee = employee_of(request.user)  # type: ignore[arg-type]
    if employee is None:
        raise Http404("Akun ini tidak terhubung dengan data pegawai.")
    return employee


def day_from(text: str | None) -> dt.date:
    """Return the day an address asks for, today without one; 404 for something that is no day."""
    if not text:
        return dates.today()
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Http404("Tanggal itu tidak ada.") from None


def month_from(text: str | None, default: dt.date | None = None) -> dt.date:
    """Return the first day of the month an address asks for ("2026-10"); 404 for none, or one that has not begun."""
    if not text:
        return (default or dates.today()).replace(day=1)
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404("Bulan itu tidak ada.") from None
    if month > dates.today():
        raise Http404("Bulan itu belum mulai.")
    return month


def export_urls(found: FilterSet) -> dict[str, str]:
    """Return the addresses of the exports of what a filter shows."""
    return {"csv_url": found.url(ekspor="csv"), "xlsx_url": found.url(ekspor="xlsx")}


class MonthLinks:
    """The months before and after one, as addresses of a page."""

    def __init__(self, name: str, month: dt.date, **kwargs: str) -> None:
        self.month = month
        before, after = windows.previous_month(month), windows.next_month(month)
        self.before = reverse(name, kwargs=kwargs) + f"?bulan={before:%Y-%m}"
        self.after = "" if after > dates.today() else reverse(name, kwargs=kwargs) + f"?bulan={after:%Y-%m}"
        self.before_label, self.after_label = month_label(before), month_label(after)

    @property
    def label(self) -> str:
        """Return "Oktober 2026"."""
        return month_label(self.month)
