"""Issued permits, and the batches in which they are signed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import identity, wilayah
from core.models import Case
from hayu.enums import PermitState, Signature
from hayu.models.permits import Application, PermitVersion
from hayu.rules import looks
from hayu.rules.permits import PermitType

USER = settings.AUTH_USER_MODEL


class PermitQuerySet(models.QuerySet["Permit"]):
    """Permits by state."""

    def active(self) -> "PermitQuerySet":
        """Return the permits that hold or may hold again."""
        return self.filter(state__in=PermitState.active())


class Permit(Case):
    """One issued permit. What is printed is kept here as it was printed; the file's hash is compared on /cek."""

    STATES = looks.PERMIT_STATES

    number = models.CharField("nomor", max_length=80, unique=True)
    code = models.CharField("kode", max_length=12, unique=True)
    application = models.OneToOneField(Application, models.PROTECT, null=True, blank=True, related_name="permit")
    type_version = models.ForeignKey(PermitVersion, models.PROTECT, related_name="permits")
    type_code = models.CharField("jenis izin", max_length=20, db_index=True)
    holder = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="permits")
    holder_name = models.CharField("pemegang", max_length=120)
    nik_token = models.CharField(max_length=64, blank=True, db_index=True)
    object_text = models.CharField("objek", max_length=300)
    address = models.CharField("alamat", max_length=200, blank=True)
    district_code = models.CharField(max_length=13, blank=True, db_index=True)
    village_code = models.CharField(max_length=13, blank=True)
    conditions = models.JSONField("syarat", default=list)
    answers = models.JSONField("isian", default=dict)

    issued_on = models.DateField("terbit", db_index=True)
    starts_on = models.DateField("mulai berlaku")
    ends_on = models.DateField("berlaku sampai", null=True, blank=True, db_index=True)
    signer = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    signer_post = models.CharField("jabatan penanda tangan", max_length=150)
    signature = models.CharField("tanda tangan", max_length=10, choices=Signature)
    signature_value = models.TextField("nilai tanda tangan", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    imported = models.BooleanField("dari arsip lama", default=False)

    warnings = models.PositiveSmallIntegerField("peringatan", default=0)
    answer_by = models.DateField("dibetulkan paling lambat", null=True, blank=True)
    suspended_until = models.DateField("dibekukan sampai", null=True, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField("berakhir", null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    anonymised_on = models.DateField("data pribadi dihapus", null=True, blank=True)
    scans = models.PositiveIntegerField("dicek", default=0)
    last_scan_at = models.DateTimeField(null=True, blank=True)

    objects = PermitQuerySet.as_manager()

    class Meta:
        verbose_name = "izin"
        verbose_name_plural = "izin"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PermitState.values), name="hayu_permit_state"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="hayu_permit_period"
            ),
            models.CheckConstraint(
                condition=Q(state=PermitState.DIBEKUKAN, suspended_until__isnull=False)
                | (~Q(state=PermitState.DIBEKUKAN) & Q(suspended_until=None)),
                name="hayu_permit_suspended",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PermitState.DICABUT, PermitState.BERAKHIR, PermitState.DIGANTI],
                            ended_on__isnull=False)
                | (Q(state__in=PermitState.active()) & Q(ended_on=None)),
                name="hayu_permit_ended",
            ),
            models.CheckConstraint(
                condition=Q(state=PermitState.DIGANTI, replaced_by__isnull=False)
                | (~Q(state=PermitState.DIGANTI) & Q(replaced_by=None)),
                name="hayu_permit_replaced",
            ),
            models.CheckConstraint(
                condition=Q(imported=True, application=None)
                | (Q(imported=False, application__isnull=False) & ~Q(sha256="")),
                name="hayu_permit_source",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "ends_on"], name="hayu_permit_ends")]

    def __str__(self) -> str:
        return self.number

    @property
    def type(self) -> PermitType:
        """Return the permit type as it was when this permit was issued."""
        return self.type_version.type

    @property
    def masked_holder(self) -> str:
        """Return the holder as the public sees them: "A*** S***"."""
        return self.holder_name if self.anonymised_on else identity.mask_name(self.holder_name)

    @property
    def district(self) -> str:
        """Return the name of the kecamatan."""
        return wilayah.name_of(self.district_code)

    @property
    def place(self) -> str:
        """Return village and kecamatan."""
        return ", ".join(wilayah.name_of(code) for code in (self.village_code, self.district_code) if code)


class SigningBatch(models.Model):
    """Permits one official signed in one go: the lines shown, how far the job is, and what was refused."""

    signer = models.ForeignKey(USER, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    signature = models.CharField(max_length=10, choices=Signature)
    lines = models.JSONField("baris", default=list)  # [application id, version shown]
    done = models.PositiveSmallIntegerField(default=0)
    refused = models.JSONField(default=list)  # [receipt, sentence]
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "penandatanganan"
        verbose_name_plural = "penandatanganan"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} {self.done}/{len(self.lines)}"
