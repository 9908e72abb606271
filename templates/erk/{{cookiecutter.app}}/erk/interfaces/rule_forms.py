"""The one table of parameters: the form an editor changes the rules with, and how a version is shown."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from core.forms import BaseForm, DateField, WholeNumberField
from erk.domain import rulebook
from erk.enums import Absence, AnomalyCode, Gate, PolicyKind, TargetMode
from erk.interfaces.rule_fields import AbsencesField, ClassesField, LatenessField, PercentField, PointsField, StepsField

GROUPS = (
    ("Dasar hukum dan masa berlaku", ("regulation", "valid_from")),
    ("Dari capaian menjadi tunjangan", rulebook.FORMULA),
    ("Target dan batas menit", rulebook.MINUTES),
    ("Ketidakhadiran dan disiplin", rulebook.ATTENDANCE),
    ("Pagu", rulebook.PAY),
    ("Tenggat dan persetujuan", rulebook.WINDOWS),
    ("Tanda dan sampel", rulebook.SIGNS),
    ("Pita beban kerja", rulebook.BANDS),
    ("Peringatan di dekat ambang", rulebook.CLIFF),
)


class RulesForm(BaseForm):
    """A draft of the rules: what pays how much, what counts, and how long everybody has for what."""

    regulation = forms.CharField(label="Dasar hukum", max_length=200)
    valid_from = DateField(label="Berlaku sejak")
    policy = forms.ChoiceField(label="Cara menghitung", choices=PolicyKind.choices)
    gate = forms.ChoiceField(label="Yang gugur di bawah ambang", choices=Gate.choices)
    threshold = PercentField(label="Ambang capaian (%)")
    steps = StepsField(label="Tangga cara BERTINGKAT", help_text="Capaian mulai (%); dibayar (%).")
    weight_activity = PercentField(label="Bobot aktivitas (%)")
    weight_skp = PercentField(label="Bobot SKP (%)")
    weight_behaviour = PercentField(label="Bobot perilaku (%)")
    productivity = PercentField(label="Bagian produktivitas (%)")
    discipline = PercentField(label="Bagian disiplin (%)")
    target_mode = forms.ChoiceField(label="Target", choices=TargetMode.choices)
    minutes_per_month = WholeNumberField(label="Menit sebulan", min_value=1000, max_value=12000)
    minutes_per_day = WholeNumberField(label="Menit efektif sehari", min_value=1, max_value=1440)
    minutes_per_day_ramadan = WholeNumberField(label="Menit efektif sehari, Ramadan", min_value=1, max_value=1440)
    daily_cap = WholeNumberField(label="Paling banyak dihitung sehari (menit)", min_value=1, max_value=1440)
    daily_cap_ramadan = WholeNumberField(
        label="Paling banyak dihitung sehari, Ramadan (menit)", min_value=1, max_value=1440
    )
    daily_cap_overtime = WholeNumberField(
        label="Paling banyak dihitung sehari dengan SPT lembur (menit)", min_value=1, max_value=1440
    )
    norm_factor = PercentField(label="Paling banyak dihitung dari norma × volume (%)", least=100, most=300)
    free_text_share = PercentField(label="Paling banyak di luar katalog (% menit sebulan)")
    absences = AbsencesField(
        label="Ketidakhadiran",
        rows=len(Absence),
        help_text="Jenis; menit diganti sehari; tunjangan tetap (%); potongan sehari (%); potongan mulai hari ke-.",
    )
    short_illness_days = WholeNumberField(label="Sakit singkat paling lama (hari kerja)", min_value=1, max_value=30)
    lateness = LatenessField(
        label="Potongan terlambat", help_text="Sampai menit; persen. Baris terakhir: lebih; persen."
    )
    missed_assembly = PercentField(label="Potongan tidak ikut apel (%)")
    tpp_classes = ClassesField(
        label="Pagu tiap kelas",
        rows=12,
        help_text="Kelas; beban dan prestasi kerja; kriteria lain. Bila mata anggarannya dipisah, lanjutkan dengan "
        "bagian prestasi; tempat bertugas; kelangkaan profesi.",
    )
    blud_percent = PercentField(
        label="Bagian pegawai skema BLUD (%)",
        help_text="Misalnya 70 untuk rumah sakit; 0 berarti tidak dibayar di sini.",
    )
    input_days = WholeNumberField(label="Batas mengisi (hari kerja)", min_value=1, max_value=30)
    return_days = WholeNumberField(label="Batas memperbaiki (hari kerja)", min_value=1, max_value=30)
    return_rounds = WholeNumberField(label="Paling banyak dikembalikan (kali)", min_value=1, max_value=5)
    escalation_days = WholeNumberField(
        label="Naik ke atasan berikutnya sesudah (hari kerja)", min_value=1, max_value=30
    )
    reopen_limit = WholeNumberField(label="Dibuka kembali sebulan (kali)", min_value=0, max_value=30)
    approval_days = WholeNumberField(
        label="Batas persetujuan sesudah akhir bulan (hari kerja)", min_value=1, max_value=30
    )
    hearing_days = WholeNumberField(label="Waktu menanggapi temuan (hari kerja)", min_value=1, max_value=30)
    objection_days = WholeNumberField(label="Masa sanggah (hari kerja)", min_value=1, max_value=30)
    decision_days = WholeNumberField(label="Sanggahan diputuskan dalam (hari kerja)", min_value=1, max_value=30)
    auto_approve = forms.BooleanField(label="Setujui otomatis yang tidak diputuskan sampai penutupan", required=False)
    anomaly_points = PointsField(label="Poin tiap tanda", rows=len(AnomalyCode), help_text="Tanda; poin.")
    sampled_from = WholeNumberField(label="Diperiksa mulai (poin)", min_value=1, max_value=500)
    sample_percent = PercentField(label="Sampel acak dari aktivitas disetujui (%)")
    bands_overloaded = PercentField(label="Kelebihan beban di atas (%)", most=300)
    bands_full = PercentField(label="Penuh mulai (%)")
    bands_loose = PercentField(label="Longgar mulai (%)")
    bands_under_used = PercentField(label="Kurang terpakai mulai (%)", help_text="Di bawahnya menganggur.")
    cliff_from_day = WholeNumberField(label="Diperingatkan mulai tanggal", min_value=1, max_value=28)
    cliff_low = PercentField(label="Capaian diperingatkan mulai (%)")
    cliff_high = PercentField(label="Capaian diperingatkan sampai (%)")
    bulan = forms.ChoiceField(label="Coba pada bulan")

    def __init__(self, *args: Any, months: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        month: Any = self.fields["bulan"]
        month.choices, month.required = [("", "Tanpa uji coba"), *months], False
        for name, field in self.fields.items():
            if name != "bulan":
                field.error_messages["required"] = f"{field.label} belum diisi."

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]


def initial_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's values from those of a version; the day and basis of a new rule are left to be written."""
    fields, found = RulesForm.base_fields, rulebook.flat(values)
    return {name: Decimal(value) if isinstance(fields[name], PercentField) else value for name, value in found.items()}


def initial_of_draft(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the form's values from those of a draft, with its day and basis."""
    begins = dt.date.fromisoformat(values["valid_from"])
    return initial_of(values) | {"regulation": values["regulation"], "valid_from": begins}


@dataclass(frozen=True, slots=True)
class Line:
    """One parameter of a version as people read it, with what it was ("" when it did not change) and a hint."""

    label: str
    value: str
    before: str = ""
    hint: str = ""


def table(values: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[tuple[str, list[Line]]]:
    """Return the parameters of a version under their headings, each changed one with what it was `before`."""
    now, was = rulebook.flat(values), rulebook.flat(before) if before else {}
    different = set(rulebook.changed(before, values)) if before else set()
    return [
        (heading, [_line(name, now[name], was[name] if name in different else None) for name in names])
        for heading, names in GROUPS[1:]
    ]


def changes(before: Mapping[str, Any], values: Mapping[str, Any]) -> list[Line]:
    """Return the lines in which a version differs from another."""
    return [line for _, lines in table(values, before) for line in lines if line.before]


def _line(name: str, value: Any, before: Any) -> Line:
    field = RulesForm.base_fields[name]
    return Line(
        str(field.label), _words(name, value), "" if before is None else _words(name, before), str(field.help_text)
    )


def _words(name: str, value: Any) -> str:
    field: Any = RulesForm.base_fields[name]
    if isinstance(field, forms.BooleanField):
        return "ya" if value else "tidak"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices)[value])
    return str(field.show(value))
