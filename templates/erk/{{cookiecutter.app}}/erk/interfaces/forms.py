"""Forms of E-RK: an activity, a decision, an acting official."""

import datetime as dt
from typing import Any

from django import forms

from core import codes, dates
from core.errors import Refused
from core.forms import BaseForm, DateField, WholeNumberField
from core.widgets import TextareaWidget
from erk.domain.checks import Entry
from erk.enums import JenisJabatan, Verdict
from erk.interfaces.fields import CatalogueSelect, ClockField, VolumeField, grouped
from erk.models import Aktivitas, Jabatan, Katalog, Pegawai, Rhk


def show_refusal(form: BaseForm, refusal: Refused) -> None:
    """Put a refusal beside the fields it belongs to; what has no field stands on top."""
    for fault in refusal.faults:
        form.add_error(fault.field if fault.field in form.fields else None, fault.sentence)
    if not refusal.faults:
        form.add_error(None, refusal.sentence)


class EntryForm(BaseForm):
    """One piece of work. `kunci` is the code the activity will carry, so that a second sending is recognised."""

    katalog = forms.ChoiceField(label="Jenis pekerjaan", error_messages={"required": "Pilih jenis pekerjaan."})
    tanggal = DateField(label="Tanggal", error_messages={"required": "Isi tanggal pekerjaan."}, help_text="")
    mulai = ClockField(label="Jam mulai", error_messages={"required": "Isi jam mulai."})
    selesai = ClockField(label="Jam selesai", error_messages={"required": "Isi jam selesai."})
    volume = VolumeField(label="Volume", error_messages={"required": "Isi banyaknya hasil."})
    uraian = forms.CharField(
        label="Apa yang dikerjakan dan hasilnya",
        error_messages={"required": "Jelaskan apa yang dikerjakan dan hasilnya."},
        max_length=500,
        widget=TextareaWidget(attrs={"rows": 3}),
        help_text="Paling sedikit 20 huruf, misalnya: Melayani 12 warga mengurus kartu keluarga.",
    )
    bukti = forms.FileField(
        label="Bukti",
        required=False,
        help_text="Foto atau PDF, paling besar 5 MB.",
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )
    rhk = forms.ChoiceField(label="Untuk rencana hasil kerja (SKP)", required=False)
    kunci = forms.CharField(required=False, widget=forms.HiddenInput)
    versi = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, items: list[Katalog], usual: list[Katalog], planned: list[Rhk], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.kode: item for item in items}
        widget = CatalogueSelect()
        widget.items = self.items
        self.fields["katalog"].widget = widget
        field: Any = self.fields["katalog"]
        field.choices = [("", "Pilih …"), *grouped(items, usual)]
        self.planned = {str(row.pk): row for row in planned}
        plan: Any = self.fields["rhk"]
        plan.choices = [("", "Tidak dikaitkan"), *((key, row.uraian) for key, row in self.planned.items())]
        if "simpan" in self.data:
            self.fields["uraian"].required = False

    def clean_kunci(self) -> str:
        """Return the code the page came with; a malformed one is replaced."""
        text = codes.normalise(self.cleaned_data.get("kunci") or "")
        return text if codes.is_wellformed(text) else codes.new_code()

    def entry(self) -> Entry:
        """Return what was typed."""
        data = self.cleaned_data
        return Entry(
            tanggal=data["tanggal"],
            mulai=data["mulai"],
            selesai=data["selesai"],
            katalog=self.items[data["katalog"]],
            volume=data["volume"],
            uraian=data["uraian"],
            rhk=self.planned.get(data["rhk"]),
        )


def initial_of(activity: Aktivitas) -> dict[str, Any]:
    """Return the values of a stored activity for the form."""
    names = ("tanggal", "mulai", "selesai", "volume", "uraian")
    return {name: getattr(activity, name) for name in names} | {
        "katalog": activity.katalog.kode,
        "rhk": activity.rhk_id or "",
        "kunci": activity.kode,
        "versi": activity.version,
    }


class DecisionForm(BaseForm):
    """What a superior decides: minutes (empty: all that count) and a reason."""

    menit = WholeNumberField(label="Menit yang disetujui", required=False, max_value=1440, unit="menit")
    alasan = forms.CharField(
        label="Alasan",
        required=False,
        max_length=300,
        widget=TextareaWidget(attrs={"rows": 2}),
        help_text="Wajib bila menit diturunkan, dikembalikan, atau ditolak.",
    )
    versi = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(BaseForm):
    """A reason for an act that needs one: opening again, a finding, an answer."""

    alasan = forms.CharField(label="Penjelasan", max_length=300, widget=TextareaWidget(attrs={"rows": 2}))
    versi = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(BaseForm):
    """An act that needs nothing but the version of the page it was seen on."""

    versi = forms.IntegerField(widget=forms.HiddenInput)


class PaymentForm(VersionForm):
    """When a list was paid, and by which payment order."""

    tanggal = DateField(label="Tanggal bayar", error_messages={"required": "Isi tanggal pembayaran."})
    sp2d = forms.CharField(label="Nomor SP2D", max_length=60, error_messages={"required": "Isi nomor SP2D."})


class PaidForm(VersionForm):
    """When the difference of a correction was paid or taken back."""

    tanggal = DateField(label="Tanggal bayar", error_messages={"required": "Isi tanggal pembayaran."})


class ObjectionForm(BaseForm):
    """What an employee objects to."""

    alasan = forms.CharField(
        label="Apa yang keliru",
        max_length=1000,
        widget=TextareaWidget(attrs={"rows": 5}),
        help_text="Sebut tanggal dan angkanya, misalnya: tanggal 12 saya dinas luar, tetapi tertulis tanpa keterangan.",
        error_messages={"required": "Tuliskan apa yang keliru."},
    )


class OutageForm(BaseForm):
    """A time in which E-RK did not work."""

    tanggal = DateField(label="Tanggal", error_messages={"required": "Isi tanggal gangguan."})
    mulai = ClockField(label="Sejak", error_messages={"required": "Isi jam awal gangguan."})
    selesai = ClockField(label="Sampai", error_messages={"required": "Isi jam akhir gangguan."})
    keterangan = forms.CharField(
        label="Yang terjadi", max_length=200, error_messages={"required": "Tuliskan yang terjadi."}
    )


class DisturbanceForm(BaseForm):
    """A day on which the attendance system failed for everybody."""

    tanggal = DateField(label="Tanggal", latest=dates.today, error_messages={"required": "Isi tanggal gangguan."})
    keterangan = forms.CharField(
        label="Yang terjadi", max_length=200, error_messages={"required": "Tuliskan yang terjadi."}
    )


class VerdictForm(VersionForm):
    """What a verifier found, and why."""

    putusan = forms.ChoiceField(
        label="Putusan", choices=[("", "Pilih …"), *Verdict.choices], error_messages={"required": "Pilih putusannya."}
    )
    alasan = forms.CharField(
        label="Penjelasan",
        max_length=300,
        widget=TextareaWidget(attrs={"rows": 2}),
        error_messages={"required": "Tuliskan yang diperiksa dan alasannya."},
    )


class WrongSuperiorForm(BaseForm):
    """Who the superior should be."""

    seharusnya = forms.CharField(
        label="Atasan saya seharusnya",
        max_length=200,
        help_text="Nama atau jabatannya, misalnya: Kepala Bidang Lalu Lintas.",
        error_messages={"required": "Tuliskan nama atau jabatan atasan yang seharusnya."},
    )


class NormForm(BaseForm):
    """A new version of a catalogue item."""

    norma = WholeNumberField(
        label="Norma", unit="menit", max_value=600, error_messages={"required": "Isi normanya dalam menit."}
    )
    norma_maks = WholeNumberField(
        label="Norma paling lama", unit="menit", required=False, min_value=2, max_value=600,
        help_text="Bila normanya rentang; kosong berarti satu angka.",
    )  # fmt: skip
    maks_harian = WholeNumberField(label="Paling banyak sehari", required=False, min_value=1, max_value=50)
    wajib_bukti = forms.BooleanField(label="Perlu bukti", required=False)
    wajib_rhk = forms.BooleanField(label="Harus dikaitkan dengan rencana hasil kerja (SKP)", required=False)
    rumpun = forms.MultipleChoiceField(
        label="Hanya untuk rumpun jabatan", choices=JenisJabatan.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text="Kosong berarti untuk semua jabatan.",
    )  # fmt: skip
    mulai = DateField(label="Berlaku sejak", error_messages={"required": "Isi awal bulan mulai berlakunya."})
    dasar = forms.CharField(label="Dasar", max_length=200, error_messages={"required": "Isi dasar perubahannya."})


class ActingForm(BaseForm):
    """Who decides in a position during a leave."""

    jabatan = forms.ChoiceField(label="Jabatan Anda")
    pengganti = forms.ChoiceField(label="Digantikan oleh", error_messages={"required": "Pilih pengganti."})
    mulai = DateField(label="Sejak", error_messages={"required": "Isi hari pertama."})
    akhir = DateField(label="Sampai", error_messages={"required": "Isi hari terakhir."})
    dasar = forms.CharField(
        label="Nomor surat perintah", max_length=200, error_messages={"required": "Isi nomor surat perintahnya."}
    )

    def __init__(self, *args: Any, positions: list[Jabatan], people: list[Pegawai], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.positions = {str(row.pk): row for row in positions}
        self.people = {row.kode: row for row in people}
        position: Any = self.fields["jabatan"]
        position.choices = [(key, row.nama) for key, row in self.positions.items()]
        deputy: Any = self.fields["pengganti"]
        deputy.choices = [("", "Pilih …"), *((row.kode, row.nama_lengkap) for row in people)]

    def values(self) -> tuple[Jabatan, Pegawai, dt.date, dt.date, str]:
        """Return position, deputy, first and last day, and the order's number."""
        data = self.cleaned_data
        position, deputy = self.positions[data["jabatan"]], self.people[data["pengganti"]]
        return position, deputy, data["mulai"], data["akhir"], data["dasar"]


class MonthForm(BaseForm):
    """A month chosen from those that have begun."""

    bulan = forms.ChoiceField(label="Bulan")

    def __init__(self, *args: Any, months: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bulan"]
        field.choices = [(f"{m:%Y-%m}", f"{dates.MONTHS[m.month - 1]} {m.year}") for m in months]
