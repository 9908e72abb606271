"""Parts of a proposal: cost lines, documents and the office's evaluation."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sabilulungan.enums import Check, Phase
from sabilulungan.models.proposals import Proposal


class BudgetLine(models.Model):
    """One line of the cost plan (RAB). Amounts are whole rupiah; volume has two decimals."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField("no")
    description = models.CharField("uraian", max_length=150)
    volume = models.DecimalField("banyaknya", max_digits=10, decimal_places=2)
    unit = models.CharField("satuan", max_length=30)
    unit_price = models.BigIntegerField("harga satuan")
    amount_asked = models.BigIntegerField("diminta")
    amount_opd = models.BigIntegerField("rekomendasi dinas", null=True, blank=True)
    amount_decreed = models.BigIntegerField("ditetapkan", null=True, blank=True)
    amount_realised = models.BigIntegerField("dipakai", null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="sab_line_once"),
            models.CheckConstraint(
                condition=Q(volume__gt=0, unit_price__gt=0, amount_asked__gt=0), name="sab_line_positive"
            ),
            models.CheckConstraint(
                condition=Q(amount_opd__isnull=True) | Q(amount_opd__gte=0) & Q(amount_opd__lte=F("amount_asked")),
                name="sab_line_money",
            ),
            models.CheckConstraint(
                condition=(Q(amount_decreed__isnull=True) | Q(amount_decreed__gte=0))
                & (Q(amount_realised__isnull=True) | Q(amount_realised__gte=0)),
                name="sab_line_later_money",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.description}"

    @property
    def volume_text(self) -> str:
        """Return the volume as people write it: "2,5"."""
        return f"{self.volume.normalize():f}".replace(".", ",")


class Document(models.Model):
    """A document the case needs by the profile it was begun under; its files are versions in the file store."""

    class Verdict(models.TextChoices):
        """What the officer found."""

        UNSEEN = "", "Belum diperiksa"
        GOOD = "SESUAI", "Ada dan terbaca"
        FAULTY = "KURANG", "Tidak ada atau tidak terbaca"

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="documents")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=150)
    required = models.BooleanField()
    phase = models.CharField("tahap", max_length=10, default=Phase.USULAN)
    verdict = models.CharField(max_length=8, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "code"], name="sab_document_once"),
            models.CheckConstraint(condition=Q(verdict__in=["", "SESUAI", "KURANG"]), name="sab_document_verdict"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="sab_document_phase"),
            models.CheckConstraint(condition=~Q(verdict="KURANG") | ~Q(note=""), name="sab_faulty_document_says_why"),
        ]

    def __str__(self) -> str:
        return self.name


class Evaluation(models.Model):
    """One round of the office's evaluation: field visit, seven answers, recommendation (T07)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="evaluations")
    visited_on = models.DateField("tanggal kunjungan")
    met_with = models.CharField("ditemui", max_length=150)
    visit_result = models.TextField("hasil kunjungan")
    recommended = models.BooleanField("direkomendasikan")
    reason = models.TextField("alasan")
    amount = models.BigIntegerField("jumlah yang direkomendasikan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="sab_evaluation_amount"),
            models.CheckConstraint(condition=Q(recommended=True) | Q(amount=0), name="sab_no_recommendation_no_money"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.at:%Y-%m-%d}"


class ChecklistAnswer(models.Model):
    """The answer to one of the seven checks R05–R11."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=3)
    passed = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["item"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "item"], name="sab_answer_once"),
            models.CheckConstraint(condition=Q(passed=True) | ~Q(note=""), name="sab_failed_check_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {'ya' if self.passed else 'tidak'}"

    @property
    def label(self) -> str:
        """Return the check in words."""
        return Check(self.item).label
