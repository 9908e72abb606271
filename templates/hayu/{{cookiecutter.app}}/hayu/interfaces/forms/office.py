"""Forms of the office for lane IZIN: visits, advice, refusals, payment, signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import DateField, RupiahField
from core.widgets import TextareaWidget, TextWidget
from hayu.domain.permits.minutes import FIELD
from hayu.enums import Verdict
from hayu.interfaces.forms.fields import PictureField, PositionField
from hayu.interfaces.forms.permits import asked_on_the_spot
from hayu.interfaces.forms.report import FactsForm
from hayu.rules.permits import Question

_LINES = {"rows": 4}


class EmptyForm(FactsForm):
    """An act that needs nothing but its button."""


class NoteForm(FactsForm):
    """An act with a note others can read."""

    note = forms.CharField(
        label=_("Catatan"), min_length=5, max_length=1000, widget=TextareaWidget(attrs=_LINES),
        help_text=_("Tertulis di riwayat berkas."),
    )  # fmt: skip


class RefusalForm(FactsForm):
    """Why something is refused: the rule, and the reason in words for the applicant."""

    legal_basis = forms.CharField(label=_("Aturan yang tidak dipenuhi"), max_length=300)
    note = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=TextareaWidget(attrs=_LINES),
        help_text=_("Dibaca pemohon. Sedikitnya 30 huruf."),
    )  # fmt: skip


class DayForm(FactsForm):
    """A day."""

    day = DateField(label=_("Hari"))


class VisitForm(FactsForm):
    """The minutes of a visit, filled standing there: what the permit type asks, and what was seen.

    What was typed stays on the phone when the signal drops.
    """

    fits = forms.TypedChoiceField(
        label=_("Keadaan di tempat"), choices=[("ya", _("Sesuai permohonan")), ("tidak", _("Tidak sesuai"))],
        widget=forms.RadioSelect, coerce=lambda value: value == "ya",
    )  # fmt: skip
    applicant_present = forms.BooleanField(label=_("Pemohon atau wakilnya hadir"), required=False)
    photo_1 = PictureField(label=_("Foto pertama"))
    photo_2 = PictureField(label=_("Foto kedua"))
    photo_3 = PictureField(label=_("Foto ketiga"), required=False)
    latitude = PositionField(label=_("Lintang"))
    longitude = PositionField(label=_("Bujur"))
    note = forms.CharField(label=_("Yang dilihat"), min_length=10, max_length=2000, widget=TextareaWidget(attrs=_LINES))

    def __init__(self, *args: Any, questions: tuple[Question, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = [question.key for question in questions]
        for question in questions:
            self.fields[f"{FIELD}{question.key}"] = asked_on_the_spot(question)
        self.order_fields(["fits", *(f"{FIELD}{key}" for key in self._keys)])

    def data_for_domain(self) -> dict[str, Any]:
        """Return the minutes, the answers under their keys, the photos as a list."""
        data = super().data_for_domain()
        data["answers"] = {key: data.pop(f"{FIELD}{key}") for key in self._keys}
        data["photos"] = [upload for name in ("photo_1", "photo_2", "photo_3") if (upload := data.pop(name, None))]
        return data


class ConditionsForm(FactsForm):
    """Conditions, one a line."""

    conditions = forms.CharField(
        label=_("Syarat khusus"), required=False, max_length=2000, widget=TextareaWidget(attrs=_LINES),
        help_text=_("Satu baris satu syarat; dicetak pada izin di samping syarat umum."),
    )  # fmt: skip

    def data_for_domain(self) -> dict[str, Any]:
        """Return the lines as a list."""
        data = super().data_for_domain()
        data["conditions"] = [line.strip() for line in data["conditions"].splitlines() if line.strip()]
        return data


class AdviceForm(ConditionsForm):
    """Technical advice."""

    verdict = forms.ChoiceField(label=_("Pertimbangan"), choices=Verdict.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Catatan"), required=False, max_length=1000, widget=TextareaWidget(attrs=_LINES))
    field_order = ["verdict", "conditions", "note"]


class PayForm(FactsForm):
    """A payment at the cashier's."""

    amount = RupiahField(label=_("Jumlah yang diterima"), min_value=1)
    reference = forms.CharField(label=_("Nomor bukti bayar"), max_length=60)


class PassphraseForm(FactsForm):
    """The signer's second proof."""

    printed = False

    passphrase = forms.CharField(
        label=_("Kata sandi Anda"), max_length=200, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Ditanyakan lagi karena tanda tangan mengikat secara hukum."),
    )  # fmt: skip


class ScanForm(PassphraseForm):
    """The scan of the paper signed with ink."""

    scan = forms.FileField(
        label=_("Pindaian naskah yang ditandatangani (PDF)"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
    field_order = ["scan", "passphrase"]


class WarnForm(NoteForm):
    """A warning names the finding."""


class SuspendForm(NoteForm):
    """A suspension, at once when there is danger."""

    bahaya = forms.BooleanField(label=_("Ada bahaya yang mendesak"), required=False)


class TrackForm(FactsForm):
    """Receipt number and the last four digits of the phone."""

    printed = False

    resi = forms.CharField(label=_("Nomor resi"), max_length=60, widget=TextWidget(attrs={"autocomplete": "off"}))
    hp = forms.RegexField(
        r"^\d{4}$", label=_("Empat angka terakhir nomor telepon"), max_length=4,
        widget=TextWidget(attrs={"inputmode": "numeric", "autocomplete": "off", "data-size": "short"}),
        error_messages={"invalid": _("Tulis tepat empat angka.")},
    )  # fmt: skip


class SearchForm(FactsForm):
    """One field for whatever an officer has in hand."""

    printed = False

    cari = forms.CharField(
        label=_("Cari berkas"), max_length=100, widget=TextWidget(attrs={"autocomplete": "off"}),
        help_text=_("Resi, nomor laporan atau izin, kode 12 huruf, NIK, NIB, atau nama."),
    )  # fmt: skip
