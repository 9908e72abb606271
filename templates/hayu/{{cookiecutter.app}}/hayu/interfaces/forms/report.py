"""Forms of a report: its three steps, and what the owner changes later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import dates
from core.forms import BaseForm, DateField, NikField, PhoneField, PlaceField, RupiahField, WholeNumberField
from core.region import region
from core.widgets import TextareaWidget, TextWidget
from hayu.domain.places import inside
from hayu.interfaces.forms.fields import STATEMENT, NameField, NibField, PictureField, desk_address
from hayu.validators import printable

_CAPITAL_HELP = _("Uang sendiri dan pinjaman. Tanah dan bangunan tempat usaha tidak dihitung. Boleh ditulis “5 juta”.")
_SALES_HELP = _("Perkiraan seluruh penjualan setahun. Kosongkan bila usaha belum setahun.")


class FactsForm(BaseForm):
    """A form whose cleaned data go to the domain under the same names; what documents print is refused otherwise."""

    printed = True

    def clean(self) -> dict[str, Any]:
        """Refuse, beside its field, text that no document could print."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.printed:
            for name, value in list(cleaned.items()):
                self._check_printable(name, value)
        return cleaned

    def _check_printable(self, name: str, value: Any) -> None:
        try:
            printable(value if isinstance(value, str) else "")
        except ValueError as error:
            self.add_error(name, str(error))

    def data_for_domain(self) -> dict[str, Any]:
        """Return the cleaned data, empty texts instead of None where the column is text."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("note", "statement")}


class BusinessForm(FactsForm):
    """Step 1: the business and where it is."""

    business_name = NameField(label=_("Nama usaha"), help_text=_("Misalnya “Warung Kopi Bu Ani”."))
    capital = RupiahField(label=_("Modal usaha"), help_text=_CAPITAL_HELP)
    yearly_sales = RupiahField(label=_("Penjualan setahun"), help_text=_SALES_HELP, required=False)
    workers = WholeNumberField(
        label=_("Banyak orang yang bekerja"), help_text=_("Termasuk Anda sendiri."), unit=_("orang"), min_value=1,
        max_value=5000,
    )  # fmt: skip
    started_on = DateField(label=_("Mulai berjalan"), required=False, latest=dates.today)
    village_code = PlaceField(label=_("Tempat usaha"))
    address = NameField(
        label=_("Alamat usaha"),
        max_length=200,
        help_text=_("Jalan dan nomor, RT/RW, atau patokan yang mudah dikenali."),
    )
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Keep a position only when it is whole and inside the region; it is never required here."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        pair = (cleaned.get("latitude"), cleaned.get("longitude"))
        cleaned["latitude"] = cleaned["longitude"] = None
        if None not in pair:
            try:
                cleaned["latitude"], cleaned["longitude"] = inside(*pair)
            except ValueError as error:
                self.add_error(None, str(error))
                self.data = self.data.copy()  # the fields are hidden: nobody could empty them
                self.data["latitude"] = self.data["longitude"] = ""
        return cleaned


class OwnerForm(FactsForm):
    """Step 2: the owner."""

    holder_name = NameField(label=_("Nama pemilik"), help_text=_("Seperti di KTP."))
    nik = NikField(label=_("NIK"), help_text=_("16 angka di KTP. Tidak ditampilkan kepada orang lain."))
    phone = PhoneField(
        label=_("Nomor telepon"), help_text=_("Untuk kabar tentang laporan ini, misalnya 0812-3456-7890.")
    )
    nib = NibField(
        label=_("NIB"), required=False, help_text=_("Nomor Induk Berusaha dari OSS, 13 angka, bila sudah punya.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if region().licences.oss_link == "off":
            del self.fields["nib"]

    def clean_nib(self) -> str:
        """Return the NIB, "" without one."""
        return self.cleaned_data.get("nib") or ""


class DeskOwnerForm(OwnerForm):
    """Step 2 at the desk: the owner stands before the officer, whose consent is recorded."""

    email = desk_address()
    consent = NameField(
        label=_("Persetujuan pemilik"), max_length=200,
        help_text=_("Bagaimana pemilik menyetujui, misalnya “formulir bertanda tangan” atau “lisan di loket 2”."),
    )  # fmt: skip


class SendForm(BaseForm):
    """Step 3: the statement of truth."""

    statement = forms.BooleanField(
        label=STATEMENT, error_messages={"required": _("Centang pernyataan bahwa data ini benar.")}
    )


class UpdateForm(FactsForm):
    """The yearly update: a minute's work."""

    capital = RupiahField(label=_("Modal sekarang"), help_text=_CAPITAL_HELP)
    yearly_sales = RupiahField(label=_("Penjualan setahun terakhir"), required=False)
    workers = WholeNumberField(label=_("Banyak orang yang bekerja"), unit=_("orang"), min_value=1, max_value=5000)
    phone = PhoneField(label=_("Nomor telepon"))


class GrowthForm(FactsForm):
    """The business has outgrown lane LAPOR."""

    capital = RupiahField(label=_("Modal sekarang"), help_text=_CAPITAL_HELP)
    yearly_sales = RupiahField(label=_("Penjualan setahun terakhir"), required=False)
    note = forms.CharField(label=_("Catatan"), required=False, max_length=500, widget=TextareaWidget(attrs={"rows": 3}))


class CloseForm(FactsForm):
    """The business is closed."""

    closed_on = DateField(label=_("Tutup sejak"), latest=dates.today)
    note = forms.CharField(label=_("Alasan"), required=False, max_length=500, widget=TextareaWidget(attrs={"rows": 3}))


class CorrectionForm(BusinessForm):
    """What was found is mended: new data, what was done, and proof."""

    note = forms.CharField(
        label=_("Apa yang sudah dibetulkan?"), min_length=10, max_length=1000, widget=TextareaWidget(attrs={"rows": 4})
    )
    bukti_1 = PictureField(label=_("Foto atau surat bukti"), required=False, pdf=True)
    bukti_2 = PictureField(label=_("Bukti lain"), required=False, pdf=True)
    field_order = ["note", "bukti_1", "bukti_2"]

    def data_for_domain(self) -> dict[str, Any]:
        """Return the facts, and the proofs as `photos`."""
        data = super().data_for_domain()
        data["photos"] = [upload for name in ("bukti_1", "bukti_2") if (upload := data.pop(name, None))]
        return data


class CodeForm(BaseForm):
    """The code of a receipt, typed from paper."""

    kode = forms.CharField(
        label=_("Kode"), max_length=60, help_text=_("12 tanda di bawah kode QR. Huruf kecil, spasi, dan garis boleh."),
        widget=TextWidget(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
                                 "data-size": "medium"}),
    )  # fmt: skip


class CompareForm(BaseForm):
    """A PDF to compare; it is not kept."""

    berkas = forms.FileField(
        label=_("Berkas PDF"), help_text=_("Dibandingkan di sini lalu dilupakan; tidak disimpan."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )  # fmt: skip
