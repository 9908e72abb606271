"""The form of a claim: number and NIK as they stand on the old paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import NikField
from core.widgets import TextWidget
from hayu.interfaces.forms.report import FactsForm


class ClaimForm(FactsForm):
    """A permit that has no account yet."""

    printed = False

    number = forms.CharField(
        label=_("Nomor izin"), max_length=80, widget=TextWidget(attrs={"autocomplete": "off"}),
        help_text=_("Persis seperti tercetak, misalnya 503/0012/DPMPTSP/2023."),
    )  # fmt: skip
    nik = NikField(label=_("NIK pemegang izin"), help_text=_("16 angka di KTP. Tidak ditampilkan kepada orang lain."))
