"""Signs of dishonest minutes by employee and month, and the monthly sample; read by verifier and inspectorate."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q, Sum, Value
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit
from core.errors import NotAllowed, Refused
from core.filters import ChoiceFilter, FilterSet, OrderFilter, TextFilter
from core.forms import BaseForm
from core.paging import paginate
from erk.domain import anomalies
from erk.domain.policy import for_month
from erk.domain.queries import workload
from erk.enums import AnomalyState
from erk.interfaces.filters import agency_choices
from erk.interfaces.forms import VerdictForm, show_refusal
from erk.interfaces.words import month_label
from erk.models import Anomali, Pegawai, Sampel
from erk.web import acts
from erk.web.pages import MonthLinks, month_from, permitted

FORMS = {"tutup": VerdictForm}


class SignFilters(FilterSet):
    """Employees with signs, by name, agency, and whether they need a look."""

    cari = TextFilter("Cari nama", lambda rows, text: rows.filter(nama__icontains=text))
    opd = ChoiceFilter("Perangkat daerah", "anomali__opd__kode", choices=agency_choices)
    poin = ChoiceFilter(
        "Poin",
        lambda rows, value: rows.filter(points__gte=F("limit")),
        choices=[("tinggi", "Perlu diperiksa")],
    )
    urut = OrderFilter("Urutan", {"poin": ("Poin terbanyak", ["-points", "nama"]), "nama": ("Nama", ["nama"])})


@permitted("erk.view_findings")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List the employees with signs in a month, those with most points first."""
    month = month_from(request.GET.get("bulan"), workload.latest_full_month())
    about, limit = Q(anomali__bulan=month), for_month(month).sampled_from
    rows = Pegawai.objects.filter(about).annotate(
        limit=Value(limit),
        points=Sum("anomali__poin", filter=about),
        signs=Count("anomali", filter=about),
        waiting=Count("anomali", filter=about & Q(anomali__state=AnomalyState.TERBUKA)),
    )
    found = SignFilters(request, rows)
    samples = Sampel.objects.filter(bulan=month)
    context = {
        "found": found,
        "page": paginate(request, found.rows),
        "links": MonthLinks("erk:signs", month),
        "month": month,
        "limit": limit,
        "samples": samples.count(),
        "unreviewed": samples.filter(putusan="").count(),
    }
    return render(request, "erk/signs.html", context)


def _signs(kode: str, bulan: str) -> tuple[Pegawai, list[Anomali]]:
    employee = get_object_or_404(Pegawai, kode=kode)
    rows = Anomali.objects.filter(pegawai=employee, bulan=month_from(bulan)).select_related("pegawai", "opd")
    return employee, list(rows.order_by("-poin", "kode"))


@permitted("erk.view_findings")
@require_safe
def person(request: HttpRequest, kode: str, bulan: str) -> HttpResponseBase:
    """Show one employee's signs of a month with what each rests on."""
    return _page(request, kode, bulan)


@permitted("erk.view_findings")
@require_POST
def act(request: HttpRequest, kode: str, bulan: str, pk: int) -> HttpResponseBase:
    """Close a sign with verdict and reason."""
    row = get_object_or_404(Anomali, pk=pk, pegawai__kode=kode, bulan=month_from(bulan))
    form = acts.perform(request, anomalies.SIGNS, row, "tutup", FORMS)
    return redirect("erk:signs_of", kode, bulan) if form is None else _page(request, kode, bulan, (row.pk, form))


def _page(request: HttpRequest, kode: str, bulan: str, refused: tuple[int, BaseForm] | None = None) -> HttpResponseBase:
    employee, rows = _signs(kode, bulan)
    shown = []
    for row in rows:
        tried = ("tutup", refused[1]) if refused and refused[0] == row.pk else None
        address = reverse("erk:sign_act", args=[kode, bulan, row.pk])
        shown.append((row, acts.available(request, anomalies.SIGNS, row, FORMS, lambda _, to=address: to, tried)))
    context = {
        "employee": employee,
        "rows": shown,
        "points": sum(row.poin for row in rows),
        "limit": for_month(month_from(bulan)).sampled_from,
        "label": month_label(month_from(bulan)),
        "back_url": f"{reverse('erk:signs')}?bulan={bulan}",
    }
    return render(request, "erk/signs_of.html", context, status=422 if refused else 200)


class SampleFilters(FilterSet):
    """Sampled activities of one agency, or what is still to be looked at."""

    opd = ChoiceFilter("Perangkat daerah", "aktivitas__jabatan__opd__kode", choices=agency_choices)
    hasil = ChoiceFilter(
        "Pemeriksaan",
        lambda rows, value: rows.filter(putusan="") if value == "belum" else rows.exclude(putusan=""),
        choices=[("belum", "Belum diperiksa"), ("sudah", "Sudah diperiksa")],
    )


@permitted("erk.view_findings")
@require_safe
def samples(request: HttpRequest) -> HttpResponseBase:
    """List the month's random sample, what is not reviewed first."""
    month = month_from(request.GET.get("bulan"), workload.latest_full_month())
    rows = Sampel.objects.filter(bulan=month).select_related("aktivitas__pegawai", "aktivitas__katalog")
    found = SampleFilters(request, rows)
    context = {
        "found": found,
        "page": paginate(request, found.rows.order_by("putusan", "pk")),
        "links": MonthLinks("erk:samples", month),
        "seed": anomalies.seed(month),
        "percent": for_month(month).sample_share * 100,
    }
    return render(request, "erk/samples.html", context)


@permitted("erk.view_findings")
@require_http_methods(["GET", "HEAD", "POST"])
def sample(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show one sampled activity and write what was found."""
    user: Any = request.user
    rows = Sampel.objects.select_related("aktivitas__pegawai", "aktivitas__katalog", "aktivitas__jabatan__opd", "oleh")
    row = get_object_or_404(rows, pk=pk)
    form = VerdictForm(request.POST or None, initial={"versi": 1})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            anomalies.review(user, row, data["putusan"], data["alasan"], request=request)
        except NotAllowed:
            raise
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, "Hasil pemeriksaan dicatat.")
            return redirect(f"{reverse('erk:samples')}?bulan={row.bulan:%Y-%m}")
    context = {
        "row": row,
        "form": form if user.has_perm("erk.compute_recap") and not row.putusan else None,
        "history": audit.history(row.aktivitas),
        "back_url": f"{reverse('erk:samples')}?bulan={row.bulan:%Y-%m}",
    }
    return render(request, "erk/sample.html", context, status=422 if form.is_bound and form.errors else 200)
