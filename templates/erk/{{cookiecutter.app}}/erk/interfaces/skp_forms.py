"""Forms of the year's targets: the plan, what came of it, a note, the rating."""

from typing import Any

from django import forms

from core.forms import BaseForm
from core.widgets import TextareaWidget
from erk.domain.skp import MOST
from erk.enums import BerAkhlak, Expectation
from erk.interfaces.forms import VersionForm
from erk.models import Rhk

SPARE = 2  # empty rows below those that are filled
PARTS = (("uraian", "Rencana hasil kerja", 300), ("indikator", "Indikator", 200), ("target", "Target setahun", 100))


class PlanForm(BaseForm):
    """Planned results, three fields each; a row left empty is no result."""

    def __init__(self, *args: Any, results: list[Rhk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filled = max(len(results), self._sent())
        self.count = min(MOST, filled + SPARE)
        for number in range(1, self.count + 1):
            known = results[number - 1] if number <= len(results) else None
            for name, label, longest in PARTS:
                self.fields[f"{name}_{number}"] = forms.CharField(
                    label=label,
                    max_length=longest,
                    required=number == 1,
                    initial=getattr(known, name, ""),
                    error_messages={"required": f"{label} belum diisi."},
                )

    def _sent(self) -> int:
        keys = [key.rpartition("_")[2] for key in self.data if key.startswith("uraian_")]
        return max((int(key) for key in keys if key.isdigit() and int(key) <= MOST), default=SPARE) - SPARE

    @property
    def rows(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Return the fields of each result under its number."""
        return [(n, [self[f"{name}_{n}"] for name, _, _ in PARTS]) for n in range(1, self.count + 1)]

    def clean(self) -> dict[str, Any]:
        """Ask for the rest of a row that was begun."""
        data: dict[str, Any] = super().clean() or {}
        for number in range(1, self.count + 1):
            cells = {f"{name}_{number}": str(data.get(f"{name}_{number}") or "").strip() for name, _, _ in PARTS}
            if any(cells.values()):
                for name, text in cells.items():
                    if not text and name not in self.errors:
                        self.add_error(name, "Isi bagian ini, atau kosongkan seluruh rencananya.")
        return data

    def results(self) -> list[tuple[str, str, str]]:
        """Return the results that were written."""
        found = []
        for number in range(1, self.count + 1):
            what, measure, amount = (str(self.cleaned_data[f"{name}_{number}"]).strip() for name, _, _ in PARTS)
            if what:
                found.append((what, measure, amount))
        return found


class ResultsForm(BaseForm):
    """What came of each planned result."""

    def __init__(self, *args: Any, results: list[Rhk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in results:
            self.fields[f"realisasi_{one.urut}"] = forms.CharField(
                label=one.uraian, help_text=f"{one.indikator}; target {one.target}.", max_length=300, required=False,
                initial=one.realisasi,
            )  # fmt: skip

    def found(self) -> dict[int, str]:
        """Return what was written, by number."""
        return {int(name.rpartition("_")[2]): text for name, text in self.cleaned_data.items()}


class NoteForm(BaseForm):
    """A note of the superior."""

    isi = forms.CharField(
        label="Umpan balik", max_length=500, widget=TextareaWidget(attrs={"rows": 3}),
        help_text="Apa yang sudah baik, apa yang perlu diubah, dan sampai kapan.",
        error_messages={"required": "Tuliskan yang dibicarakan."},
    )  # fmt: skip


def _judgement(label: str) -> forms.ChoiceField:
    choices = [("", "Pilih …"), *Expectation.choices]
    return forms.ChoiceField(label=label, choices=choices, error_messages={"required": "Pilih penilaiannya."})


class RatingForm(VersionForm):
    """The result of the year and the seven values, each extreme with its evidence."""

    hasil = _judgement("Hasil kerja dibanding rencananya")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value in BerAkhlak:
            self.fields[value.value] = _judgement(str(value.label))
            self.fields[f"bukti_{value.value}"] = forms.CharField(
                label=f"Kejadiannya ({str(value.label).lower()})", required=False, max_length=300,
            )  # fmt: skip
