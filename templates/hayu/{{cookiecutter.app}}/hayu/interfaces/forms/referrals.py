"""Forms of lane RUJUK."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import PlaceField
from core.widgets import TextWidget
from hayu.domain import referrals
from hayu.enums import Outside
from hayu.interfaces.forms.fields import NameField
from hayu.interfaces.forms.report import FactsForm


class ReferralForm(FactsForm):
    """The number another system gave, and what it is for."""

    system = forms.ChoiceField(label=_("Nomor dari mana?"), choices=Outside.choices, widget=forms.RadioSelect)
    number = forms.CharField(
        label=_("Nomor"), max_length=60,
        help_text=_("NIB terdiri dari 13 angka; nomor PBG atau SLF disalin seperti tertulis."),
        widget=TextWidget(attrs={"autocomplete": "off", "data-size": "medium"}),
    )  # fmt: skip
    name = NameField(
        label=_("Nama usaha atau bangunan"), help_text=_("Tampil di daftar umum; jangan menulis nama orang.")
    )
    village_code = PlaceField(label=_("Tempatnya"))

    def __init__(self, *args: Any, desk: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if desk:
            self.fields["consent"] = NameField(label=_("Persetujuan pemilik"), max_length=200)

    def clean(self) -> dict[str, Any]:
        """Read the number as its system writes it."""
        cleaned = super().clean()
        if cleaned.get("system") and cleaned.get("number"):
            try:
                cleaned["number"] = referrals.normalise(cleaned["system"], cleaned["number"])
            except ValueError as error:
                self.add_error("number", str(error))
        return cleaned
