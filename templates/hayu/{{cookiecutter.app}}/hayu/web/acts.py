"""Acts on a record as pages: which are open, the form of one, a refusal beside its field, what was typed kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.errors import AlreadyDone, NotAllowed, Refused
from core.transitions import Machine
from hayu.interfaces.forms.report import FactsForm
from hayu.web.forms import refuse, version_of


@dataclass(frozen=True, slots=True)
class Page:
    """How an act is asked for: its form, title, what it means, the word on the button, the tone of the button."""

    form: Callable[..., FactsForm]
    title: Any
    lead: Any
    button: Any
    danger: bool = False


Pages = Mapping[Any, Page]
Ask = Callable[[FactsForm, int], HttpResponse]


def offered(machine: Machine, obj: Any, user: Any, pages: Pages) -> list[tuple[str, Page]]:
    """Return what the person may do now, in the order of `pages`: the usual first, the grave last."""
    open_now = {row.action for row in machine.available(obj, user)}
    return [(str(action), page) for action, page in pages.items() if action in open_now]


def require_open(machine: Machine, obj: Any, action: str, user: Any) -> None:
    """Raise Refused when the act does not fit the state, NotAllowed when the person may not do it."""
    if machine.find(obj.state, action) is None:
        raise Refused(_("Tindakan ini tidak dapat dilakukan pada keadaan sekarang: %s.") % obj.STATES[obj.state].label)
    if action not in [row.action for row in machine.available(obj, user)]:
        raise NotAllowed(_("Peran Anda tidak berwenang melakukan tindakan ini pada berkas ini."))


def run(
    request: HttpRequest, machine: Machine, obj: Any, action: str, page: Page, *, ask: Ask, done: HttpResponse,
    initial: dict[str, Any] | None = None, extra: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Ask for one act (GET) or do it (POST) and return the answer: the form by `ask`, or `done`."""
    if request.method != "POST":
        require_open(machine, obj, action, request.user)
        return ask(page.form(initial=initial), 200)
    form = page.form(request.POST, request.FILES)
    if not form.is_valid():
        require_open(machine, obj, action, request.user)
        return ask(form, 200)
    try:
        machine.perform(
            obj.pk, action, request.user, version=version_of(request), data=form.data_for_domain() | (extra or {}),
            note=form.cleaned_data.get("note", ""), request=request,
        )  # fmt: skip
    except AlreadyDone as again:
        messages.info(request, again.sentence)
    except NotAllowed:
        raise
    except Refused as refusal:
        return ask(refuse(form, refusal), 409)
    else:
        messages.success(request, _("Tercatat: %(act)s.") % {"act": page.title})
    return done
