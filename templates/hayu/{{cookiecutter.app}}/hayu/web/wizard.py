"""The wizard: one question a page, the result as a sentence. The answers stand in the address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.region import region
from hayu.domain import advice, catalogue, referrals
from hayu.enums import Lane, Outside, Wish
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
    sheet = Sheet(request.GET, catalogue.current_policy())
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
        return {"answers": [(item.code, item.name, item.summary) for item in catalogue.types()]}
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


def _record_url(decision: Decision, sheet: Sheet) -> str:
    """Return where the number that OSS or SIMBG gave is written down, "" where none is kept."""
    system = {Lane.RUJUK_OSS: Outside.OSS, Lane.RUJUK_SIMBG: Outside.SIMBG}.get(decision.lane)
    if system is None or not referrals.is_open():
        return ""
    asked = {"sistem": str(system)} | ({"kbli": sheet.answers.activity.key} if sheet.answers.activity else {})
    return f"{reverse('hayu:referral_record')}?{urlencode(asked)}"


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
        "record_url": _record_url(decision, sheet),
    }
    return render(request, "hayu/wizard/result.html", context)
