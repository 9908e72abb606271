"""Forms of officers: inspection on a phone, decisions with reasons."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import TextareaWidget
from hayu.enums import Finding, Ground, Outcome
from hayu.interfaces.forms.fields import PictureField, PositionField
from hayu.interfaces.forms.report import FactsForm
from hayu.validators import position

_PHOTOS = ("photo_1", "photo_2", "photo_3")


class InspectionForm(FactsForm):
    """The minutes of a visit, filled standing at the business."""

    outcome = forms.ChoiceField(label=_("Hasil"), choices=Outcome.choices, widget=forms.RadioSelect)
    findings = forms.MultipleChoiceField(
        label=_("Temuan"), choices=Finding.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Hanya bila hasilnya tidak sesuai."),
    )  # fmt: skip
    owner_present = forms.BooleanField(label=_("Pemilik atau penjaga hadir"), required=False, initial=True)
    photo_1 = PictureField(label=_("Foto tempat usaha"))
    photo_2 = PictureField(label=_("Foto kedua"), required=False)
    photo_3 = PictureField(label=_("Foto ketiga"), required=False)
    latitude = PositionField(label=_("Lintang"))
    longitude = PositionField(label=_("Bujur"))
    note = forms.CharField(
        label=_("Catatan"), required=False, max_length=2000, widget=TextareaWidget(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """Refuse a position outside Indonesia."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        pair = (cleaned.get("latitude"), cleaned.get("longitude"))
        if None not in pair:
            try:
                position(*pair)
            except ValueError as error:
                self.add_error("latitude", str(error))
        return cleaned

    def data_for_domain(self) -> dict[str, Any]:
        """Return the minutes, the photos as a list."""
        data = super().data_for_domain()
        data["photos"] = [upload for name in _PHOTOS if (upload := data.pop(name, None))]
        return data


class ReasonForm(FactsForm):
    """An act that needs a reason the owner can read."""

    note = forms.CharField(
        label=_("Alasan"), min_length=10, max_length=1000, widget=TextareaWidget(attrs={"rows": 4}),
        help_text=_("Ditulis untuk pemilik usaha: apa yang terjadi dan apa yang dapat dilakukannya."),
    )  # fmt: skip


class RevokeForm(ReasonForm):
    """Revocation names its ground."""

    ground = forms.ChoiceField(label=_("Dasar pencabutan"), choices=Ground.choices, widget=forms.RadioSelect)
    field_order = ["ground", "note"]
