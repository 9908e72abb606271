"""Forms of the field: short, for a phone in one hand."""

from decimal import Decimal

from django import forms

from core.forms import BaseForm
from core.widgets import TextareaWidget
from sabilulungan.interfaces.forms.fields import UploadsField, UploadsInput, YesNoField, position_of


class VisitForm(BaseForm):
    """A visit: what was found, by whom it was shown, photos and the phone's position."""

    exists = YesNoField(label="Penerima benar-benar ada", error_messages={"required": "Jawab pertanyaan ini."})
    address_matches = YesNoField(
        label="Alamatnya sesuai dengan usulan", error_messages={"required": "Jawab pertanyaan ini."}
    )
    met_with = forms.CharField(label="Ditemui", max_length=150)
    result = forms.CharField(label="Hasil", max_length=2000, widget=TextareaWidget(attrs={"rows": 4}))
    photos = UploadsField(
        label="Foto", required=False, help_text="Paling banyak tiga. Posisi di dalam foto dihapus.",
        widget=UploadsInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment", "multiple": True}),
    )  # fmt: skip
    position = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput(attrs={"data-position": ""}))

    def clean_position(self) -> tuple[Decimal, Decimal] | None:
        """Return the position the phone gave; anything that is none is left out, since a position is not required."""
        try:
            return position_of(self.cleaned_data["position"])
        except ValueError:
            return None


class LegalForm(BaseForm):
    """The registry's word."""

    valid = YesNoField(label="Terdaftar dan sah", error_messages={"required": "Jawab pertanyaan ini."})
    note = forms.CharField(
        label="Dasar atau alasan", max_length=300, help_text="Misalnya nomor SKT dan masa berlakunya."
    )
