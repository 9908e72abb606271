"""Acts of a machine on a page: which a person may do, each with its form; what was typed stays after a refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest

from core import dates
from core.errors import AlreadyDone, NotAllowed, Refused
from core.forms import BaseForm
from core.models import Case
from core.transitions import Machine
from erk.interfaces.forms import VersionForm, show_refusal

Forms = Mapping[str, type[BaseForm]]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its code, the words of its button, its form and the address it is sent to."""

    action: str
    label: str
    form: BaseForm
    url: str


def form_of(forms: Forms, action: str) -> type[BaseForm]:
    """Return the form of an act; most need only the version of the page."""
    return forms.get(action, VersionForm)


def available(
    request: HttpRequest,
    machine: Machine,
    obj: Case,
    forms: Forms,
    url: Callable[[str], str],
    refused: tuple[str, BaseForm] | None = None,
) -> list[Act]:
    """Return the acts a person may do now; `refused` is the act just tried, with the form as it was filled in.

    Where that act is no longer possible at all, its sentence becomes a message of the page.
    """
    user: Any = request.user
    found = []
    for row in machine.available(obj, user):
        if refused and refused[0] == row.action:
            form = refused[1]
        else:
            form = form_of(forms, row.action)(initial={"versi": obj.version}, auto_id=f"{row.action}_%s")
        found.append(Act(row.action, row.label, form, url(row.action)))
    if refused and all(act.form is not refused[1] for act in found):
        messages.error(request, next(iter(refused[1].errors.values()))[0])
    return found


def perform(request: HttpRequest, machine: Machine, obj: Case, action: str, forms: Forms) -> BaseForm | None:
    """Do an act and return None, or the form with what is wrong in it. 404 for an act the machine does not know.

    Raises NotAllowed when the person may never do it; then there is nothing to mend.
    """
    known = {row.action: row.label for row in machine.transitions if row.label}
    if action not in known:
        raise Http404("Tindakan itu tidak ada.")
    form = form_of(forms, action)(request.POST, auto_id=f"{action}_%s")
    if not form.is_valid():
        return form
    user: Any = request.user
    data = {name: value for name, value in form.cleaned_data.items() if name not in ("versi", "alasan")}
    try:
        machine.perform(
            obj.pk, action, user, version=form.cleaned_data["versi"], data=data,
            note=form.cleaned_data.get("alasan", ""), request=request,
        )  # fmt: skip
    except AlreadyDone as done:
        messages.info(request, done.sentence)
    except NotAllowed:
        raise
    except Refused as refusal:
        show_refusal(form, refusal)
        return form
    else:
        messages.success(request, f"{known[action]}: tercatat {dates.clock(dates.now())}.")
    return None
