"""The administrator's editor of a permit type: lines of text in, a definition out; a new type needs no programmer.

Questions are written one a line, "Label | jenis | wajib | pilihan 1; pilihan 2 | bantuan"; documents likewise,
"Nama | wajib | baru; ubah | keterangan" or "Nama | wajib bila Luas > 6 | baru".
"""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import RupiahField, WholeNumberField
from core.widgets import TextareaWidget
from hayu.enums import AppKind, FieldKind
from hayu.interfaces.forms.report import FactsForm
from hayu.rules.permits import ALL_KINDS, NUMBER_PATTERN, TEMPLATE, VISITS, key_of

_KINDS = {"baru": AppKind.BARU, "perpanjang": AppKind.PERPANJANG, "ubah": AppKind.UBAH}
_YES = ("wajib", "ya", "")
_WHEN = re.compile(r"wajib bila (.+?)\s*>\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _area(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=8000,
        widget=TextareaWidget(attrs={"rows": rows}),
    )


class TypeForm(FactsForm):
    """One permit type. Lists are written one entry a line."""

    code = forms.CharField(
        label=_("Kode"), max_length=20, help_text=_("Huruf besar, misalnya TAMBAT. Tetap selamanya.")
    )
    name = forms.CharField(label=_("Nama"), max_length=150)
    summary = forms.CharField(label=_("Untuk siapa, dalam satu kalimat"), max_length=300)
    product = forms.CharField(label=_("Hasil"), max_length=150, help_text=_("Judul dokumennya."))
    keywords = _area(_("Kata sehari-hari"), _("Yang diketik orang saat mencari."), required=False, rows=3)
    basis = _area(_("Dasar hukum"), rows=3)
    procedure = _area(_("Langkah"), _("{opd} menjadi nama singkat kantor."))
    days = WholeNumberField(label=_("Waktu layanan"), unit=_("hari kerja"), min_value=1, max_value=120)
    questions = _area(
        _("Isian"),
        _("Satu baris satu isian: Label | jenis | wajib atau boleh | pilihan; pilihan | bantuan. Jenis: teks, uraian, "
          "angka, rupiah, tanggal, pilihan."),
        rows=6,
    )  # fmt: skip
    object_label = forms.CharField(
        label=_("Isian yang menjadi objek izin"), max_length=100, required=False, help_text=_("Labelnya, persis.")
    )
    requirements = _area(
        _("Berkas"),
        _("Satu baris satu berkas: Nama | wajib atau boleh | baru; perpanjang; ubah | keterangan. Boleh "
          "bersyarat: “wajib bila Luas > 6”, dengan label isian bilangan."),
        rows=6,
    )  # fmt: skip
    field_visit = forms.ChoiceField(label=_("Peninjauan lapangan"), choices=list(VISITS.items()))
    minutes = _area(
        _("Pertanyaan berita acara peninjauan"),
        _("Dijawab petugas di tempat, di telepon; ditulis seperti isian. Misalnya: Trotoar tetap dapat dilewati | "
          "pilihan | wajib | Ya; Tidak."),
        required=False,
    )  # fmt: skip
    technical_office = forms.CharField(
        label=_("Kantor teknis yang memberi pertimbangan"), max_length=150, required=False
    )
    deemed_approval = forms.BooleanField(
        label=_("Dianggap dikabulkan bila kami terlambat"), required=False,
        help_text=_("Jangan dipilih untuk izin kesehatan, keselamatan, lingkungan, dan ruang umum."),
    )  # fmt: skip
    validity = forms.CharField(label=_("Masa berlaku, dalam kata"), max_length=150)
    months = WholeNumberField(label=_("Berlaku berapa bulan"), min_value=1, max_value=600, required=False)
    start_label = forms.CharField(label=_("Isian tanggal mulai"), max_length=100, required=False)
    end_label = forms.CharField(label=_("Isian tanggal akhir"), max_length=100, required=False)
    max_days = WholeNumberField(label=_("Paling lama berapa hari"), min_value=1, max_value=3660, required=False)
    conditions = _area(_("Kewajiban yang dicetak pada izin"), required=False)
    cost = RupiahField(label=_("Biaya tetap"), required=False)
    formula = forms.CharField(
        label=_("Rumus biaya"), max_length=200, required=False,
        help_text=_("Memakai kunci isian bilangan dan nilai tetap, misalnya: luas * hari * tarif."),
    )  # fmt: skip
    constants = _area(_("Nilai tetap rumus"), _("Satu baris satu nilai: tarif = 5000."), required=False, rows=2)
    charge_basis = forms.CharField(label=_("Perda yang menetapkan biaya"), max_length=300, required=False)
    cost_note = forms.CharField(label=_("Yang dibayar di tempat lain"), max_length=300, required=False)
    number_pattern = forms.CharField(label=_("Pola nomor"), max_length=80, initial=NUMBER_PATTERN)
    template = forms.CharField(
        label=_("Naskah"), max_length=30, initial=TEMPLATE, help_text=_("“izin”, atau naskah di custom/documents.")
    )
    active = forms.BooleanField(label=_("Dilayani sekarang"), required=False, initial=True)
    reason = forms.CharField(label=_("Dasar perubahan ini"), max_length=200, help_text=_("Misalnya nomor keputusan."))

    def definition(self, before: dict[str, Any]) -> dict[str, Any]:
        """Return the definition; labels keep the keys they had `before`, so that old answers stay readable."""
        given, keep = self.cleaned_data, _keys_of(before, "questions") | _keys_of(before, "requirements")
        questions = self._questions(given["questions"], keep)
        key_by_label = {row["label"]: row["key"] for row in questions}
        limits = {
            "months": given["months"], "max_days": given["max_days"],
            "start_key": key_by_label.get(given["start_label"], given["start_label"]),
            "end_key": key_by_label.get(given["end_label"], given["end_label"]),
        }  # fmt: skip
        plain = (
            "code", "name", "summary", "product", "days", "field_visit", "technical_office", "deemed_approval",
            "validity", "cost_note", "number_pattern", "template", "active",
        )  # fmt: skip
        made = {name: given[name] for name in plain} | {
            "keywords": _lines(given["keywords"]), "basis": _lines(given["basis"]),
            "procedure": _lines(given["procedure"]), "conditions": _lines(given["conditions"]),
            "questions": questions, "minutes": self._questions(given["minutes"], _keys_of(before, "minutes")),
            "requirements": self._documents(given["requirements"], keep, key_by_label),
            "object_key": key_by_label.get(given["object_label"], given["object_label"]),
            "limits": {name: value for name, value in limits.items() if value}, "cost": given["cost"] or 0,
        }  # fmt: skip
        if given["formula"].strip():
            made["charge"] = {
                "formula": given["formula"].strip(), "basis": given["charge_basis"].strip(),
                "constants": self._constants(given["constants"]),
            }  # fmt: skip
        return made

    @staticmethod
    def _questions(text: str, keep: dict[str, str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for line in _lines(text):
            label, kind, needed, choices, told = [part.strip() for part in (line + "||||").split("|")][:5]
            key = keep.get(label) or key_of(label, {row["key"] for row in rows} | set(keep.values()))
            rows.append({
                "key": key, "label": label, "kind": kind.lower() or FieldKind.TEKS.value,
                "required": needed.lower() in _YES, "help": told,
                "choices": [word.strip() for word in choices.split(";") if word.strip()],
            })  # fmt: skip
        return rows

    @staticmethod
    def _documents(text: str, keep: dict[str, str], key_by_label: dict[str, str]) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for line in _lines(text):
            name, needed, kinds, told = [part.strip() for part in (line + "|||").split("|")][:4]
            key = keep.get(name) or key_of(name, {row["key"] for row in rows} | set(keep.values()))
            chosen = [_KINDS[word.strip().lower()] for word in kinds.split(";") if word.strip().lower() in _KINDS]
            row = {"key": key, "name": name, "required": needed.lower() in _YES, "help": told,
                   "kinds": [str(kind) for kind in chosen] or list(ALL_KINDS)}  # fmt: skip
            when = _WHEN.fullmatch(needed)
            if when:
                label, over = when[1].strip(), when[2].replace(",", ".")
                row["when"] = {"key": key_by_label.get(label, label), "over": over}
            rows.append(row)
        return rows

    @staticmethod
    def _constants(text: str) -> dict[str, str]:
        pairs = (line.partition("=") for line in _lines(text))
        return {name.strip(): value.strip().replace(".", "").replace(",", ".") for name, _sign, value in pairs}


def written(definition: dict[str, Any]) -> dict[str, Any]:
    """Return a definition as the editor shows it."""
    label_by_key = {row["key"]: row["label"] for row in definition.get("questions") or ()}
    limits, charge = definition.get("limits") or {}, definition.get("charge") or {}
    shown = {name: definition.get(name) for name in TypeForm.base_fields if definition.get(name) is not None}
    for name in ("keywords", "basis", "procedure", "conditions"):
        shown[name] = "\n".join(definition.get(name) or ())
    for name in ("questions", "minutes"):
        shown[name] = "\n".join(
            " | ".join([row["label"], row["kind"], "wajib" if row.get("required", True) else "boleh",
                        "; ".join(row.get("choices") or ()), row.get("help") or ""]).rstrip(" |")
            for row in definition.get(name) or ()
        )  # fmt: skip
    words = {kind: word for word, kind in _KINDS.items()}
    shown["requirements"] = "\n".join(
        " | ".join([row["name"], _need(row, label_by_key),
                    "; ".join(words[AppKind(kind)] for kind in row.get("kinds") or ALL_KINDS),
                    row.get("help") or ""]).rstrip(" |")
        for row in definition.get("requirements") or ()
    )  # fmt: skip
    shown |= {
        "number_pattern": definition.get("number_pattern") or NUMBER_PATTERN,
        "template": definition.get("template") or TEMPLATE,
        "object_label": label_by_key.get(definition.get("object_key", ""), ""),
        "months": limits.get("months"), "max_days": limits.get("max_days"),
        "start_label": label_by_key.get(limits.get("start_key", ""), ""),
        "end_label": label_by_key.get(limits.get("end_key", ""), ""),
        "formula": charge.get("formula", ""), "charge_basis": charge.get("basis", ""),
        "constants": "\n".join(f"{name} = {value}" for name, value in (charge.get("constants") or {}).items()),
    }  # fmt: skip
    return shown


def _need(row: dict[str, Any], label_by_key: dict[str, str]) -> str:
    when = row.get("when")
    if when:
        return f"wajib bila {label_by_key.get(when['key'], when['key'])} > {str(when['over']).replace('.', ',')}"
    return "wajib" if row.get("required", True) else "boleh"


def _keys_of(definition: dict[str, Any], part: str) -> dict[str, str]:
    """Return the key of each label, or name of a document, of a part of a definition."""
    return {row.get("label") or row["name"]: row["key"] for row in definition.get(part) or ()}
