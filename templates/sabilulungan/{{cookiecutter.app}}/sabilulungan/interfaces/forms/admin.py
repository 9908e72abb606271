"""Forms of the region's admin and of the head: windows and exceptions."""

from typing import Any

from django import forms

from core import dates
from core.forms import BaseForm, DateField, RupiahField
from core.widgets import TextareaWidget, TextWidget
from sabilulungan import validators
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import Kind


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


class AnnouncementForm(BaseForm):
    """A public notice and the days it is shown."""

    title = forms.CharField(label="Judul", max_length=150, validators=[validators.public_text])
    text = forms.CharField(
        label="Isi", max_length=5000, widget=TextareaWidget(attrs={"rows": 8}), validators=[validators.public_text]
    )
    first = DateField(label="Tampil mulai", initial=dates.today)
    last = DateField(label="Tampil sampai", help_text="Hari terakhir, sampai tengah malam.")

    def clean(self) -> dict[str, Any]:
        """Check the order of days, and that the last is not over."""
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", "Hari terakhir lebih awal daripada hari pertama.")
        elif last and last < dates.today():
            self.add_error("last", "Hari terakhir sudah lewat, jadi tidak akan tampil.")
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


class EnvelopeForm(BaseForm):
    """A limit of a year: for a kind of help, or for one office within it."""

    budget_year = _year()
    kind = forms.ChoiceField(label="Jenis", choices=Kind.choices, widget=forms.RadioSelect)
    office = forms.ChoiceField(label="Dinas", required=False, help_text="Kosong berarti pagu seluruh jenis itu.")
    amount = RupiahField(label="Pagu")
    basis = forms.CharField(label="Dasar", max_length=200, min_length=5, help_text="Misalnya KUA-PPAS tahun itu.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [(office.code, office.name) for office in current().offices]
        self.fields["office"].choices = [("", "Semua dinas"), *offices]  # type: ignore[attr-defined]


class EnactedBudgetForm(BaseForm):
    """The APBD of a year: law, breakdown regulation and the sums set aside."""

    budget_year = _year()
    law = forms.CharField(label="Peraturan daerah tentang APBD", max_length=120)
    regulation = forms.CharField(label="Peraturan penjabaran APBD", max_length=120)
    enacted_on = DateField(label="Tanggal ditetapkan", latest=dates.today)
    lines_until = DateField(
        label="Penerima dicatat sampai",
        help_text="Sesudah hari ini, usulan disetujui yang belum dicatat ditutup sebagai tidak dianggarkan.",
    )
    grants = RupiahField(label="Anggaran hibah")
    aid = RupiahField(label="Anggaran bantuan sosial terencana")
    unplanned = RupiahField(
        label="Anggaran bantuan sosial tidak terencana", help_text="Paling banyak sebesar yang terencana."
    )

    def clean(self) -> dict[str, Any]:
        """Check the order of days, and R22: unplanned aid within planned aid."""
        data = super().clean() or {}
        enacted, until = data.get("enacted_on"), data.get("lines_until")
        if enacted and until and until < enacted:
            self.add_error("lines_until", "Batas pencatatan lebih awal daripada penetapan APBD.")
        if until and until < dates.today():
            self.add_error("lines_until", "Batas pencatatan sudah lewat.")
        aid, unplanned = data.get("aid"), data.get("unplanned")
        if aid is not None and unplanned is not None and unplanned > aid:
            self.add_error("unplanned", "Melebihi anggaran bantuan sosial terencana (Permendagri 39/2012 Pasal 23A).")
        return data
