"""After payment: final reports, refunds, warnings, reminders and sanctions. Amounts are whole rupiah."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sabilulungan.enums import SanctionKind
from sabilulungan.models.proposals import Proposal


class Report(models.Model):
    """One filed report (LPJ): what was received and used, what was done; receipts stay with the recipient.

    `unfinished_until` is when work that is not done yet will be: the final report then follows (BDG art. 25, 48).
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reports")
    received = models.BigIntegerField("diterima")
    used = models.BigIntegerField("dipakai")
    activity = models.TextField("pelaksanaan kegiatan")
    video = models.URLField("tautan video", blank=True)
    filed_at = models.DateTimeField()
    late_days = models.PositiveIntegerField("hari terlambat", default=0)
    unfinished_until = models.DateField("pekerjaan selesai pada", null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(received__gt=0, used__gte=0, used__lte=F("received")), name="sab_report")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.filed_at:%Y-%m-%d}"


class Refund(models.Model):
    """Money paid back into the regional treasury, by its deposit slip (STS)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="refunds")
    number = models.CharField("nomor STS", max_length=80, unique=True)
    paid_on = models.DateField("tanggal setor")
    amount = models.BigIntegerField("jumlah")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="sab_refund_amount"),
            models.CheckConstraint(condition=~Q(number=""), name="sab_refund_number"),
        ]

    def __str__(self) -> str:
        return self.number


class ReportWarning(models.Model):
    """A warning letter about a missing report; each number once."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="report_warnings")
    number = models.PositiveSmallIntegerField("peringatan ke")
    sent_on = models.DateField("tanggal")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="sab_warning_once")]

    def __str__(self) -> str:
        return f"Peringatan {self.number}"


class ReportReminder(models.Model):
    """A reminder that went out: days from the last day of the report, so that none goes out twice."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="report_reminders")
    offset = models.SmallIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "offset"], name="sab_reminder_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.offset:+d}"


class Sanction(models.Model):
    """A sanction: its finding, what must be paid back, and until when the recipient and its officers are barred."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sanctions")
    kind = models.CharField(max_length=16)
    finding = models.TextField("temuan")
    refund_due = models.BigIntegerField("wajib dikembalikan")
    since = models.DateField("mulai")
    barred_until = models.DateField("tidak boleh menerima sampai")
    ended_on = models.DateField("berakhir", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=SanctionKind.values), name="sab_sanction_kind"),
            models.CheckConstraint(
                condition=Q(refund_due__gte=0, barred_until__gte=F("since")), name="sab_sanction_terms"
            ),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(ended_on__isnull=True), name="sab_one_sanction_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.since}"
