"""Pages of the submission: start, activity, cost lines, documents, declarations."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from core.forms import BaseForm, DateField, PlaceField, RupiahField, WholeNumberField
from core.widgets import TextareaWidget
from sabilulungan import validators
from sabilulungan.domain.drafts import MOST_LINES, LineData
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import BANSOS_RECIPIENTS, HIBAH_RECIPIENTS, Form, Kind, Nature, Purpose
from sabilulungan.interfaces.forms.fields import VolumeField
from sabilulungan.models import Proposal, Recipient
from sabilulungan.rules.window import Window

DECLARATIONS = (
    "Semua isian dan berkas ini benar.",
    "Kegiatan ini belum dibiayai dari sumber lain dan belum dilaksanakan.",
    "Bantuan tidak akan diteruskan kepada pihak lain.",
    "Kami bersedia diperiksa dan melaporkan penggunaannya.",
)


def kinds_for(recipient: Recipient) -> list[tuple[str, str]]:
    """Return which kinds a recipient may ask for."""
    return [
        (kind.value, str(kind.label))
        for kind, allowed in ((Kind.HIBAH, HIBAH_RECIPIENTS), (Kind.BANSOS, BANSOS_RECIPIENTS))
        if recipient.type in allowed
    ]


class StartForm(BaseForm):
    """For whom, and for which budget year."""

    recipient = forms.ChoiceField(label="Atas nama", widget=forms.RadioSelect)
    budget_year = forms.TypedChoiceField(label="Untuk tahun anggaran", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, recipients: list[Recipient], windows: list[Window], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].choices = [(one.public_id, one.name) for one in recipients]  # type: ignore[attr-defined]
        self.fields["budget_year"].choices = [  # type: ignore[attr-defined]
            (str(window.budget_year), f"{window.budget_year}") for window in windows
        ]
        if len(recipients) == 1:
            self.fields["recipient"].initial = recipients[0].public_id
        if len(windows) == 1:
            self.fields["budget_year"].initial = str(windows[0].budget_year)


class ActivityForm(BaseForm):
    """What an organisation wants to do. Nothing is required while it is a draft."""

    title = forms.CharField(label="Judul kegiatan", max_length=150, validators=[validators.public_text])
    form = forms.ChoiceField(label="Bantuan yang diminta", widget=forms.RadioSelect)
    nature = forms.ChoiceField(label="Sifat kegiatan", choices=Nature.choices, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label="Tujuan bantuan", choices=[("", "Pilih"), *Purpose.choices])
    field = forms.TypedChoiceField(label="Bidang", coerce=int, empty_value=None)
    background = forms.CharField(
        label="Latar belakang", max_length=2000, widget=TextareaWidget, validators=[validators.public_text],
        help_text="Mengapa kegiatan ini perlu. Tulisan ini tampil untuk umum.",
    )  # fmt: skip
    aims = forms.CharField(
        label="Maksud dan tujuan", max_length=2000, widget=TextareaWidget, validators=[validators.public_text]
    )
    target_group = forms.CharField(
        label="Sasaran",
        max_length=200,
        help_text="Siapa yang akan merasakan manfaatnya.",
        validators=[validators.public_text],
    )
    beneficiaries = WholeNumberField(
        label="Banyaknya penerima manfaat", min_value=1, max_value=10_000_000, unit="orang"
    )
    place = forms.CharField(label="Tempat kegiatan", max_length=200, validators=[validators.public_text])
    village_code = PlaceField(label="Wilayah kegiatan")
    starts_on = DateField(label="Mulai")
    ends_on = DateField(label="Selesai")
    account = forms.ChoiceField(label="Rekening penerima")

    person_fields = ("form", "purpose", "field", "personal_reason", "starts_on", "ends_on", "account")

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        if proposal.recipient.is_person:
            self._for_person()
        elif proposal.kind == Kind.HIBAH:
            del self.fields["purpose"]
        profile = profile_of(proposal)
        choices = sorted(((route.code, route.name) for route in profile.fields), key=lambda pair: pair[1])
        self.fields["field"].choices = [("", "Pilih bidang"), *choices]  # type: ignore[attr-defined]
        forms_allowed = [form for form in Form if proposal.kind == Kind.HIBAH or form != Form.JASA]
        self.fields["form"].choices = [(form.value, form.label) for form in forms_allowed]  # type: ignore[attr-defined]
        self._accounts = {str(account.pk): account for account in proposal.recipient.accounts.all()}
        self.fields["account"].choices = [  # type: ignore[attr-defined]
            ("", "Belum ada"),
            *((key, str(account)) for key, account in self._accounts.items()),
        ]
        for one in self.fields.values():
            one.required = False
        for name in ("form", "nature"):
            if name in self.fields:
                self.fields[name].required = True

    def _for_person(self) -> None:
        self.fields["personal_reason"] = forms.CharField(
            label="Mengapa Anda memerlukan bantuan ini", max_length=2000, widget=TextareaWidget,
            help_text="Hanya dibaca petugas yang menangani; tidak tampil untuk umum.",
        )  # fmt: skip
        for name in list(self.fields):
            if name not in self.person_fields:
                del self.fields[name]
        self.order_fields(self.person_fields)

    def clean(self) -> dict[str, Any]:
        """Check that the activity ends after it starts."""
        data = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "Tanggal selesai lebih awal daripada tanggal mulai.")
        return data

    def values(self) -> dict[str, Any]:
        """Return the columns to store."""
        data = dict(self.cleaned_data)
        data["account"] = self._accounts.get(data.pop("account", ""))
        if not data.get("village_code"):
            data["village_code"] = self.proposal.recipient.village_code
        return data

    @classmethod
    def initial_of(cls, proposal: Proposal) -> dict[str, Any]:
        """Return what a draft holds, as the form shows it."""
        names = [*cls.base_fields, "personal_reason"]
        found = {name: getattr(proposal, name) for name in names if name != "account"}
        return {**found, "account": str(proposal.account_id or "")}


class LineForm(BaseForm):
    """One cost line."""

    description = forms.CharField(label="Uraian", max_length=150, validators=[validators.public_text])
    volume = VolumeField(label="Banyaknya")
    unit = forms.CharField(label="Satuan", max_length=30)
    unit_price = RupiahField(label="Harga satuan", min_value=1)


class _Lines(BaseFormSet):  # type: ignore[type-arg]
    def initial_form_count(self) -> int:
        """Treat every row that was sent alike: a filled one is kept, an emptied one is gone."""
        return 0 if self.is_bound else super().initial_form_count()

    def lines(self) -> list[LineData]:
        """Return the filled rows."""
        return [
            LineData(row["description"], row["volume"], row["unit"], row["unit_price"])
            for row in (form.cleaned_data for form in self.forms if form.has_changed())
            if row
        ]


def line_formset(extra: int = 3) -> type[_Lines]:
    """Return the formset of cost lines with some empty rows at the end."""
    found: type[_Lines] = formset_factory(
        LineForm, formset=_Lines, extra=extra, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES + 20
    )
    return found


class SendForm(BaseForm):
    """The declarations, as one tick."""

    declared = forms.BooleanField(label="Saya menyatakan semua hal di atas benar.", required=False)


class WithdrawForm(BaseForm):
    """Why a proposal is withdrawn."""

    note = forms.CharField(
        label="Alasan menarik usulan", max_length=300, widget=TextareaWidget, validators=[validators.public_text],
        help_text="Alasan ini tampil untuk umum.",
    )  # fmt: skip
