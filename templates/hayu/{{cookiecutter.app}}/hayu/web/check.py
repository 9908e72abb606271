"""/cek: anybody checks a receipt or permit, typed from paper or scanned, without JavaScript or account."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core import codes
from core.clients import address
from core.errors import Refused
from core.region import region
from hayu.domain import verify
from hayu.domain.verify import Found, Result
from hayu.interfaces.forms.report import CodeForm, CompareForm
from hayu.rules.codes import explain

_STATUS = {Found.REPORT: 200, Found.PERMIT: 200, Found.UNKNOWN: 404, Found.MALFORMED: 200, Found.BLOCKED: 429}


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Take a code; a slip the check character shows is explained beside the field."""
    if "kode" not in request.GET:
        return render(request, "hayu/check/form.html", {"form": CodeForm()})
    form = CodeForm(request.GET)
    text = request.GET.get("kode", "")[:60]
    fault = explain(text)
    if fault:
        form.is_valid()
        form.errors.pop("kode", None)
        form.add_error("kode", fault)
        return render(request, "hayu/check/form.html", {"form": form})
    return redirect("hayu:check_code", codes.normalise(text))


@require_safe
@never_cache
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """Show the live state of a receipt or permit in words, and what the paper must say."""
    result = verify.check(code, address(request), count=request.method == "GET")
    return _page(request, result)


@require_POST
@never_cache
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """Compare an uploaded PDF with what was issued; the file is not stored."""
    result = verify.check(code, address(request), count=False)
    found = result.report or result.permit
    if found is None:
        return _page(request, result)
    form = CompareForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, result, form=form)
    try:
        comparison = verify.compare(found, form.cleaned_data["berkas"])
    except Refused as refusal:
        form.add_error("berkas", refusal.sentence)
        return _page(request, result, form=form)
    return _page(request, result, comparison=comparison)


def _page(
    request: HttpRequest, result: Result, form: CompareForm | None = None, comparison: object = None
) -> HttpResponse:
    if result.found == Found.MALFORMED:
        return redirect(f"{reverse('hayu:check')}?kode={quote(result.code)}")
    context = {
        "result": result,
        "report": result.report,
        "permit": result.permit,
        "form": form or CompareForm(),
        "again": CodeForm(initial={"kode": codes.pretty(result.code)}),
        "comparison": comparison,
        "level3": region().terms.level3,
        "licences": region().licences,
    }
    name = "result" if result.report else "permit" if result.permit else "nothing"
    return render(request, f"hayu/check/{name}.html", context, status=_STATUS[result.found])
