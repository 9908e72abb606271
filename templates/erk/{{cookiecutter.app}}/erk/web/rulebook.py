"""Versions of the rules, and the editor: draft, try on past months, publish."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import dates
from core.errors import Refused
from erk.domain import policy, rulebook, schedule, trials
from erk.interfaces.forms import show_refusal
from erk.interfaces.rule_forms import RulesForm, changes, initial_of, initial_of_draft, table
from erk.interfaces.words import month_label
from erk.models import KebijakanVersi, Rekap, UjiKebijakan
from erk.web.pages import month_from, permitted


@permitted("erk.keep_region")
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Show what holds today and every version there was, with its legal basis."""
    versions = KebijakanVersi.objects.select_related("diterbitkan_oleh").order_by("-berlaku", "-pk")
    current, today = policy.on(dates.today()), dates.today()
    short = [(month_label(month), minutes) for month, minutes in schedule.short_months(today, current)]
    context = {"current": current, "versions": versions, "today": today, "short": short}
    return render(request, "erk/rulebook.html", context)


@permitted("erk.keep_region")
@require_safe
def version(request: HttpRequest, versi: str) -> HttpResponseBase:
    """Show every parameter of a version, and what the one before it said where they differ."""
    row = get_object_or_404(KebijakanVersi.objects.select_related("diterbitkan_oleh"), versi=versi)
    earlier = KebijakanVersi.objects.filter(Q(berlaku__lt=row.berlaku) | Q(berlaku=row.berlaku, pk__lt=row.pk))
    before = earlier.order_by("berlaku", "pk").last()
    groups = table(row.nilai, before.nilai if before else None)
    context = {"row": row, "before": before, "groups": groups, "today": dates.today()}
    return render(request, "erk/rules_version.html", context)


def _months() -> list[tuple[str, str]]:
    rows = Rekap.objects.order_by("-bulan").values_list("bulan", flat=True).distinct()[:12]
    return [(f"{month:%Y-%m}", month_label(month)) for month in rows]


@permitted("erk.keep_region")
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponseBase:
    """Draft a version from the rules that hold last, or from a trial; try it as often as needed, then publish it."""
    user: Any = request.user
    start = rulebook.latest()
    tried = _own_trial(request, request.GET["uji"]) if request.GET.get("uji") else None
    initial = initial_of_draft(tried.nilai) | {"bulan": f"{tried.bulan:%Y-%m}"} if tried else initial_of(start)
    form = RulesForm(request.POST or None, initial=initial, months=_months())
    different = []
    if request.method == "POST" and form.is_valid():
        values = rulebook.drafted(form.cleaned_data)
        try:
            rulebook.checked(values)
            if "terbitkan" in request.POST:
                row = rulebook.publish(user, values, request=request)
                messages.success(request, f"Versi {row.versi} berlaku sejak {dates.short_date(row.berlaku)}.")
                return redirect("erk:rules_version", row.versi)
            if form.cleaned_data["bulan"]:
                begun = trials.begin(user, values, month_from(form.cleaned_data["bulan"]), request=request)
                return redirect("erk:trial", begun.pk)
            different = changes(start, values)
        except Refused as refusal:
            show_refusal(form, refusal)
    recent = [(row, month_label(row.bulan)) for row in UjiKebijakan.objects.filter(dibuat_oleh=user)[:5]]
    context = {"form": form, "changes": different, "recent": recent}
    return render(request, "erk/draft_rules.html", context, status=422 if form.is_bound and form.errors else 200)


def _own_trial(request: HttpRequest, pk: str | int) -> UjiKebijakan:
    if not (str(pk).isascii() and str(pk).isdecimal() and len(str(pk)) < 16):
        raise Http404("Uji coba itu tidak ada.")
    return get_object_or_404(UjiKebijakan, pk=pk, dibuat_oleh=request.user)


@permitted("erk.keep_region")
@require_safe
def trial(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what an own trial of a draft says, or how far it is."""
    row = _own_trial(request, pk)
    context = {
        "row": row,
        "done": len(row.dihitung),
        "trial": trials.result(row) if row.selesai_pada and not row.terputus else None,
        "changes": changes(rulebook.latest(), row.nilai),
        "label": month_label(row.bulan),
    }
    return render(request, "erk/trial.html", context)
