"""The wizard: one question a page, the result as a sentence. The answers stand in the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.region import region
from hayu.domain import advice
from hayu.domain.policy import policy
from hayu.domain.queries import wishes
from hayu.enums import Lane, Wish
from hayu.interfaces.wizard import CHANGE, HEADINGS, SEARCH, Sheet
from hayu.rules import kbli, search
from hayu.rules.lane import Decision, Question

_WISH_HELP = {
    Wish.USAHA: "Warung, bengkel, salon, jualan daring, dan usaha lain",
    Wish.IZIN: "Yang diterbitkan pemerintah daerah sendiri",
    Wish.BANGUNAN: "Dahulu bernama IMB",
}


@require_safe
def wizard(request: HttpRequest) -> HttpResponse:
    """Ask the next question, or show the result when the answers suffice."""
    sheet = Sheet(request.GET, policy())
    if isinstance(sheet.step, Decision):
        return _result(request, sheet, sheet.step)
    context = {"sheet": sheet, "heading": HEADINGS[sheet.step], "question": str(sheet.step), **_choices(request, sheet)}
    return render(request, f"hayu/wizard/{_TEMPLATES[sheet.step]}.html", context)


_COMMON = ("warung kopi", "warung nasi", "sembako", "laundry", "bengkel motor", "salon", "katering", "penjahit")
_TEMPLATES = {
    Question.WISH: "choice",
    Question.TYPE: "choice",
    Question.SCOPE: "choice",
    Question.ACTIVITY: "activity",
    Question.CAPITAL: "amount",
    Question.SALES: "amount",
}


def _choices(request: HttpRequest, sheet: Sheet) -> dict[str, object]:
    if sheet.step == Question.WISH:
        return {"answers": [(wish.value, wish.label, _WISH_HELP[wish]) for wish in Wish]}
    if sheet.step == Question.TYPE:
        return {"answers": [(item.code, item.name, item.summary) for item in wishes.active_types()]}
    if sheet.step == Question.SCOPE:
        return {"answers": [(scope.number, scope.name, "") for scope in kbli.scopes(sheet.answers.activity)]}
    if sheet.step == Question.ACTIVITY:
        text = request.GET.get(SEARCH, "")[:100].strip()
        chosen = kbli.from_key(request.GET.get(Question.ACTIVITY, ""))
        return {
            "common": _COMMON,
            "text": text,
            "hits": search.find(text) if text else [],
            "chosen": None if text else chosen,
        }
    return {"can_be_new": sheet.step == Question.SALES}


def _result(request: HttpRequest, sheet: Sheet, decision: Decision) -> HttpResponse:
    here = f"{reverse('hayu:wizard')}?{sheet.address}"
    context = {
        "sheet": sheet,
        "decision": decision,
        "advice": advice.advise(decision, sheet.answers),
        "is_report": decision.lane == Lane.LAPOR,
        "login_url": f"{reverse('account_login')}?{urlencode({'next': here})}",
        "signup_url": f"{reverse('account_signup')}?{urlencode({'next': here})}",
        "licences": region().licences,
        "change": CHANGE,
    }
    return render(request, "hayu/wizard/result.html", context)
