"""The start page, the answer to “Anda mau apa?”, and the catalogue with its service standard."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.region import region
from hayu.domain import catalogue as types
from hayu.domain import complaints, policy
from hayu.domain.permits import clock
from hayu.domain.queries import register
from hayu.domain.queries import wishes as queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the search first, then what most visitors came to do, then true numbers."""
    newest = list(register.public()[:4])
    context = {
        "numbers": register.numbers(),
        "newest": newest,
        "threshold": policy.policy().threshold,
        "licences": region().licences,
    }
    return render(request, "hayu/home.html", context)


@require_safe
def wishes(request: HttpRequest) -> HttpResponse:
    """Answer “Anda mau apa?”: permits, kinds of business, or the office elsewhere that is in charge."""
    text = request.GET.get("q", "")[:100].strip()
    found = queries.find(text) if text else None
    context = {"text": text, "found": found, "licences": region().licences, "types": types.types()}
    return render(request, "hayu/wishes.html", context)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the permits the region issues itself."""
    return render(request, "hayu/catalogue.html", {"types": types.types(), "licences": region().licences})


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Show the service pledge (maklumat pelayanan, Permenpan 15/2014) and what people ask most."""
    licences = region().licences
    context = {
        "threshold": policy.policy().threshold,
        "licences": licences,
        "signer": licences.delegation.signer,
        "fix_days": policy.policy().mend_days,
        "objection_days": clock.OBJECTION_DAYS,
        "looked_at": complaints.LOOK_DAYS,
        "answered": complaints.ANSWER_DAYS,
    }
    return render(request, "hayu/questions.html", context)


@require_safe
def permit(request: HttpRequest, code: str) -> HttpResponse:
    """Show a type with the parts of its service standard, and how one applies."""
    found = types.find(code.upper())
    if found is None:
        raise Http404
    context = {
        "permit": found,
        "procedure": policy.procedure(found),
        "standard": region().licences.standard,
        "office": region().offices.licensing,
        "licences": region().licences,
    }
    return render(request, "hayu/permit.html", context)
