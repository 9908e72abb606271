"""Forms of an application: built from its permit type, so a new type needs no programmer."""

from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from core.forms import BaseForm, DateField, NikField, PhoneField, PlaceField, RupiahField, WholeNumberField
from core.widgets import TextareaWidget
from hayu.domain.places import inside
from hayu.enums import FieldKind
from hayu.interfaces.forms.fields import NameField, PictureField, PositionField, desk_address
from hayu.interfaces.forms.report import FactsForm
from hayu.models import Application
from hayu.rules.permits import PermitType, Question, Requirement, day_of

ANSWER = "isian_"
DOCUMENT = "berkas_"
REPLY = "balasan_"
_POINT = ("latitude", "longitude")


def field_of(question: Question) -> forms.Field:
    """Return the form field of a question; it is never required, since a draft may be saved half filled.

    What has to be there before one sends is not called optional.
    """
    field = _plain_field(question)
    field.needed_to_send = question.required  # type: ignore[attr-defined]
    return field


def _plain_field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.label, "help_text": escape(question.help), "required": False}
    if question.kind == FieldKind.URAIAN:
        return forms.CharField(max_length=1000, widget=TextareaWidget(attrs={"rows": 3}), **common)
    if question.kind == FieldKind.ANGKA:
        return WholeNumberField(max_value=10_000_000, **common)
    if question.kind == FieldKind.RUPIAH:
        return RupiahField(**common)
    if question.kind == FieldKind.TANGGAL:
        common["help_text"] = escape(question.help) or _("Misalnya 24/11/2026.")
        return DateField(**common)
    if question.kind == FieldKind.PILIHAN:
        return forms.ChoiceField(choices=[("", _("Pilih")), *((word, word) for word in question.choices)], **common)
    return NameField(max_length=200, **common)


def asked_on_the_spot(question: Question) -> forms.Field:
    """Return the field of a question of a visit's minutes: choices to tap, and required where the type says so."""
    if question.kind != FieldKind.PILIHAN:
        field = field_of(question)
        field.required = question.required
        return field
    none = [] if question.required else [("", _("Tidak diperiksa"))]
    return forms.ChoiceField(
        label=question.label, help_text=escape(question.help), required=question.required, widget=forms.RadioSelect,
        choices=[*((word, word) for word in question.choices), *none],
    )  # fmt: skip


def shown(question: Question, value: Any) -> Any:
    """Return a stored answer as its field shows it."""
    return day_of(value) if question.kind == FieldKind.TANGGAL else value


class AnswersForm(FactsForm):
    """The questions of a permit type, all or some of them."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], answers: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._keys = [question.key for question in questions]
        for question in questions:
            self.fields[f"{ANSWER}{question.key}"] = field_of(question)
            self.initial.setdefault(f"{ANSWER}{question.key}", shown(question, answers.get(question.key)))

    def data_for_domain(self) -> dict[str, Any]:
        """Return the facts, and the answers under their keys."""
        facts = {
            name: value for name, value in super().data_for_domain().items() if not name.startswith((ANSWER, DOCUMENT))
        }
        given = self.cleaned_data
        answers = {key: given[f"{ANSWER}{key}"] for key in self._keys if f"{ANSWER}{key}" in given}
        return facts | {"answers": answers}


class SheetForm(AnswersForm):
    """Step 1: who applies, where, and the questions of the type; a point on the map where one stands there."""

    holder_name = NameField(label=_("Nama pemohon"), help_text=_("Seperti di KTP."))
    nik = NikField(label=_("NIK"), help_text=_("16 angka di KTP. Tidak ditampilkan kepada orang lain."))
    phone = PhoneField(
        label=_("Nomor telepon"), help_text=_("Empat angka terakhirnya dipakai untuk melacak permohonan.")
    )
    village_code = PlaceField(label=_("Tempat"))
    address = NameField(label=_("Alamat tempat praktik, lokasi, atau kegiatan"), max_length=200)
    latitude = PositionField(label=_("Lintang titik peta"), required=False)
    longitude = PositionField(
        label=_("Bujur titik peta"), required=False,
        help_text=_("Tekan tombol di bawah bila Anda sedang di tempatnya; petugas lebih mudah menemukannya."),
    )  # fmt: skip

    def __init__(self, *args: Any, desk: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if desk:
            self.fields["email"] = desk_address()
            self.fields["consent"] = NameField(label=_("Persetujuan pemohon"), max_length=200)
        first = [name for name in self.fields if name not in _POINT]
        self.order_fields([*first, *_POINT])

    def clean(self) -> dict[str, Any]:
        """Take a point only whole, in Indonesia and inside the region's outline."""
        cleaned = super().clean()
        pair = (cleaned.get("latitude"), cleaned.get("longitude"))
        if None in pair and any(value is not None for value in pair):
            self.add_error(_POINT[pair.index(None)], _("Isi lintang dan bujur, atau kosongkan keduanya."))
        elif None not in pair:
            try:
                cleaned["latitude"], cleaned["longitude"] = inside(*pair)
            except ValueError as error:
                self.add_error("latitude", str(error))
        return cleaned


class DocumentsForm(BaseForm):
    """Step 2: one upload for each document; what is there already need not come again."""

    def __init__(self, *args: Any, documents: tuple[Requirement, ...], answers: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in documents:
            field = PictureField(label=item.name, help_text=escape(item.help), pdf=True, required=False)
            field.needed_to_send = item.is_required(answers)  # type: ignore[attr-defined]
            self.fields[f"{DOCUMENT}{item.key}"] = field

    def uploads(self) -> dict[str, Any]:
        """Return the uploads by the key of their requirement."""
        given = self.cleaned_data.items()
        return {name.removeprefix(DOCUMENT): upload for name, upload in given if name.startswith(DOCUMENT) and upload}


class SendApplicationForm(BaseForm):
    """Step 3: the statement of truth."""

    statement = forms.BooleanField(
        label=_("Saya menyatakan isian dan berkas ini benar, dan setuju data saya diproses untuk permohonan ini."),
        error_messages={"required": _("Centang pernyataan bahwa data ini benar.")},
    )


class MendForm(AnswersForm):
    """What was returned, and only that: a new file or a changed answer, or a reply in words."""

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        kind = application.type
        by_item = {question.item: question for question in kind.questions}
        flagged = [row["item"] for row in application.flagged]
        questions = tuple(by_item[item] for item in flagged if item in by_item)
        super().__init__(*args, questions=questions, answers=application.answers, **kwargs)
        self.rows: list[tuple[dict[str, Any], str, str]] = []
        for row in application.flagged:
            name = item_field(row["item"])
            if row["item"].startswith("syarat:"):
                self.fields[name] = PictureField(label=row["name"], pdf=True, required=False)
            reply = f"{REPLY}{name}"
            self.fields[reply] = forms.CharField(
                label=_("Atau jelaskan"), required=False, max_length=500, widget=TextareaWidget(attrs={"rows": 2})
            )
            self.rows.append((row, name, reply))

    def parts(self) -> list[dict[str, Any]]:
        """Return for the page: what was wrong, its field, and the reply's field."""
        return [{"row": row, "field": self[name], "reply": self[reply]} for row, name, reply in self.rows]

    def uploads(self) -> dict[str, Any]:
        """Return the new files by the key of their requirement."""
        return {
            row["item"].partition(":")[2]: self.cleaned_data[name]
            for row, name, _reply in self.rows
            if row["item"].startswith("syarat:") and self.cleaned_data.get(name)
        }

    def replies(self) -> dict[str, str]:
        """Return the replies by item."""
        return {row["item"]: self.cleaned_data.get(reply, "") for row, _name, reply in self.rows}


def item_field(item: str) -> str:
    """Return the form field of an item: "syarat:ktp" -> "berkas_ktp", "isian:judul" -> "isian_judul"."""
    kind, _, key = item.partition(":")
    return f"{DOCUMENT if kind == 'syarat' else ANSWER}{key}"


class CheckForm(BaseForm):
    """The verifier's checklist: each item fits, or its fault in words."""

    def __init__(self, *args: Any, kind: PermitType, items: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item, words in items.items():
            name = item_field(item)
            self.fields[f"ok_{name}"] = forms.BooleanField(label=_("Sesuai"), required=False)
            self.fields[f"salah_{name}"] = forms.CharField(
                label=_("Kekurangan: %(item)s") % {"item": words}, required=False, max_length=500,
                widget=forms.TextInput(attrs={"list": "alasan"}),
            )  # fmt: skip
        if kind.field_visit == "optional":
            self.fields["visit"] = forms.BooleanField(label=_("Perlu peninjauan lapangan"), required=False)

    def checked(self) -> list[str]:
        """Return the items that fit."""
        return [item for item in self.items if self.cleaned_data.get(f"ok_{item_field(item)}")]

    def flagged(self) -> list[dict[str, str]]:
        """Return the faults, every one of them."""
        told = ((item, self.cleaned_data.get(f"salah_{item_field(item)}", "")) for item in self.items)
        return [{"item": item, "reason": reason} for item, reason in told if reason.strip()]
