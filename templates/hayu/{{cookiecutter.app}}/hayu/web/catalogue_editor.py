"""The administrator's desk of permit types: list, editor with a new version at each save, history."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Refused
from hayu.domain import catalogue
from hayu.interfaces.forms.catalogue import TypeForm, written
from hayu.rules import permits
from hayu.web.office import require

# Where a fault of a definition's part stands in the editor.
_FIELD = {"limits": "validity", "charge": "formula", "object_key": "object_label"}
NEW = "baru"


@login_required
@require_safe
def types(request: HttpRequest) -> HttpResponse:
    """List every type, in force or not, with its version and who changed it last."""
    require(request, "hayu.edit_catalogue")
    numbers = catalogue.numbers()
    kinds = map(permits.parse, catalogue.definitions().values())
    rows = [(kind, numbers.get(kind.code, 0)) for kind in kinds]
    return render(request, "hayu/permits/types.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Edit a type, or make a new one; saving makes a version that holds for applications begun from then on."""
    require(request, "hayu.edit_catalogue")
    known = catalogue.definitions()
    is_new = code == NEW
    if not is_new and code not in known:
        raise Http404
    definition = {} if is_new else known[code]
    form = TypeForm(request.POST or None, initial=written(definition) if definition else None)
    if not is_new:
        form.fields["code"].disabled = True
    status = 200
    if request.method == "POST" and is_new and form.is_valid() and form.cleaned_data["code"] in known:
        form.add_error("code", _("Kode itu sudah dipakai jenis izin lain."))
        status = 409
    if request.method == "POST" and form.is_valid():
        made = form.definition(definition)
        try:
            seen = request.POST.get("seen", "")
            row = catalogue.save(
                made, request.user, reason=form.cleaned_data["reason"],
                seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 7 else None, request=request,
            )  # fmt: skip
        except Refused as refusal:
            status = 409
            _beside(form, refusal)
        else:
            messages.success(request, _("Tersimpan sebagai versi %(number)s.") % {"number": row.number})
            return redirect("hayu:type_edit", row.code)
    context = {
        "form": form, "is_new": is_new, "code": code, "name": definition.get("name", ""),
        "seen": 0 if is_new else catalogue.number_of(code), "history": [] if is_new else catalogue.history(code),
    }  # fmt: skip
    return render(request, "hayu/permits/type.html", context, status=status)


def _beside(form: TypeForm, refusal: Refused) -> None:
    for fault in refusal.faults:
        name = _FIELD.get(fault.field, fault.field)
        form.add_error(name if name in form.fields else None, fault.sentence)
    if not refusal.faults:
        form.add_error(None, refusal.sentence)
