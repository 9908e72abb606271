"""Forms of unplanned aid."""

from typing import Any

from django import forms

from core import dates, identity
from core.forms import BaseForm, DateField, NikField, PlaceField, RupiahField
from core.models import User
from core.widgets import TextareaWidget
from sabilulungan.domain import rulebook
from sabilulungan.enums import AidAction, AidWay, Purpose, Role
from sabilulungan.models import UnplannedAid


class AidRequestForm(BaseForm):
    """A written request, or the letter of an authorised official."""

    office = forms.ChoiceField(label="Dinas yang memeriksa")
    request_letter = forms.CharField(label="Surat permintaan", max_length=120, help_text="Nomor dan asal surat.")
    name = forms.CharField(label="Nama penerima", max_length=150)
    nik = NikField(label="NIK penerima")
    address = forms.CharField(label="Alamat", max_length=200)
    village_code = PlaceField(label="Kelurahan atau desa")
    purpose = forms.ChoiceField(label="Tujuan", choices=[("", "Pilih"), *Purpose.choices])
    need = forms.CharField(
        label="Keadaan yang mendesak", max_length=1000, widget=TextareaWidget(attrs={"rows": 4}),
        help_text="Hanya dibaca petugas yang menangani.",
    )  # fmt: skip
    amount = RupiahField(label="Jumlah", min_value=1)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = user.scopes(Role.OPD)
        offices = [one for one in rulebook.current().offices if user.has_role(Role.OPERATOR) or one.code in scopes]
        self.fields["office"].choices = [(one.code, one.name) for one in offices]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Return the columns of the request."""
        return {**self.cleaned_data, "nik_token": identity.token(self.cleaned_data["nik"])}


class _ActForm(BaseForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, aid: UnplannedAid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = aid.version


class AidPlainForm(_ActForm):
    """Nothing to type."""


class AidNoteForm(_ActForm):
    """A result or a reason."""

    note = forms.CharField(label="Hasil atau alasan", max_length=1000, widget=TextareaWidget(attrs={"rows": 4}))


class AidApprovalForm(_ActForm):
    """The number of the head's approval."""

    approval = forms.CharField(label="Nomor persetujuan", max_length=80)


class AidPaymentForm(_ActForm):
    """How and when it was paid."""

    way = forms.ChoiceField(label="Cara pembayaran", choices=AidWay.choices, widget=forms.RadioSelect)
    receipt = forms.CharField(label="Nomor kuitansi atau bukti transfer", max_length=80)
    paid_on = DateField(label="Tanggal disalurkan", latest=dates.today)


FORMS: dict[str, type[_ActForm]] = {
    AidAction.PERIKSA: AidPlainForm,
    AidAction.TERUSKAN: AidNoteForm,
    AidAction.TOLAK: AidNoteForm,
    AidAction.SETUJUI: AidApprovalForm,
    AidAction.SALURKAN: AidPaymentForm,
}
