"""The catalogue for its keeper: what holds, what comes, and a new version of a norm."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import dates
from core.errors import Refused
from core.filters import ChoiceFilter, FilterSet, OrderFilter, TextFilter
from core.paging import paginate
from erk.domain import norms
from erk.interfaces.forms import NormForm, show_refusal
from erk.models import Katalog
from erk.web.pages import permitted


def _groups() -> list[tuple[str, str]]:
    names = Katalog.objects.order_by("kelompok").values_list("kelompok", flat=True).distinct()
    return [(name, name) for name in names]


class CatalogueFilters(FilterSet):
    """Items by name or code, and by group."""

    cari = TextFilter("Cari", lambda rows, text: rows.filter(Q(nama__icontains=text) | Q(kode__icontains=text)))
    kelompok = ChoiceFilter("Kelompok", "kelompok", choices=_groups)
    urut = OrderFilter(
        "Urutan", {"kode": ("Kode", ["kode", "-versi"]), "norma": ("Norma terbesar", ["-norma", "kode"])}
    )


@permitted("erk.keep_catalogue")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """List the versions that hold or will hold."""
    rows = Katalog.objects.filter(Q(berlaku_akhir__isnull=True) | Q(berlaku_akhir__gte=dates.today()))
    found = CatalogueFilters(request, rows)
    context = {"found": found, "page": paginate(request, found.rows), "today": dates.today()}
    return render(request, "erk/catalogue.html", context)


@permitted("erk.keep_catalogue")
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show an item with its versions and publish a new one."""
    row = get_object_or_404(Katalog, pk=pk)
    columns = ("norma", "norma_maks", "maks_harian", "wajib_bukti", "wajib_rhk")
    initial = {name: getattr(row, name) for name in columns} | {"rumpun": [family.value for family in row.families]}
    form = NormForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            fresh = norms.publish(
                request.user,  # type: ignore[arg-type]
                row,
                norm=data["norma"],
                longest=data["norma_maks"],
                proof=data["wajib_bukti"],
                daily_max=data["maks_harian"],
                families=data["rumpun"],
                needs_plan=data["wajib_rhk"],
                since=data["mulai"],
                basis=data["dasar"],
                request=request,
            )
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"Versi {fresh.versi} berlaku sejak {dates.short_date(fresh.berlaku_mulai)}.")
            return redirect("erk:norm", fresh.pk)
    versions = Katalog.objects.filter(kode=row.kode).order_by("-versi")
    context = {"row": row, "form": form, "versions": versions}
    return render(request, "erk/norm.html", context, status=422 if form.is_bound and form.errors else 200)
