"""Small things several views need."""

from django.forms import Form

from core.errors import Refused


def add_faults(form: Form, error: Refused) -> None:
    """Put a refusal into a form: each fault beside its field, the rest above; what was typed stays."""
    placed = False
    for fault in error.faults:
        name = fault.field.split(":")[-1]
        if name in form.fields:
            form.add_error(name, fault.sentence)
        else:
            form.add_error(None, fault.sentence)
        placed = True
    if not placed:
        form.add_error(None, error.sentence)
