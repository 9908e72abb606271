"""The proposal: what is asked, where it stands, and the chain of amounts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.codes import new_code
from core.fields import EncryptedTextField
from core.models import Case
from sabilulungan.enums import ENDS_WITHOUT_MONEY, PAID_STATES, Form, Kind, Nature, Purpose, Stage, State
from sabilulungan.models.recipients import BankAccount, Recipient
from sabilulungan.models.rulebook import ProfileVersion
from sabilulungan.rules.money import CHAIN

_EVALUATED = (
    State.VERIFIKASI_TP,
    State.PERTIMBANGAN,
    State.PERSETUJUAN,
    State.DISETUJUI,
    State.DIANGGARKAN,
    State.DITETAPKAN,
    State.PERJANJIAN,
    State.PENCAIRAN,
    *PAID_STATES,
)
_APPROVED = _EVALUATED[3:]
_BUDGETED = _EVALUATED[4:]
_DECREED = _EVALUATED[5:]
_AGREED = _EVALUATED[6:]


def _falls(stage: str, *before: str, reason: str = "") -> Q:
    """Return the condition that a stage's amount is at most the one before, or that the rise has a reason (R15)."""
    previous = Coalesce(*(F(name) for name in before)) if len(before) > 1 else F(before[0])
    condition = Q(**{f"{stage}__isnull": True}) | Q(**{f"{stage}__lte": previous})
    return condition | ~Q(**{reason: ""}) if reason else condition


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals by who may see them."""

    def public(self) -> "ProposalQuerySet":
        """Return what everybody may see: everything that was filed, whatever became of it."""
        return self.filter(number__isnull=False)


class Proposal(Case):
    """A planned proposal for hibah or bansos. Amounts are whole rupiah; NULL means the step has not decided."""

    key = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    number = models.CharField("nomor usulan", max_length=24, unique=True, null=True, blank=True)
    profile = models.ForeignKey(ProfileVersion, models.PROTECT, null=True, related_name="proposals")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="proposals")
    # The recipient's own, kept here too, so that lists by kecamatan need no second table.
    recipient_district = models.CharField(max_length=8, blank=True, editable=False, db_default="")
    account = models.ForeignKey(BankAccount, models.PROTECT, null=True, blank=True, related_name="proposals")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    on_paper = models.BooleanField("diajukan lewat loket", default=False)

    budget_year = models.PositiveSmallIntegerField("tahun anggaran")
    kind = models.CharField("jenis", max_length=8, default=Kind.HIBAH)
    form = models.CharField("bentuk", max_length=8, default=Form.UANG)
    nature = models.CharField("sifat", max_length=10, default=Nature.NON_FISIK)
    purpose = models.CharField("tujuan", max_length=16, blank=True)
    field = models.PositiveSmallIntegerField("bidang", null=True, blank=True)
    office = models.CharField("dinas penilai", max_length=40, blank=True)

    title = models.CharField("judul", max_length=150, blank=True)
    background = models.TextField("latar belakang", blank=True)
    aims = models.TextField("maksud dan tujuan", blank=True)
    target_group = models.CharField("sasaran", max_length=200, blank=True)
    beneficiaries = models.PositiveIntegerField("jumlah penerima manfaat", null=True, blank=True)
    personal_reason = EncryptedTextField("alasan pribadi", blank=True)
    place = models.CharField("tempat kegiatan", max_length=200, blank=True)
    village_code = models.CharField(max_length=13, blank=True, db_index=True)
    district_code = models.CharField(max_length=8, blank=True, db_index=True)
    starts_on = models.DateField("mulai", null=True, blank=True)
    ends_on = models.DateField("selesai", null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)

    submitted_at = models.DateTimeField("diajukan", null=True, blank=True)
    register_number = models.CharField("nomor agenda", max_length=60, blank=True)
    registered_on = models.DateField("tanggal agenda", null=True, blank=True)
    resume_state = models.CharField(max_length=24, blank=True)
    stage = models.CharField("tahap", max_length=20, blank=True, db_index=True)
    due_on = models.DateField("batas waktu", null=True, blank=True)
    approval_number = models.CharField("nomor lembar persetujuan", max_length=60, blank=True)
    approved_on = models.DateField("tanggal persetujuan", null=True, blank=True)

    amount_asked = models.BigIntegerField("diminta", null=True, blank=True)
    amount_opd = models.BigIntegerField("rekomendasi dinas", null=True, blank=True)
    amount_tp = models.BigIntegerField("tim pertimbangan", null=True, blank=True)
    amount_tapd = models.BigIntegerField("tim anggaran", null=True, blank=True)
    amount_approved = models.BigIntegerField("disetujui", null=True, blank=True)
    amount_budgeted = models.BigIntegerField("dianggarkan", null=True, blank=True)
    amount_decreed = models.BigIntegerField("ditetapkan", null=True, blank=True)
    amount_agreed = models.BigIntegerField("diperjanjikan", null=True, blank=True)
    amount_paid = models.BigIntegerField("dibayar", null=True, blank=True)
    amount_accounted = models.BigIntegerField("dipertanggungjawabkan", null=True, blank=True)
    rise_tp = models.TextField(blank=True)
    rise_tapd = models.TextField(blank=True)
    rise_approved = models.TextField(blank=True)

    search_text = models.TextField(blank=True, editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="sab_proposal_newest"),
            models.Index(fields=["budget_year", "state"], name="sab_proposal_year"),
            models.Index(fields=["office", "state"], name="sab_proposal_office"),
            models.Index(fields=["state", "due_on"], name="sab_proposal_due"),
            models.Index(
                fields=["recipient_district", "budget_year", "kind", "-submitted_at", "-id"],
                condition=Q(number__isnull=False),
                name="sab_public_place",
            ),
            models.Index(
                fields=["budget_year", "kind", "-submitted_at", "-id"],
                condition=Q(number__isnull=False),
                name="sab_public_year",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="sab_state"),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values) & Q(form__in=Form.values) & Q(nature__in=Nature.values),
                name="sab_classes",
            ),
            models.CheckConstraint(condition=Q(stage__in=["", *Stage.values]), name="sab_stage"),
            models.CheckConstraint(condition=Q(purpose__in=["", *Purpose.values]), name="sab_purpose"),
            models.CheckConstraint(condition=~Q(kind="BANSOS", form="JASA"), name="sab_bansos_no_service"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="sab_activity_period",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAF", number__isnull=True, submitted_at__isnull=True)
                | ~Q(state="DRAF")
                & Q(
                    number__isnull=False,
                    submitted_at__isnull=False,
                    profile__isnull=False,
                    declared_at__isnull=False,
                    amount_asked__gt=0,
                ),
                name="sab_filed_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(state="PERBAIKAN", due_on__isnull=False) & ~Q(resume_state="")
                | ~Q(state="PERBAIKAN") & Q(resume_state=""),
                name="sab_repair_remembers",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.DISPOSISI, State.KLASIFIKASI, State.EVALUASI, *_EVALUATED])
                | Q(registered_on__isnull=False) & ~Q(register_number=""),
                name="sab_complete_is_registered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.EVALUASI, *_EVALUATED]) | ~Q(office="") & Q(field__isnull=False),
                name="sab_evaluation_has_office",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_EVALUATED) | Q(amount_opd__isnull=False), name="sab_evaluated_has_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_APPROVED)
                | Q(amount_approved__isnull=False, approved_on__isnull=False) & ~Q(approval_number=""),
                name="sab_approved_has_sheet",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_BUDGETED) | Q(amount_budgeted__isnull=False), name="sab_budgeted_has_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_DECREED) | Q(amount_decreed__isnull=False), name="sab_decreed_has_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_AGREED) | Q(amount_agreed__isnull=False), name="sab_agreed_has_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PAID_STATES) | Q(amount_paid__gt=0), name="sab_paid_has_amount"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SELESAI) | Q(amount_accounted=F("amount_paid")), name="sab_done_is_settled"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDS_WITHOUT_MONEY) | Q(amount_paid__isnull=True), name="sab_ended_is_unpaid"
            ),
            models.CheckConstraint(
                condition=Q(amount_opd__isnull=True) | Q(amount_opd__gte=0) & Q(amount_opd__lte=F("amount_asked")),
                name="sab_money_opd",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"amount_{stage}__isnull": True})
                    | Q(**{f"amount_{stage}__gte": 0}) & Q(**{f"amount_{stage}__lte": F("amount_asked")}),
                    name=f"sab_money_{stage}_asked",
                )
                for stage in ("tp", "tapd", "approved", "budgeted", "decreed", "agreed", "paid", "accounted")
            ),
            models.CheckConstraint(condition=_falls("amount_tp", "amount_opd", reason="rise_tp"), name="sab_money_tp"),
            models.CheckConstraint(
                condition=_falls("amount_tapd", "amount_tp", "amount_opd", reason="rise_tapd"), name="sab_money_tapd"
            ),
            models.CheckConstraint(
                condition=_falls("amount_approved", "amount_tapd", "amount_tp", "amount_opd", reason="rise_approved"),
                name="sab_money_approved",
            ),
            models.CheckConstraint(condition=_falls("amount_budgeted", "amount_approved"), name="sab_money_budgeted"),
            models.CheckConstraint(condition=_falls("amount_decreed", "amount_budgeted"), name="sab_money_decreed"),
            models.CheckConstraint(
                condition=Q(amount_agreed__isnull=True) | Q(amount_agreed=F("amount_decreed")), name="sab_money_agreed"
            ),
            models.CheckConstraint(condition=_falls("amount_paid", "amount_agreed"), name="sab_money_paid"),
            models.CheckConstraint(condition=_falls("amount_accounted", "amount_paid"), name="sab_money_accounted"),
        ]

    def __str__(self) -> str:
        return self.number or f"draf {self.key}"

    @property
    def kind_label(self) -> str:
        """Return hibah or bantuan sosial in words."""
        return Kind(self.kind).label

    @property
    def form_label(self) -> str:
        """Return money, goods or service in words."""
        return Form(self.form).label

    @property
    def nature_label(self) -> str:
        """Return construction or activity in words."""
        return Nature(self.nature).label

    @property
    def purpose_label(self) -> str:
        """Return the purpose of social aid in words, or ""."""
        return Purpose(self.purpose).label if self.purpose else ""

    @property
    def state_label(self) -> str:
        """Return the state in words."""
        return State(self.state).label

    def amounts(self) -> dict[str, int | None]:
        """Return the chain of amounts by stage, in rupiah."""
        return {stage: getattr(self, f"amount_{stage}") for stage in CHAIN}
