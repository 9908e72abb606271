"""Registration of an organisation by its officer, and of a person or family."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import dates
from core.forms import BaseForm, DateField, NikField, NpwpField, PhoneField, PlaceField
from core.models import User
from sabilulungan import validators
from sabilulungan.domain.recipients import OfficerData, RecipientData
from sabilulungan.enums import ORGANISATIONS, PERSONS, Position, RecipientType
from sabilulungan.interfaces.forms.fields import AccountField, FamilyCardField, PositionField, UnitField


class _RecipientForm(BaseForm):
    types: tuple[RecipientType, ...] = ()
    parts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["type"].choices = [(kind.value, kind.label) for kind in self.types]  # type: ignore[attr-defined]

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in self.parts]

    def _checked_nik(self, name: str) -> None:
        nik = self.cleaned_data.get(name)
        if nik:
            try:
                validators.adult(nik, dates.today())
            except ValidationError as error:
                self.add_error(name, error)

    def _account(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "bank": data["bank"],
            "account_number": data["account_number"] or "",
            "account_owner": data["account_owner"],
            "account_opened": data["account_opened"],
        }

    def _check_account(self) -> None:
        data = self.cleaned_data
        given = [bool(data.get(name)) for name in ("bank", "account_number", "account_owner")]
        if any(given) and not all(given):
            self.add_error("account_number", "Isi bank, nomor rekening, dan nama pemiliknya bersama-sama.")


class OrganisationForm(_RecipientForm):
    """An organisation or group, its chair and secretary, its account."""

    types = ORGANISATIONS
    parts = (
        ("Organisasi", ("type", "name", "registered_on", "deed_number", "approval_number", "npwp")),
        ("Sekretariat", ("address", "rt", "rw", "village_code", "position", "phone", "email")),
        ("Pengurus", ("chair_name", "chair_nik", "chair_phone", "secretary_name", "secretary_nik")),
        ("Rekening", ("bank", "account_number", "account_owner", "account_opened")),
    )

    type = forms.ChoiceField(label="Jenis organisasi")
    name = forms.CharField(
        label="Nama organisasi", max_length=150, help_text="Seperti tertulis di akta atau surat keterangan.",
        validators=[validators.public_text],
    )  # fmt: skip
    registered_on = DateField(
        label="Terdaftar sejak",
        latest=dates.today,
        help_text="Tanggal akta atau surat keterangan terdaftar, misalnya 24/11/2019.",
    )
    deed_number = forms.CharField(label="Nomor akta", max_length=60, required=False)
    approval_number = forms.CharField(label="Nomor pengesahan badan hukum", max_length=60, required=False)
    npwp = NpwpField(label="NPWP organisasi", required=False, help_text="15 atau 16 angka.")
    address = forms.CharField(
        label="Alamat sekretariat",
        max_length=200,
        help_text="Alamat ini tampil untuk umum.",
        validators=[validators.public_text],
    )
    rt = UnitField(label="RT", required=False)
    rw = UnitField(label="RW", required=False)
    village_code = PlaceField(label="Wilayah")
    position = PositionField(
        label="Titik peta sekretariat", required=False,
        help_text="Lintang dan bujur, misalnya -6.914744, 107.609810; tampil untuk umum.",
    )  # fmt: skip
    phone = PhoneField(label="Telepon organisasi", required=False)
    email = forms.EmailField(label="Surel organisasi", required=False)
    chair_name = forms.CharField(label="Nama ketua", max_length=150, validators=[validators.public_text])
    chair_nik = NikField(label="NIK ketua", help_text="16 angka di KTP. Tidak pernah ditampilkan untuk umum.")
    chair_phone = PhoneField(label="Telepon ketua")
    secretary_name = forms.CharField(label="Nama sekretaris", max_length=150)
    secretary_nik = NikField(label="NIK sekretaris")
    bank = forms.CharField(label="Bank", max_length=60, required=False)
    account_number = AccountField(label="Nomor rekening", required=False)
    account_owner = forms.CharField(
        label="Nama pemilik rekening", max_length=150, required=False, help_text="Harus sama dengan nama organisasi."
    )
    account_opened = DateField(
        label="Rekening dibuka sejak",
        required=False,
        latest=dates.today,
        help_text="Lihat buku tabungan.",
    )

    def clean(self) -> dict[str, Any]:
        """Check ages, that chair and secretary are two people, and the account as a whole."""
        data = super().clean() or {}
        self._checked_nik("chair_nik")
        self._checked_nik("secretary_nik")
        if data.get("chair_nik") and data.get("chair_nik") == data.get("secretary_nik"):
            self.add_error("secretary_nik", "Ketua dan sekretaris harus dua orang yang berbeda.")
        self._check_account()
        return data

    def data_of(self) -> RecipientData:
        """Return what was typed as the domain takes it."""
        data = self.cleaned_data
        return RecipientData(
            type=RecipientType(data["type"]),
            name=data["name"],
            address=data["address"],
            rt=data["rt"] or "",
            rw=data["rw"] or "",
            village_code=data["village_code"],
            officers=(
                OfficerData(Position.KETUA, data["chair_name"], data["chair_nik"], data["chair_phone"] or ""),
                OfficerData(Position.SEKRETARIS, data["secretary_name"], data["secretary_nik"]),
            ),
            phone=data["phone"] or "",
            email=data["email"],
            npwp=data["npwp"] or "",
            deed_number=data["deed_number"],
            approval_number=data["approval_number"],
            registered_on=data["registered_on"],
            position=data["position"],
            **self._account(),
        )


class PersonForm(_RecipientForm):
    """A person or the head of a family who applies for social aid."""

    types = PERSONS
    parts = (
        ("Diri", ("type", "name", "nik", "family_card", "phone")),
        ("Rumah", ("address", "rt", "rw", "village_code")),
        ("Rekening", ("bank", "account_number", "account_owner", "account_opened")),
    )

    type = forms.ChoiceField(label="Bantuan untuk", widget=forms.RadioSelect)
    name = forms.CharField(label="Nama lengkap", max_length=150, help_text="Untuk umum hanya tampil huruf awalnya.")
    nik = NikField(label="NIK", help_text="16 angka di KTP. Tidak pernah ditampilkan untuk umum.")
    family_card = FamilyCardField(
        label="Nomor kartu keluarga (KK)", required=False,
        help_text="16 angka; wajib untuk keluarga. Tidak pernah ditampilkan untuk umum.",
    )  # fmt: skip
    phone = PhoneField(label="Telepon")
    address = forms.CharField(
        label="Alamat rumah", max_length=200, help_text="Untuk umum hanya tampil RW dan kelurahan atau desa."
    )
    rt = UnitField(label="RT")
    rw = UnitField(label="RW")
    village_code = PlaceField(label="Wilayah")
    bank = forms.CharField(label="Bank", max_length=60, required=False)
    account_number = AccountField(label="Nomor rekening", required=False)
    account_owner = forms.CharField(label="Nama pemilik rekening", max_length=150, required=False)
    account_opened = DateField(
        label="Rekening dibuka sejak",
        required=False,
        latest=dates.today,
        help_text="Lihat buku tabungan.",
    )

    def clean(self) -> dict[str, Any]:
        """Check the age, that a family names its card, and the account as a whole."""
        data = super().clean() or {}
        self._checked_nik("nik")
        family = data.get("type") == RecipientType.KELUARGA
        if family and not data.get("family_card") and "family_card" not in self.errors:
            self.add_error("family_card", "Isi nomor kartu keluarga.")
        self._check_account()
        return data

    def data_of(self) -> RecipientData:
        """Return what was typed as the domain takes it."""
        data = self.cleaned_data
        return RecipientData(
            type=RecipientType(data["type"]),
            name=data["name"],
            address=data["address"],
            rt=data["rt"],
            rw=data["rw"],
            village_code=data["village_code"],
            family_card=data["family_card"] or "",
            officers=(OfficerData(Position.DIRI, data["name"], data["nik"], data["phone"] or ""),),
            phone=data["phone"] or "",
            **self._account(),
        )
