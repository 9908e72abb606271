"""From approval to payment: the year's budget, its line, the decree, the agreement, requests and payments."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import LeaderReason
from sabilulungan.models.proposals import Proposal
from sabilulungan.models.recipients import BankAccount


class EnactedBudget(models.Model):
    """The APBD of a year: its law, the breakdown regulation, and the sums set aside. Amounts are whole rupiah.

    After `lines_until`, approved proposals that have no line in it are closed by the clock (T14).
    """

    budget_year = models.PositiveSmallIntegerField("tahun anggaran", unique=True)
    law = models.CharField("peraturan daerah tentang APBD", max_length=120)
    regulation = models.CharField("peraturan penjabaran APBD", max_length=120)
    enacted_on = models.DateField("ditetapkan tanggal")
    lines_until = models.DateField("penerima dicatat sampai")
    grants = models.BigIntegerField("anggaran hibah")
    aid = models.BigIntegerField("anggaran bantuan sosial terencana")
    unplanned = models.BigIntegerField("anggaran bantuan sosial tidak terencana")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(law="") & ~Q(regulation=""), name="sab_budget_has_law"),
            models.CheckConstraint(condition=Q(grants__gte=0, aid__gte=0, unplanned__gte=0), name="sab_budget_sums"),
            models.CheckConstraint(condition=Q(unplanned__lte=models.F("aid")), name="sab_budget_unplanned"),
            models.CheckConstraint(condition=Q(lines_until__gte=models.F("enacted_on")), name="sab_budget_days"),
        ]

    def __str__(self) -> str:
        return f"APBD {self.budget_year}"


class BudgetEntry(models.Model):
    """A recipient's line in annex III (hibah) or IV (bansos) of the breakdown regulation (Permendagri 39/2012)."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="budget_entry")
    budget = models.ForeignKey(EnactedBudget, models.PROTECT, related_name="entries")
    account_code = models.CharField("kode rekening belanja", max_length=24)
    name = models.CharField("nama", max_length=150)
    address = models.CharField("alamat", max_length=300)
    amount = models.BigIntegerField("jumlah")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="sab_entry_amount")]

    def __str__(self) -> str:
        return f"{self.account_code} {self.name}"

    @property
    def annex(self) -> str:
        """Return the annex that lists the line."""
        return "III" if self.proposal.kind == "HIBAH" else "IV"


class Decree(models.Model):
    """A decision that names recipients by name, address and amount; the base of every payment."""

    number = models.CharField("nomor keputusan", max_length=80, unique=True)
    signed_on = models.DateField("tanggal keputusan")
    signer = models.CharField("penanda tangan", max_length=120)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.number


class DecreeLine(models.Model):
    """A recipient in the decree, equal to the annex (R15, R17)."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="decree_line")
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="lines")
    name = models.CharField("nama", max_length=150)
    address = models.CharField("alamat", max_length=300)
    amount = models.BigIntegerField("jumlah")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="sab_decree_amount")]

    def __str__(self) -> str:
        return f"{self.decree_id} {self.name}"


class LeaderChange(models.Model):
    """A new leader between decree and agreement, with the papers R16 asks for; public as "leader changed"."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="leader_changes")
    reason = models.CharField(max_length=10)
    old_name = models.CharField(max_length=150)
    new_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(reason__in=LeaderReason.values), name="sab_leader_reason")]

    def __str__(self) -> str:
        return f"{self.old_name} -> {self.new_name}"


class Agreement(models.Model):
    """NPHD with pact (hibah) or pact alone (bansos): confirmed by the recipient, then signed for the region."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="agreement")
    signer_name = models.CharField("penanda tangan penerima", max_length=150)
    recipient_number = models.CharField("nomor dari penerima", max_length=80, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    number = models.CharField("nomor perjanjian", max_length=120, null=True, blank=True, unique=True)
    giver_name = models.CharField("penanda tangan daerah", max_length=150, blank=True)
    giver_post = models.CharField(max_length=150, blank=True)
    amount = models.BigIntegerField("jumlah")
    signed_on = models.DateField("tanggal perjanjian", null=True)
    contents = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="sab_agreement_amount"),
            models.CheckConstraint(
                condition=Q(number__isnull=True, signed_on__isnull=True)
                | Q(number__isnull=False, signed_on__isnull=False) & ~Q(giver_name="", giver_post=""),
                name="sab_agreement_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number or "belum ditandatangani"


class PayoutRequest(models.Model):
    """The recipient's request to be paid; name, address and account are compared again before payment (T18)."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="payout_request")
    number = models.CharField("nomor permohonan", max_length=120)
    account = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=300)
    amount = models.BigIntegerField()
    use_plan = models.TextField("rencana penggunaan")
    requested_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="sab_request_amount")]

    def __str__(self) -> str:
        return self.number


class Disbursement(models.Model):
    """One tranche paid into the recipient's account (LS: SPP, SPM, SP2D), or goods handed over (BAST)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="disbursements")
    tranche = models.PositiveSmallIntegerField("tahap")
    spp = models.CharField("nomor SPP", max_length=80, blank=True)
    spm = models.CharField("nomor SPM", max_length=80, blank=True)
    sp2d = models.CharField("nomor SP2D", max_length=80, null=True, blank=True, unique=True)
    handover = models.CharField("nomor berita acara serah terima", max_length=80, null=True, blank=True, unique=True)
    paid_on = models.DateField("tanggal")
    amount = models.BigIntegerField("jumlah atau nilai")
    account = models.ForeignKey(BankAccount, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["tranche"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "tranche"], name="sab_tranche_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="sab_tranche_amount"),
            models.CheckConstraint(
                condition=Q(sp2d__isnull=False, account__isnull=False, handover__isnull=True) & ~Q(spp="") & ~Q(spm="")
                | Q(sp2d__isnull=True, account__isnull=True, handover__isnull=False, spp="", spm=""),
                name="sab_paid_or_handed_over",
            ),
        ]

    def __str__(self) -> str:
        return self.sp2d or self.handover or ""
