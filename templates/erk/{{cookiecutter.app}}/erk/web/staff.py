"""Employees and their placements over time, for the administrators who keep them."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from core import dates
from core.filters import ChoiceFilter, FilterSet, OrderFilter, Rows, TextFilter
from core.paging import paginate
from erk.domain.queries import staff
from erk.enums import Role, StatusPegawai
from erk.interfaces.filters import agency_choices
from erk.models import Cuti, Kehadiran, Penempatan
from erk.web.pages import permitted


def _in_agency(rows: Rows, code: str) -> Rows:
    held = Penempatan.objects.on(dates.today()).filter(jabatan__opd__kode=code)
    return rows.filter(pk__in=held.values("pegawai_id"))


def _placed(rows: Rows, value: str) -> Rows:
    held = Penempatan.objects.definitif().on(dates.today()).values("pegawai_id")
    return rows.exclude(pk__in=held) if value == "tanpa" else rows.filter(pk__in=held)


class StaffFilters(FilterSet):
    """Employees by name or number, agency, kind, and whether they hold a position today."""

    cari = TextFilter(
        "Cari nama atau NIP", lambda rows, text: rows.filter(Q(nama__icontains=text) | Q(nip__startswith=text))
    )
    opd = ChoiceFilter("Perangkat daerah", _in_agency, choices=agency_choices)
    status = ChoiceFilter("Status", "status", choices=StatusPegawai.choices)
    penempatan = ChoiceFilter("Penempatan", _placed, choices=[("ada", "Ada hari ini"), ("tanpa", "Tanpa penempatan")])
    urut = OrderFilter("Urutan", {"nama": ("Nama", ["nama", "pk"]), "nip": ("NIP", ["nip"])})


@permitted("erk.keep_staff")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List employees with position and superior of today."""
    user: Any = request.user
    found = StaffFilters(request, staff.visible_to(user))
    page = paginate(request, found.rows)
    page.object_list = staff.with_superiors(page.object_list)
    codes = None if user.has_role(*staff.EVERYWHERE) else user.scopes(Role.ADMIN_OPD)
    context = {"found": found, "page": page, "orphans": len(staff.without_superior(codes))}
    return render(request, "erk/staff.html", context)


@permitted("erk.keep_staff")
@require_safe
def person(request: HttpRequest, kode: str) -> HttpResponseBase:
    """Show one employee: placements over time, superior, and leave with its kind to those who enter it only."""
    user: Any = request.user
    employee = get_object_or_404(staff.visible_to(user), kode=kode)
    (row,) = staff.with_superiors([employee])
    codes = user.scopes(Role.ADMIN_OPD)
    enters = row.placement is not None and row.placement.jabatan.opd.kode in codes
    context = {
        "row": row,
        "employee": employee,
        "placements": Penempatan.objects.filter(pegawai=employee).select_related("jabatan__opd").order_by("-mulai"),
        "enters": enters,
        "leave": Cuti.objects.filter(pegawai=employee).order_by("-mulai")[:12] if enters else [],
        "attendance": Kehadiran.objects.filter(pegawai=employee).order_by("-tanggal")[:15] if enters else [],
    }
    return render(request, "erk/person.html", context)
