"""What views share about forms: the version of the page, and refusals beside the fields they belong to."""

from typing import Any

from django.http import HttpRequest

from core.errors import Refused


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
