"""Forms of complaints."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.widgets import TextareaWidget, TextWidget
from hayu.enums import ComplaintKind
from hayu.interfaces.forms.report import FactsForm


class ComplaintForm(FactsForm):
    """A complaint of anybody, with or without a name."""

    printed = False

    kind = forms.ChoiceField(label=_("Tentang apa?"), choices=ComplaintKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Apa yang terjadi?"), max_length=4000, widget=TextareaWidget(attrs={"rows": 6}),
        help_text=_("Apa, di mana, kapan, dan siapa bila tahu."),
    )  # fmt: skip
    about = forms.CharField(
        label=_("Nomor atau kode"), required=False, max_length=80, widget=TextWidget(attrs={"autocomplete": "off"}),
        help_text=_("Kode di bawah QR, nomor izin, nomor tanda lapor, atau resi, bila tahu."),
    )  # fmt: skip
    name = forms.CharField(
        label=_("Nama Anda"), required=False, max_length=120,
        help_text=_("Tidak diberitahukan kepada yang diadukan. Boleh dikosongkan."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Surel atau nomor telepon"), required=False, max_length=120,
        help_text=_("Supaya kami dapat mengirim jawaban. Boleh dikosongkan."),
    )  # fmt: skip


class RevealForm(FactsForm):
    """Why the reporter's identity is opened."""

    purpose = forms.CharField(label=_("Untuk apa identitas pelapor dibuka?"), min_length=10, max_length=300)
