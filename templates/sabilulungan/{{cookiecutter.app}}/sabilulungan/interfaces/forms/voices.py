"""Forms of citizens' voices and of following."""

from django import forms

from core.forms import BaseForm
from core.widgets import TextareaWidget
from sabilulungan import validators
from sabilulungan.enums import VoiceKind
from sabilulungan.interfaces.forms.fields import UploadsField, UploadsInput


class FollowForm(BaseForm):
    """An address that wants to hear."""

    email = forms.EmailField(label="Alamat surel", max_length=200)


class VoiceForm(BaseForm):
    """A comment or a report; name and address are free to leave out."""

    kind = forms.ChoiceField(
        label="Anda ingin", widget=forms.RadioSelect,
        choices=[(VoiceKind.KOMENTAR, "Memberi komentar untuk umum"), (VoiceKind.LAPORAN, "Melaporkan masalah")],
    )  # fmt: skip
    text = forms.CharField(
        label="Isi", min_length=10, max_length=2000, widget=TextareaWidget(attrs={"rows": 6}),
        validators=[validators.public_text], help_text="Laporan hanya dibaca inspektorat.",
    )  # fmt: skip
    evidence = UploadsField(
        label="Bukti", required=False,
        help_text="Hanya untuk laporan: paling banyak tiga foto atau PDF. Posisi di dalam foto dihapus.",
        widget=UploadsInput(attrs={"accept": "image/jpeg,image/png,application/pdf", "multiple": True}),
    )  # fmt: skip
    name = forms.CharField(label="Nama", max_length=100, required=False, validators=[validators.public_text])
    email = forms.EmailField(
        label="Alamat surel", max_length=200, required=False, help_text="Untuk kabar jawaban; tidak ditampilkan."
    )


class CorrectionForm(BaseForm):
    """The recipient's right of reply."""

    text = forms.CharField(
        label="Apa yang keliru, dan bagaimana yang benar", min_length=10, max_length=2000,
        widget=TextareaWidget(attrs={"rows": 6}), validators=[validators.public_text],
        help_text="Tampil untuk umum bersama jawaban petugas.",
    )  # fmt: skip


class FindingAnswerForm(BaseForm):
    """What the recipient says to a finding."""

    answer = forms.CharField(
        label="Jawaban Anda", min_length=10, max_length=2000, widget=TextareaWidget(attrs={"rows": 6}),
        validators=[validators.public_text], help_text="Tampil untuk umum bersama temuannya, dan tidak dapat diubah.",
    )  # fmt: skip


class AnswerForm(BaseForm):
    """An officer's answer."""

    answer = forms.CharField(
        label="Jawaban", min_length=5, max_length=2000, widget=TextareaWidget(attrs={"rows": 6}),
        validators=[validators.public_text],
    )  # fmt: skip
    accept = forms.ChoiceField(
        label="Tindak lanjut", widget=forms.RadioSelect,
        choices=[("ya", "Dijawab dan ditindaklanjuti"), ("tidak", "Tidak ditindaklanjuti, tidak ditampilkan")],
    )  # fmt: skip
