"""Applications for permits (lane IZIN), the versions of permit types, visits, advice and bills."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Value

from core import identity, wilayah
from core.fields import EncryptedTextField
from core.models import Case
from core.models.files import new_public_id
from hayu.enums import AppKind, AppState, BillState, Channel, Verdict
from hayu.rules import looks, permits, sla
from hayu.rules.permits import PermitType

USER = settings.AUTH_USER_MODEL
MOST_ROUNDS = 5  # a region sets its own limit up to this one (profile: licences.applications.return_rounds)


class PermitVersion(models.Model):
    """One version of a permit type. Old versions stay: each application keeps the one it was begun with."""

    code = models.CharField("kode", max_length=20, db_index=True)
    number = models.PositiveIntegerField("versi")
    definition = models.JSONField("definisi")
    current = models.BooleanField("berlaku", default=True)
    author = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("dasar perubahan", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "versi jenis izin"
        verbose_name_plural = "versi jenis izin"
        ordering = ["code", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="hayu_permit_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(current=True), name="hayu_permit_version_current"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"

    @property
    def type(self) -> PermitType:
        """Return the definition as a value."""
        return permits.parse(self.definition)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications by where they stand."""

    def sent(self) -> "ApplicationQuerySet":
        """Return the applications that were ever sent."""
        return self.exclude(receipt=None)

    def open(self) -> "ApplicationQuerySet":
        """Return the applications under way."""
        return self.filter(state__in=AppState.open())


class Application(Case):
    """One application. The service clock is a log of days in `marks`; what it reads is kept beside for lists."""

    STATES = looks.APP_STATES

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    receipt = models.CharField("resi", max_length=60, unique=True, null=True, blank=True)
    type_version = models.ForeignKey(PermitVersion, models.PROTECT, related_name="applications")
    type_code = models.CharField("jenis izin", max_length=20, db_index=True)
    kind = models.CharField("macam", max_length=10, choices=AppKind, default=AppKind.BARU)
    origin = models.ForeignKey("hayu.Permit", models.PROTECT, null=True, blank=True, related_name="successors")

    applicant = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="applications")
    filed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    channel = models.CharField("kanal", max_length=8, choices=Channel)
    consent = models.CharField("bukti persetujuan", max_length=200, blank=True)
    holder_name = models.CharField("nama pemohon", max_length=120, blank=True)
    nik = EncryptedTextField("NIK", blank=True)
    nik_token = models.CharField(max_length=64, blank=True, db_index=True)
    phone = EncryptedTextField("nomor telepon", blank=True)
    email = EncryptedTextField("alamat surel", blank=True, default="", db_default="")
    address = models.CharField("alamat objek", max_length=200, blank=True)
    district_code = models.CharField(max_length=13, blank=True, db_index=True)
    village_code = models.CharField(max_length=13, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    answers = models.JSONField("isian", default=dict)

    officer = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    former_officer = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    rounds = models.PositiveSmallIntegerField("putaran perbaikan", default=0)
    flagged = models.JSONField("yang perlu diperbaiki", default=list)
    priority = models.CharField("alasan didahulukan", max_length=300, blank=True)
    came_from = models.CharField(max_length=40, blank=True)
    reason = models.TextField("alasan penolakan", blank=True)
    legal_basis = models.CharField("dasar penolakan", max_length=300, blank=True)
    conditions = models.JSONField("syarat khusus", default=list)
    drafter = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    permit_number = models.CharField("nomor izin", max_length=80, blank=True)
    permit_code = models.CharField("kode izin", max_length=12, blank=True)
    postponed = models.BooleanField("pernah ditunda", default=False)
    objected = models.BooleanField("pernah keberatan", default=False)

    sent_at = models.DateTimeField("dikirim", null=True, blank=True)
    decided_at = models.DateTimeField("diputus", null=True, blank=True)
    deadline = models.DateField("batas tindakan", null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    sla_days = models.PositiveSmallIntegerField("waktu layanan", default=0)
    marks = models.JSONField("jam layanan", default=list)
    used_days = models.PositiveSmallIntegerField("terpakai", default=0)
    due_on = models.DateField("jatuh tempo", null=True, blank=True, db_index=True)
    escalated = models.PositiveSmallIntegerField("eskalasi", default=0)
    anonymised_on = models.DateField("data pribadi dihapus", null=True, blank=True)
    deemed_at = models.DateTimeField("dianggap dikabulkan", null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "permohonan"
        verbose_name_plural = "permohonan"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AppState.values), name="hayu_app_state"),
            models.CheckConstraint(
                condition=Q(state=AppState.DRAF, receipt=None, sent_at=None)
                | (~Q(state=AppState.DRAF) & Q(receipt__isnull=False, sent_at__isnull=False, due_on__isnull=False)),
                name="hayu_app_sent",
            ),
            models.CheckConstraint(
                condition=Q(state=AppState.DRAF) | (~Q(holder_name="") & ~Q(nik_token="") & ~Q(village_code="")),
                name="hayu_app_complete",
            ),
            models.CheckConstraint(
                condition=Q(state__in=AppState.closed(), decided_at__isnull=False)
                | (~Q(state__in=AppState.closed()) & Q(decided_at=None)),
                name="hayu_app_decided",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AppState.PERLU_PERBAIKAN, AppState.PENINJAUAN_DITUNDA,
                                        AppState.MENUNGGU_PEMBAYARAN]) | Q(deadline__isnull=False),
                name="hayu_app_deadline",
            ),
            models.CheckConstraint(
                condition=~Q(state=AppState.DITOLAK) | (~Q(reason="") & ~Q(legal_basis="")), name="hayu_app_refused"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[AppState.MENUNGGU_TTE, AppState.TERBIT]) | ~Q(permit_number=""),
                name="hayu_app_numbered",
            ),
            models.CheckConstraint(condition=Q(rounds__lte=MOST_ROUNDS), name="hayu_app_rounds_most"),
            models.CheckConstraint(
                condition=Q(kind=AppKind.BARU, origin=None) | (~Q(kind=AppKind.BARU) & Q(origin__isnull=False)),
                name="hayu_app_origin",
            ),
            models.UniqueConstraint(
                fields=["origin"], condition=~Q(origin=None) & Q(state__in=[AppState.DRAF, *AppState.open()]),
                name="hayu_app_one_successor",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "due_on"], name="hayu_app_queue")]

    def __str__(self) -> str:
        return self.receipt or f"draf {self.pk}"

    @property
    def type(self) -> PermitType:
        """Return the permit type as it was when this application began."""
        return self.type_version.type

    @property
    def object_text(self) -> str:
        """Return what the permit is for, in the applicant's words."""
        kind = self.type
        return str(self.answers.get(kind.object_key) or kind.product)

    @property
    def place(self) -> str:
        """Return village and kecamatan."""
        return ", ".join(wilayah.name_of(code) for code in (self.village_code, self.district_code) if code)

    @property
    def masked_nik(self) -> str:
        """Return the NIK as officers see it."""
        return identity.mask_nik(self.nik) if self.nik else ""

    @property
    def clock_tone(self) -> str:
        """Return the colour of the service clock as lists keep it (hayu.md section 9)."""
        return sla.colour_of(self.used_days, self.sla_days)

    @property
    def is_running(self) -> bool:
        """Return whether the service clock runs."""
        return self.state in AppState.running()


class Visit(models.Model):
    """One inspection for an application: appointed, then its minutes (BAP). Photos are stored files."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="visits")
    scheduled_for = models.DateField("dijadwalkan")
    officer = models.ForeignKey(USER, models.PROTECT, related_name="+")
    visited_at = models.DateTimeField("waktu kunjungan", null=True, blank=True)
    fits = models.BooleanField("sesuai permohonan", null=True, blank=True)
    applicant_present = models.BooleanField("pemohon hadir", default=False)
    answers = models.JSONField("jawaban", default=dict, db_default=Value({}, models.JSONField()))
    note = models.TextField("catatan", blank=True, max_length=2000)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = "peninjauan"
        verbose_name_plural = "peninjauan"
        ordering = ["-scheduled_for", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visited_at=None, fits=None, latitude=None, longitude=None)
                | Q(visited_at__isnull=False, fits__isnull=False, latitude__isnull=False, longitude__isnull=False),
                name="hayu_visit_minutes",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.scheduled_for}"


class Advice(models.Model):
    """Technical advice of an office on an application."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="advices")
    officer = models.ForeignKey(USER, models.PROTECT, related_name="+")
    office = models.CharField("kantor", max_length=150, blank=True)
    verdict = models.CharField("putusan", max_length=10, choices=Verdict)
    conditions = models.JSONField("syarat", default=list)
    note = models.TextField("catatan", blank=True)
    given_at = models.DateTimeField("diberikan")

    class Meta:
        verbose_name = "pertimbangan teknis"
        verbose_name_plural = "pertimbangan teknis"
        ordering = ["-given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.LAYAK, conditions=[]) | (Q(verdict=Verdict.BERSYARAT) & ~Q(conditions=[])),
                name="hayu_advice_conditions",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.verdict}"


class Bill(models.Model):
    """A charge with everything it was computed from, its payment code, and how it was paid."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="bills")
    payment_code = models.CharField("kode bayar", max_length=20, unique=True)
    amount = models.PositiveBigIntegerField("jumlah")
    formula = models.CharField("rumus", max_length=200)
    inputs = models.JSONField("masukan rumus", default=dict)
    basis = models.CharField("dasar", max_length=300, blank=True)
    due_on = models.DateField("dibayar paling lambat")
    state = models.CharField("keadaan", max_length=10, choices=BillState, default=BillState.TERBUKA)
    reference = models.CharField("nomor bukti", max_length=60, unique=True, null=True, blank=True)
    paid_at = models.DateTimeField("dibayar", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "tagihan"
        verbose_name_plural = "tagihan"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="hayu_bill_positive"),
            models.CheckConstraint(
                condition=Q(state=BillState.LUNAS, reference__isnull=False, paid_at__isnull=False)
                | (~Q(state=BillState.LUNAS) & Q(reference=None, paid_at=None)),
                name="hayu_bill_paid",
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state=BillState.TERBUKA), name="hayu_bill_one_open"
            ),
        ]

    def __str__(self) -> str:
        return self.payment_code


def plain_answers(given: dict[str, Any]) -> dict[str, Any]:
    """Return answers as they are stored: dates as ISO text, numbers as numbers, the rest as text."""
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in given.items()}
