"""Forms of the region's admin and of the head: windows and exceptions."""

from typing import Any

from django import forms

from core import dates
from core.forms import BaseForm, DateField
from core.widgets import TextWidget


def _year() -> forms.IntegerField:
    return forms.IntegerField(
        label="Tahun anggaran", min_value=2011, max_value=2100,
        widget=TextWidget(attrs={"inputmode": "numeric", "data-size": "short"}),
    )  # fmt: skip


class WindowForm(BaseForm):
    """A window for one budget year, opened by decision."""

    budget_year = _year()
    opens = DateField(label="Dibuka")
    closes = DateField(label="Ditutup", help_text="Hari terakhir, sampai tengah malam.")
    basis = forms.CharField(label="Dasar hukum", max_length=200, min_length=5)

    def clean(self) -> dict[str, Any]:
        """Check the order of days, and that the window ends before its budget year does."""
        data = super().clean() or {}
        opens, closes, year = data.get("opens"), data.get("closes"), data.get("budget_year")
        if opens and closes and closes < opens:
            self.add_error("closes", "Tanggal tutup lebih awal daripada tanggal buka.")
        if closes and closes < dates.today():
            self.add_error("closes", "Tanggal tutup sudah lewat.")
        if year and closes and closes.year > year:
            self.add_error("closes", "Masa pengajuan harus berakhir sebelum tahun anggarannya berakhir.")
        return data


class ExceptionForm(BaseForm):
    """An exception from the ceiling or from the yearly rule."""

    recipient = forms.CharField(
        label="Kode penerima", max_length=14, help_text="Kode di halaman penerima, misalnya ABCD-EFGH-JKMN."
    )
    budget_year = _year()
    rule = forms.ChoiceField(
        label="Ketentuan",
        choices=[("R10", "Menerima lagi setelah tahun sebelumnya"), ("R04", "Melebihi batas jumlah")],
        widget=forms.RadioSelect,
    )
    legal_basis = forms.CharField(
        label="Dasar hukum", max_length=300, min_length=5, help_text="Tampil untuk umum di halaman penerima dan usulan."
    )
