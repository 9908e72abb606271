"""The form that decides a nominative list."""

from typing import Any

from django import forms

from core import dates
from core.forms import BaseForm, DateField
from sabilulungan.enums import State
from sabilulungan.models import NominativeLine


class ApproveListForm(BaseForm):
    """Which lines, with which sheet."""

    lines = forms.MultipleChoiceField(
        label="Baris yang disetujui", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih dahulu baris yang disetujui."},
    )  # fmt: skip
    approval_number = forms.CharField(label="Nomor lembar persetujuan", max_length=60)
    approved_on = DateField(label="Tanggal persetujuan", latest=dates.today, initial=dates.today)

    def __init__(self, *args: Any, rows: list[NominativeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_rows = [row for row in rows if row.proposal.state == State.PERSETUJUAN]
        self.fields["lines"].choices = [(str(row.pk), str(row.position)) for row in open_rows]  # type: ignore[attr-defined]
        self.fields["lines"].initial = [str(row.pk) for row in open_rows]

    @property
    def chosen(self) -> list[str]:
        """Return the ticked lines, as typed or as the page begins."""
        return [str(value) for value in self["lines"].value() or []]
