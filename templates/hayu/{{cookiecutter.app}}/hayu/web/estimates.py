"""Estimates of charges for anybody: choose what, type the numbers, read the amount with its formula."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.region import region
from hayu.domain import catalogue
from hayu.interfaces.forms.estimates import EstimateForm
from hayu.rules import estimates
from hayu.rules.estimates import Estimate
from hayu.rules.formula import FormulaError


def _all() -> list[Estimate]:
    own = [found for kind in catalogue.types() if (found := estimates.of_type(kind))]
    return [*own, estimates.PBG, estimates.BILLBOARD]


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """List what can be estimated."""
    return render(request, "hayu/estimates/list.html", {"estimates": _all()})


@require_safe
def estimate(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for the numbers of one estimate and show the amount; nothing is kept, the numbers stand in the address."""
    found = next((each for each in _all() if each.key == key), None)
    if found is None:
        raise Http404
    asked = any(each.name in request.GET for each in found.asked)
    form, amount = EstimateForm(request.GET if asked else None, estimate=found), None
    if asked and form.is_valid():
        try:
            amount = found.result(form.cleaned_data)
        except FormulaError as error:
            form.add_error(None, str(error))
    context = {"estimate": found, "form": form, "amount": amount, "licences": region().licences}
    return render(request, "hayu/estimates/estimate.html", context)
