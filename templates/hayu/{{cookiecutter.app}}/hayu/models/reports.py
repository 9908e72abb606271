"""A business that reports itself (lane LAPOR), with constraints that tie its state to its columns."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import identity, wilayah
from core.fields import EncryptedTextField
from core.models import Case
from core.models.files import new_public_id
from hayu.enums import ACTIVE, FINAL, Channel, Risk, SampleRule, Scale, State
from hayu.rules import kbli, looks
from hayu.rules.kbli import Activity


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by who may see them."""

    def registered(self) -> "ReportQuerySet":
        """Return the reports that were ever sent: what the public register shows."""
        return self.exclude(state=State.DRAF)

    def active(self) -> "ReportQuerySet":
        """Return the reports of businesses that run under them."""
        return self.filter(state__in=ACTIVE)

    def within(self, districts: frozenset[str]) -> "ReportQuerySet":
        """Return the reports of these kecamatan; "" among them stands for the whole region."""
        return self if "" in districts else self.filter(district_code__in=districts)


class Report(Case):
    """One report of one business. Money in whole rupiah; working-day deadlines as dates of the region."""

    STATES = looks.STATES

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    number = models.CharField("nomor", max_length=60, unique=True, null=True, blank=True)
    code = models.CharField("kode", max_length=12, unique=True, null=True, blank=True)

    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    channel = models.CharField("kanal", max_length=8, choices=Channel)
    consent = models.CharField("bukti persetujuan", max_length=200, blank=True)

    holder_name = models.CharField("nama pemilik", max_length=120, blank=True)
    nik = EncryptedTextField("NIK", blank=True)
    nik_token = models.CharField(max_length=64, blank=True, db_index=True)
    phone = EncryptedTextField("nomor telepon", blank=True)
    email = EncryptedTextField("alamat surel", blank=True, default="", db_default="")
    phone_token = models.CharField(max_length=64, blank=True, default="", db_default="", db_index=True)
    nib = models.CharField("NIB", max_length=13, blank=True)

    business_name = models.CharField("nama usaha", max_length=120, blank=True)
    kbli_version = models.CharField("versi KBLI", max_length=4)
    kbli_code = models.CharField("kode KBLI", max_length=5, db_index=True)
    scope_number = models.PositiveSmallIntegerField("lingkup", null=True, blank=True)
    risk = models.CharField("risiko", max_length=20, choices=Risk, default=Risk.UNKNOWN)
    scale = models.CharField("skala", max_length=10, choices=Scale, blank=True)
    capital = models.PositiveBigIntegerField("modal", null=True, blank=True)
    yearly_sales = models.PositiveBigIntegerField("omzet setahun", null=True, blank=True)
    workers = models.PositiveIntegerField("tenaga kerja", null=True, blank=True)
    started_on = models.DateField("mulai berjalan", null=True, blank=True)

    address = models.CharField("alamat", max_length=200, blank=True)
    address_key = models.CharField(max_length=200, blank=True)
    district_code = models.CharField(max_length=13, blank=True, db_index=True)
    village_code = models.CharField(max_length=13, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)

    statement_at = models.DateTimeField("pernyataan disetujui", null=True, blank=True)
    registered_at = models.DateTimeField("terdaftar", null=True, blank=True, db_index=True)
    confirmed_on = models.DateField("data terakhir dibenarkan", null=True, blank=True)
    reminded_year = models.PositiveSmallIntegerField(null=True, blank=True)
    stale_since = models.DateField("data usang sejak", null=True, blank=True)

    drawn_on = models.DateField("diundi", null=True, blank=True)
    sample_rule = models.CharField("alasan diperiksa", max_length=12, choices=SampleRule, blank=True)
    inspect_by = models.DateField("diperiksa paling lambat", null=True, blank=True)
    fix_by = models.DateField("dibetulkan paling lambat", null=True, blank=True)
    inspected_at = models.DateTimeField("terperiksa", null=True, blank=True)
    warnings = models.PositiveSmallIntegerField("peringatan", default=0)
    frozen_at = models.DateTimeField("dibekukan", null=True, blank=True)
    ended_on = models.DateField("berakhir", null=True, blank=True)

    anonymised_on = models.DateField("data pribadi dihapus", null=True, blank=True)

    scans = models.PositiveIntegerField("dicek", default=0)
    last_scan_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "laporan usaha"
        verbose_name_plural = "laporan usaha"
        ordering = ["-registered_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="hayu_report_state"),
            models.CheckConstraint(
                condition=Q(state=State.DRAF, number=None, code=None, registered_at=None)
                | (~Q(state=State.DRAF) & Q(number__isnull=False, code__isnull=False, registered_at__isnull=False)),
                name="hayu_report_registered",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DRAF)
                | (
                    Q(capital__isnull=False, statement_at__isnull=False, confirmed_on__isnull=False)
                    & ~Q(holder_name="") & ~Q(nik_token="") & ~Q(business_name="")
                    & ~Q(scale="") & ~Q(address="") & ~Q(address_key="") & ~Q(village_code="") & ~Q(district_code="")
                ),
                name="hayu_report_complete",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DIJADWALKAN_PERIKSA, inspect_by__isnull=False)
                | (~Q(state=State.DIJADWALKAN_PERIKSA) & Q(inspect_by=None)),
                name="hayu_report_inspect_by",
            ),
            models.CheckConstraint(
                condition=Q(state=State.PERLU_PEMBETULAN, fix_by__isnull=False)
                | (~Q(state=State.PERLU_PEMBETULAN) & Q(fix_by=None)),
                name="hayu_report_fix_by",
            ),
            models.CheckConstraint(
                condition=Q(state=State.DIBEKUKAN, frozen_at__isnull=False)
                | (~Q(state=State.DIBEKUKAN) & Q(frozen_at=None)),
                name="hayu_report_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DIRUJUK_OSS, State.DICABUT, State.TUTUP], ended_on__isnull=False)
                | (~Q(state__in=[State.DIRUJUK_OSS, State.DICABUT, State.TUTUP]) & Q(ended_on=None)),
                name="hayu_report_ended",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_on__isnull=False)
                | Q(channel=Channel.WEB, applicant__isnull=False, consent="")
                | (Q(channel=Channel.LOKET) & (Q(state=State.DRAF) | ~Q(consent=""))),
                name="hayu_report_channel",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_on=None)
                | Q(state__in=FINAL, nib="", latitude=None, applicant=None, filed_by=None),
                name="hayu_report_anonymised",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__isnull=False, longitude__isnull=False),
                name="hayu_report_position",
            ),
            models.UniqueConstraint(
                fields=["nik_token", "kbli_version", "kbli_code", "address_key"],
                condition=Q(state__in=ACTIVE),
                name="hayu_report_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["state", "inspect_by"], name="hayu_report_inspect"),
            models.Index(fields=["state", "fix_by"], name="hayu_report_fix"),
        ]

    def __str__(self) -> str:
        return self.number or f"draf {self.pk}"

    @property
    def activity(self) -> Activity:
        """Return the activity of the report's code; a code the table has lost keeps its number as title."""
        found = kbli.find(self.kbli_code, self.kbli_version)
        return found or Activity(self.kbli_version, self.kbli_code, f"KBLI {self.kbli_code}", "")

    @property
    def scope_name(self) -> str:
        """Return the chosen scope in words, "" when the code has one only."""
        known = kbli.scopes(self.activity)
        return next((scope.name for scope in known if scope.number == self.scope_number and len(known) > 1), "")

    @property
    def place(self) -> str:
        """Return village and kecamatan: "Dago, Coblong"."""
        return ", ".join(wilayah.name_of(code) for code in (self.village_code, self.district_code) if code)

    @property
    def district(self) -> str:
        """Return the name of the kecamatan."""
        return wilayah.name_of(self.district_code)

    @property
    def masked_holder(self) -> str:
        """Return the owner as the public sees them: "A*** S***"."""
        return self.holder_name if self.anonymised_on else identity.mask_name(self.holder_name)

    @property
    def masked_nik(self) -> str:
        """Return the NIK as officers see it."""
        return identity.mask_nik(self.nik) if self.nik else ""

    @property
    def is_active(self) -> bool:
        """Return whether the business runs under this report."""
        return self.state in ACTIVE

    @property
    def allows(self) -> str:
        """Return the one sentence on what is allowed now."""
        return self.STATES[self.state].sentence
