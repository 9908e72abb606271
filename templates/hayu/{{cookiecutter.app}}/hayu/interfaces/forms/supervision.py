"""Forms of inspections of issued permits; the minutes are filled on a phone, standing at the place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import TextareaWidget
from hayu.enums import FollowUp, Outcome, PermitFinding, Trigger
from hayu.interfaces.forms.fields import PictureField, PositionField
from hayu.interfaces.forms.office import NoteForm
from hayu.interfaces.forms.report import FactsForm

_PHOTOS = ("photo_1", "photo_2", "photo_3")


class PlanForm(NoteForm):
    """Why a permit is to be inspected."""

    trigger = forms.ChoiceField(label=_("Sebab"), choices=Trigger.choices, widget=forms.RadioSelect)
    field_order = ["trigger", "note"]


class MinutesForm(FactsForm):
    """The minutes of an inspection (BAP)."""

    outcome = forms.ChoiceField(label=_("Hasil"), choices=Outcome.choices, widget=forms.RadioSelect)
    findings = forms.MultipleChoiceField(
        label=_("Temuan"), choices=PermitFinding.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Hanya bila hasilnya tidak sesuai."),
    )  # fmt: skip
    holder_present = forms.BooleanField(label=_("Pemegang izin atau wakilnya hadir"), required=False)
    photo_1 = PictureField(label=_("Foto pertama"))
    photo_2 = PictureField(label=_("Foto kedua"), required=False)
    photo_3 = PictureField(label=_("Foto ketiga"), required=False)
    latitude = PositionField(label=_("Lintang"))
    longitude = PositionField(label=_("Bujur"))
    note = forms.CharField(
        label=_("Yang dilihat"), min_length=10, max_length=2000, widget=TextareaWidget(attrs={"rows": 4})
    )

    def data_for_domain(self) -> dict[str, Any]:
        """Return the minutes, the photos as a list."""
        data = super().data_for_domain()
        data["photos"] = [upload for name in _PHOTOS if (upload := data.pop(name, None))]
        return data


class FollowUpForm(NoteForm):
    """What follows the findings; the note is read by the holder."""

    follow_up = forms.ChoiceField(label=_("Tindak lanjut"), choices=FollowUp.choices, widget=forms.RadioSelect)
    field_order = ["follow_up", "note"]
