"""Forms of the desk: one for each act on a case. `data_of` gives what the machine's guard and effect read."""

from typing import Any

from django import forms

from core import dates
from core.forms import BaseForm, DateField, RupiahField
from core.money import rupiah
from core.widgets import TextareaWidget
from sabilulungan import validators
from sabilulungan.domain import drafts
from sabilulungan.domain.flow.effects import OTHER_ITEMS
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Check, FlagDecision, Nature, Phase
from sabilulungan.interfaces.forms.fields import YesNoField
from sabilulungan.models import Document, Proposal
from sabilulungan.rules.money import current_amount


class ActForm(BaseForm):
    """What every act has: the version of the page it was made from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        self.fields["version"].initial = proposal.version
        self.build()

    def build(self) -> None:
        """Add fields that depend on the case."""

    def data_of(self) -> dict[str, Any]:
        """Return what the act needs besides the note."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "note")}

    @property
    def note(self) -> str:
        """Return the reason or note."""
        return str(self.cleaned_data.get("note", ""))


def note_field(label: str, *, required: bool = False, public: bool = True) -> forms.CharField:
    """Return the field of a reason or note, checked for personal numbers."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=1000,
        widget=TextareaWidget(attrs={"rows": 4}),
        validators=[validators.public_text],
        help_text="Tampil untuk umum." if public else "",
    )


class NoteForm(ActForm):
    """Only a note, if one likes."""

    note = note_field("Catatan")


class ReasonForm(ActForm):
    """A reason that must be given."""

    note = note_field("Alasan", required=True)


class CompletenessForm(ActForm):
    """A verdict and a note for each document; register number and date. Two buttons send it: complete, or return."""

    register_number = forms.CharField(
        label="Nomor agenda", max_length=60, required=False, help_text="Diperlukan bila berkas dinyatakan lengkap."
    )
    registered_on = DateField(label="Tanggal agenda", required=False, latest=dates.today)

    def build(self) -> None:
        """Add the documents, and the other things that may need mending."""
        self.documents = list(self.proposal.documents.all())
        self.fields["registered_on"].initial = dates.today()
        for document in self.documents:
            self.fields[document.code] = forms.ChoiceField(
                label=document.name,
                required=False,
                choices=[("SESUAI", "Ada dan terbaca"), ("KURANG", "Kurang")],
                widget=forms.RadioSelect,
                initial=document.verdict,
            )
            self.fields[f"note_{document.code}"] = forms.CharField(
                label=f"Catatan untuk {document.name}", required=False, max_length=300, initial=document.note
            )
        for code, label in OTHER_ITEMS.items():
            self.fields[f"note_{code}"] = forms.CharField(
                label=f"Kekurangan pada {label.lower()}", required=False, max_length=300
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return each document with its file, tick and note, as the page shows them together."""
        held = drafts.files_of(self.proposal)
        return [
            {"document": doc, "stored": held.get(doc.pk), "field": self[doc.code], "note": self[f"note_{doc.code}"]}
            for doc in self.documents
        ]

    def data_of(self) -> dict[str, Any]:
        """Return ticks, items to mend, register number and date."""
        data = self.cleaned_data
        verdicts = {doc.code: (data.get(doc.code, ""), data.get(f"note_{doc.code}", "")) for doc in self.documents}
        items = [(code, note) for code, (verdict, note) in verdicts.items() if verdict == Document.Verdict.FAULTY]
        items += [(code, data[f"note_{code}"]) for code in OTHER_ITEMS if data.get(f"note_{code}")]
        return {
            "verdicts": verdicts,
            "items": items,
            "register_number": data.get("register_number", "").strip(),
            "registered_on": data.get("registered_on"),
        }


class ItemsForm(ActForm):
    """Things to mend, each with its reason: an empty line is not asked for."""

    phase = Phase.USULAN
    others: dict[str, str] = OTHER_ITEMS

    def build(self) -> None:
        """Add a line for each document of the phase and for the other parts."""
        documents = self.proposal.documents.filter(phase=self.phase)
        names = {document.code: document.name for document in documents} | self.others
        for code, label in names.items():
            self.fields[f"note_{code}"] = forms.CharField(
                label=label, required=False, max_length=300, validators=[validators.public_text]
            )

    def data_of(self) -> dict[str, Any]:
        """Return the items with a reason."""
        return {
            "items": [
                (name.removeprefix("note_"), note)
                for name, note in self.cleaned_data.items()
                if name.startswith("note_") and note
            ]
        }


class ClassifyForm(ActForm):
    """Field and nature; the field leads to its office."""

    field = forms.TypedChoiceField(label="Bidang dan dinas penilai", coerce=int, empty_value=None)
    nature = forms.ChoiceField(label="Sifat kegiatan", choices=Nature.choices, widget=forms.RadioSelect)
    note = note_field("Catatan")

    def build(self) -> None:
        """Offer the profile's fields with their offices; begin with what the applicant chose."""
        profile = profile_of(self.proposal)
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            (route.code, f"{route.name} → {profile.office_short(route.office)}") for route in profile.fields
        ]
        self.fields["field"].initial = self.proposal.field
        self.fields["nature"].initial = self.proposal.nature


class RecommendForm(ActForm):
    """The seven checks, the field visit, the amount per line and the recommendation."""

    visited_on = DateField(label="Tanggal kunjungan lapangan", latest=dates.today)
    met_with = forms.CharField(label="Ditemui", max_length=150)
    visit_result = forms.CharField(label="Hasil kunjungan", max_length=2000, widget=TextareaWidget(attrs={"rows": 4}))
    recommended = YesNoField(label="Direkomendasikan", yes="Ya, direkomendasikan", no="Tidak")
    note = note_field("Alasan penilaian", required=True)

    def build(self) -> None:
        """Add the checks and the lines."""
        for item in Check.values:
            self.fields[f"check_{item}"] = YesNoField(
                label=Check(item).label, yes="Sesuai", no="Tidak", error_messages={"required": "Jawab pemeriksaan ini."}
            )
            self.fields[f"note_{item}"] = forms.CharField(label="Penjelasan", required=False, max_length=300)
        self.lines = list(self.proposal.lines.all())
        for line in self.lines:
            self.fields[f"line_{line.number}"] = RupiahField(
                label=f"Rekomendasi untuk {line.description}", initial=line.amount_asked
            )

    @property
    def checks(self) -> list[dict[str, Any]]:
        """Return each check with its explanation."""
        return [{"field": self[f"check_{item}"], "note": self[f"note_{item}"]} for item in Check.values]

    @property
    def amounts(self) -> list[Any]:
        """Return the amount of each line."""
        return [self[f"line_{line.number}"] for line in self.lines]

    def data_of(self) -> dict[str, Any]:
        """Return answers, visit, recommendation and amounts by line number."""
        data = self.cleaned_data
        return {
            "answers": {
                item: (data[f"check_{item}"], data[f"note_{item}"])
                for item in Check.values
                if data.get(f"check_{item}") is not None
            },
            "visited_on": data.get("visited_on"),
            "met_with": data.get("met_with", ""),
            "visit_result": data.get("visit_result", ""),
            "recommended": data.get("recommended"),
            "lines": {
                line.number: data[f"line_{line.number}"]
                for line in self.lines
                if data.get(f"line_{line.number}") is not None
            },
        }


class _AmountForm(ActForm):
    amount = RupiahField(label="Jumlah")
    rise = forms.CharField(
        label="Alasan bila lebih besar daripada tahap sebelumnya",
        required=False,
        max_length=500,
        widget=TextareaWidget(attrs={"rows": 3}),
        validators=[validators.public_text],
        help_text="Tampil untuk umum bersama kedua jumlahnya.",
    )

    def build(self) -> None:
        """Begin with the amount of the stage before, and say what it was."""
        _, amount = current_amount(self.proposal.amounts())
        self.fields["amount"].initial = amount
        self.fields[
            "amount"
        ].help_text = f"Tahap sebelumnya {rupiah(amount)}, diminta {rupiah(self.proposal.amount_asked or 0)}."


class ConsiderForm(_AmountForm):
    """The team's amount and the day it met."""

    meeting_on = DateField(label="Tanggal rapat tim", latest=dates.today)
    note = note_field("Catatan")

    field_order = ("version", "meeting_on", "amount", "rise", "note")


class BudgetForm(_AmountForm):
    """The budget team's amount."""

    note = note_field("Catatan")


class ApproveForm(_AmountForm):
    """The approved amount with number and date of the sheet."""

    approval_number = forms.CharField(label="Nomor lembar persetujuan", max_length=60)
    approved_on = DateField(label="Tanggal persetujuan", latest=dates.today, initial=dates.today)
    note = note_field("Catatan")

    field_order = ("version", "approval_number", "approved_on", "amount", "rise", "note")


class CloseFlagForm(BaseForm):
    """What a second person found of a flag, and why."""

    decision = forms.ChoiceField(
        label="Keputusan", choices=FlagDecision.choices, widget=forms.RadioSelect,
        error_messages={"required": "Pilih wajar atau terbukti."},
    )  # fmt: skip
    reason = forms.CharField(label="Alasan menutup tanda", max_length=500, widget=TextareaWidget(attrs={"rows": 3}))


class UnmaskForm(BaseForm):
    """Why protected data are opened."""

    purpose = forms.CharField(
        label="Untuk keperluan apa", min_length=15, max_length=300, widget=TextareaWidget(attrs={"rows": 3}),
        help_text="Keperluan ini dicatat di jejak audit bersama nama Anda.",
        error_messages={"min_length": "Jelaskan keperluannya sedikit lebih panjang."},
    )  # fmt: skip


class InterestForm(BaseForm):
    """A declared tie to the applicant."""

    relation = forms.CharField(label="Hubungan Anda dengan pemohon", max_length=200)
