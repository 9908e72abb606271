"""Forms of the later life: one for each act from budget line to end of sanction."""

from typing import Any

from django import forms

from core import dates, officials
from core.forms import DateField, NikField, PhoneField, PlaceField, RupiahField
from core.money import rupiah
from core.widgets import TextareaWidget
from sabilulungan import validators
from sabilulungan.domain.flow.report_guards import refunded, unsettled
from sabilulungan.domain.recipients import chair, full_address
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Action, Form, LeaderReason, Phase, ReportCheck
from sabilulungan.interfaces.forms.acts import ActForm, ItemsForm, ReasonForm, note_field
from sabilulungan.interfaces.forms.fields import UnitField
from sabilulungan.rules.after import ACCOUNT_CODES

_SCAN_HELP = "PDF atau foto yang terbaca, paling besar 5 MB."


class ScanField(forms.FileField):
    """A scan given with an act; type and size are judged by its content when it is stored."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _SCAN_HELP)
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}))
        super().__init__(allow_empty_file=True, **kwargs)


class BudgetLineForm(ActForm):
    """The line of annex III or IV, as printed."""

    account_code = forms.CharField(label="Kode rekening belanja", max_length=24)
    name = forms.CharField(label="Nama di lampiran", max_length=150)
    address = forms.CharField(label="Alamat di lampiran", max_length=300)
    amount = RupiahField(label="Jumlah di lampiran", min_value=1)

    def build(self) -> None:
        """Begin with what was approved."""
        proposal = self.proposal
        self.fields["account_code"].help_text = f"Dimulai dengan {ACCOUNT_CODES[proposal.kind]}."
        self.fields["name"].initial = proposal.recipient.name
        self.fields["address"].initial = full_address(proposal.recipient)
        self.fields["amount"].initial = proposal.amount_approved


class ChangeLineForm(ActForm):
    """The line as amended before the decree: code, amount, and the recipient's name and address."""

    account_code = forms.CharField(label="Kode rekening belanja", max_length=24)
    amount = RupiahField(label="Jumlah di lampiran", min_value=1)
    name = forms.CharField(label="Nama penerima", max_length=150, validators=[validators.public_text])
    address = forms.CharField(label="Alamat", max_length=200, validators=[validators.public_text])
    rt = UnitField(label="RT", required=False)
    rw = UnitField(label="RW", required=False)
    village_code = PlaceField(label="Kelurahan atau desa")
    scan = ScanField(
        label="Bukti perubahan nama atau alamat", required=False,
        help_text=f"Akta perubahan atau surat domisili; tidak perlu bila hanya jumlah yang berubah. {_SCAN_HELP}",
    )  # fmt: skip
    note = note_field("Alasan", required=True)

    def build(self) -> None:
        """Begin with the line as it stands."""
        recipient, entry = self.proposal.recipient, self.proposal.budget_entry
        first = {"account_code": entry.account_code, "amount": entry.amount}
        first |= {name: getattr(recipient, name) for name in ("name", "address", "rt", "rw", "village_code")}
        for name, value in first.items():
            self.fields[name].initial = value


class DecreeForm(ActForm):
    """The decree's line: compared letter by letter with the annex."""

    decree_number = forms.CharField(label="Nomor keputusan", max_length=80)
    signed_on = DateField(label="Tanggal keputusan", latest=dates.today)
    name = forms.CharField(label="Nama di keputusan", max_length=150)
    address = forms.CharField(label="Alamat di keputusan", max_length=300)
    amount = RupiahField(label="Jumlah di keputusan", min_value=1)
    scan = ScanField(label="Pindaian keputusan")

    def build(self) -> None:
        """Begin with the annex; the officer compares it with the signed decree."""
        entry = self.proposal.budget_entry
        self.fields["name"].initial, self.fields["address"].initial = entry.name, entry.address
        self.fields["amount"].initial = entry.amount


class SignForm(ActForm):
    """The region's side of the agreement; its number comes from the region's pattern."""

    signed_on = DateField(label="Tanggal perjanjian", latest=dates.today, initial=dates.today)
    giver_name = forms.CharField(label="Nama penanda tangan", max_length=150)

    def build(self) -> None:
        """Begin with the head of region, where the profile names one and the head signs."""
        if profile_of(self.proposal).after.agreement_signer == "KDH":
            self.fields["giver_name"].initial = officials.head_of_region()["name"]


class ReturnRequestForm(ItemsForm):
    """Papers of the pay-out file to mend."""

    phase = Phase.PENCAIRAN
    others: dict[str, str] = {}


class PaymentForm(ActForm):
    """A direct payment: SPP, SPM, SP2D and the proof of transfer."""

    spp = forms.CharField(label="Nomor SPP", max_length=80)
    spm = forms.CharField(label="Nomor SPM", max_length=80)
    sp2d = forms.CharField(label="Nomor SP2D", max_length=80)
    paid_on = DateField(label="Tanggal bayar", latest=dates.today)
    amount = RupiahField(label="Jumlah dibayar", min_value=1)
    scan = ScanField(label="Bukti transfer")

    def build(self) -> None:
        """Begin with what is left of the agreement."""
        self.fields["amount"].initial = (self.proposal.amount_agreed or 0) - (self.proposal.amount_paid or 0)


class HandoverForm(ActForm):
    """Goods or services handed over."""

    handover = forms.CharField(label="Nomor berita acara serah terima", max_length=80)
    paid_on = DateField(label="Tanggal serah terima", latest=dates.today)
    amount = RupiahField(label="Nilai barang atau jasa", min_value=1)
    scan = ScanField(label="Berita acara yang ditandatangani")

    def build(self) -> None:
        """Begin with the agreed value."""
        self.fields["amount"].initial = self.proposal.amount_agreed


class VoidForm(ReasonForm):
    """Why an allocation is void, and by which decision."""

    decree_number = forms.CharField(label="Nomor keputusan pembatalan", max_length=80)
    field_order = ("version", "decree_number", "note")


class AcceptReportForm(ActForm):
    """The checks of a report."""

    note = note_field("Catatan")

    def build(self) -> None:
        """Add the checks, and say what is left."""
        for item in ReportCheck:
            self.fields[f"check_{item.value}"] = forms.BooleanField(label=item.label, required=False)
        self.order_fields(["version", *(f"check_{item}" for item in ReportCheck.values), "note"])
        left = unsettled(self.proposal)
        self.fields["note"].help_text = f"Sisa yang belum disetor: {rupiah(max(left, 0))}. Catatan tampil untuk umum."

    def data_of(self) -> dict[str, Any]:
        """Return the checks by code."""
        return {"checks": {item: self.cleaned_data.get(f"check_{item}", False) for item in ReportCheck.values}}


class RefundForm(ActForm):
    """A deposit slip of the treasury."""

    sts_number = forms.CharField(label="Nomor STS", max_length=80)
    paid_on = DateField(label="Tanggal setor", latest=dates.today)
    amount = RupiahField(label="Jumlah disetor", min_value=1)

    def build(self) -> None:
        """Begin with what is still open."""
        left = unsettled(self.proposal)
        most = (self.proposal.amount_paid or 0) - refunded(self.proposal)
        self.fields["amount"].initial = min(left, most) if left > 0 else None


class FindingForm(ReasonForm):
    """A sanction or a finding: what must be paid back, and why."""

    amount = RupiahField(label="Wajib dikembalikan")
    field_order = ("version", "amount", "note")


class EndSanctionForm(ActForm):
    """Nothing to type: the guard compares report, refunds and finding."""


class LeaderForm(ActForm):
    """A new leader with the papers of R16."""

    reason = forms.ChoiceField(label="Mengapa", choices=LeaderReason.choices, widget=forms.RadioSelect)
    new_name = forms.CharField(label="Nama ketua baru", max_length=150)
    nik = NikField(label="NIK ketua baru")
    phone = PhoneField(label="Telepon ketua baru", required=False)
    certificate = ScanField(label="Akta kematian ketua lama", required=False, help_text="Bila ketua meninggal dunia.")
    appointment = ScanField(
        label="Surat penunjukan ketua baru",
        help_text="Keputusan rapat pengurus, atau surat lurah untuk kelompok warga.",
    )


class ConfirmForm(ActForm):
    """The recipient's half of the agreement."""

    signer_name = forms.CharField(label="Nama penanda tangan", max_length=150)
    recipient_number = forms.CharField(label="Nomor surat Anda", max_length=80, required=False)
    accepted = forms.BooleanField(
        label="Kami memakai bantuan ini hanya untuk kegiatan yang disetujui, tidak meneruskannya kepada pihak lain, "
        "melaporkannya tepat waktu, dan menyetor kembali sisanya.",
        required=False,
    )

    def build(self) -> None:
        """Begin with the leader on file."""
        leader = chair(self.proposal.recipient)
        self.fields["signer_name"].initial = leader.name if leader else ""


class RequestForm(ActForm):
    """The pay-out request."""

    account = forms.ChoiceField(label="Rekening penerima")
    use_plan = forms.CharField(
        label="Rencana penggunaan", max_length=2000, widget=TextareaWidget(attrs={"rows": 5}),
        validators=[validators.public_text],
    )  # fmt: skip

    def build(self) -> None:
        """Offer the recipient's accounts; goods need none."""
        if self.proposal.form != Form.UANG:
            del self.fields["account"]
            return
        accounts = self.proposal.recipient.accounts.all()
        self.fields["account"].choices = [(str(one.pk), str(one)) for one in accounts]  # type: ignore[attr-defined]
        self.fields["account"].initial = str(self.proposal.account_id or "")


class ReportForm(ActForm):
    """The final report: what was done, and the use of every cost line."""

    activity = forms.CharField(
        label="Apa yang sudah dilaksanakan", max_length=4000, widget=TextareaWidget(attrs={"rows": 8}),
        validators=[validators.public_text], help_text="Kegiatan, waktu, tempat, dan hasilnya. Tampil untuk umum.",
    )  # fmt: skip
    unfinished_until = DateField(
        label="Pekerjaan belum selesai? Tulis kapan selesainya", required=False,
        help_text="Kosongkan bila sudah selesai. Laporan akhir menyusul paling lambat sebulan sesudah tanggal ini.",
    )  # fmt: skip
    video = forms.URLField(label="Tautan video", required=False, max_length=200, assume_scheme="https")

    def build(self) -> None:
        """Add a field for each line, and say what was received."""
        lines = list(self.proposal.lines.all())
        for line in lines:
            self.fields[f"line_{line.number}"] = RupiahField(
                label=f"Dipakai untuk {line.description}",
                help_text=f"Ditetapkan {rupiah(line.amount_decreed or 0)}.",
                initial=line.amount_realised,
            )
        amounts = [f"line_{line.number}" for line in lines]
        self.order_fields(["version", "activity", *amounts, "unfinished_until", "video"])

    def data_of(self) -> dict[str, Any]:
        """Return the text, and the amounts by line number."""
        data = self.cleaned_data
        numbers = [line.number for line in self.proposal.lines.all()]
        return {
            "activity": data["activity"],
            "video": data.get("video", ""),
            "unfinished_until": data.get("unfinished_until"),
            "lines": {number: data.get(f"line_{number}") for number in numbers},
        }


FORMS: dict[str, type[ActForm]] = {
    Action.ANGGARKAN: BudgetLineForm,
    Action.TIDAK_DIANGGARKAN: ReasonForm,
    Action.UBAH_BARIS: ChangeLineForm,
    Action.TETAPKAN: DecreeForm,
    Action.TANDATANGANI: SignForm,
    Action.BAYAR: PaymentForm,
    Action.BAYAR_LAGI: PaymentForm,
    Action.SERAHKAN: HandoverForm,
    Action.BATALKAN: VoidForm,
    Action.KEMBALIKAN_LAPORAN: ReasonForm,
    Action.TERIMA_LAPORAN: AcceptReportForm,
    Action.CATAT_SETORAN: RefundForm,
    Action.SANKSI: FindingForm,
    Action.TEMUAN: FindingForm,
    Action.AKHIRI_SANKSI: EndSanctionForm,
}
APPLICANT_FORMS: dict[str, type[ActForm]] = {
    Action.GANTI_KETUA: LeaderForm,
    Action.KONFIRMASI: ConfirmForm,
    Action.MINTA_CAIR: RequestForm,
    Action.LAPORKAN: ReportForm,
}
