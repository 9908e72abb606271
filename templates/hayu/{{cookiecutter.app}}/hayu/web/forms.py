"""What views share about forms: the version of the page, and refusals beside the fields they belong to."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from core import dates
from core.errors import Refused
from core.models import StoredFile

AUTOSAVE = "X-Simpan-Otomatis"


def version_of(request: HttpRequest) -> int | None:
    """Return the version of the record the page was made from, None when it was not sent or is none."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def refuse(form: Any, refusal: Refused) -> Any:
    """Put a refusal into a bound form: each fault beside its field, the rest on top. What was typed stays."""
    form.is_valid()
    for fault in refusal.faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault.sentence)
    if not refusal.faults:
        form.add_error(None, refusal.sentence)
    return form


def autosaved(request: HttpRequest, form: Any, save: Callable[[dict[str, Any]], Any]) -> JsonResponse | None:
    """Save a draft while one types: the fields that are right so far; None when the page itself was sent.

    Answers with the record's new version, or 409 and why nothing was saved; faults are told when the page is sent.
    """
    if request.method != "POST" or AUTOSAVE not in request.headers:
        return None
    form.is_valid()
    try:
        saved = save(form.data_for_domain())
    except Refused as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=409)
    sentence = _("Tersimpan %s.") % dates.clock(dates.now())
    return JsonResponse({"version": saved.version, "sentence": sentence})


def uploaded(request: HttpRequest, form: Any, attach: Callable[[str, Any], StoredFile]) -> JsonResponse | None:
    """Store a file as soon as it is chosen, without leaving the page; None when the page itself was sent.

    Answers with the names stored, or 409 and why one was not; what was stored before it stays.
    """
    if request.method != "POST" or AUTOSAVE not in request.headers:
        return None
    form.is_valid()
    told = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
    try:
        names = [attach(key, upload).name for key, upload in form.uploads().items()]
    except Refused as refusal:
        told.append(refusal.sentence)
    if told or not names:
        return JsonResponse({"sentence": " ".join(told) or _("Tidak ada berkas yang dipilih.")}, status=409)
    return JsonResponse({"sentence": _("Tersimpan: %s.") % ", ".join(names)})
