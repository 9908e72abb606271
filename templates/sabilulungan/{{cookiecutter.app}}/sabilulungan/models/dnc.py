"""Nominative lists of candidates: DNC-PBH for hibah, DNCP-BBS for aid, one for each office and form (BDG annex)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sabilulungan.enums import Form, Kind
from sabilulungan.models.proposals import Proposal


class NominativeList(models.Model):
    """One list, as the budget team hands it to the head of region; decided once the regional secretary signed it (T10).

    The scan of the signed list is stored with this row; `signer_name` signed, `filed_by` filed the scan.
    """

    number = models.CharField("nomor", max_length=120, unique=True)
    budget_year = models.PositiveSmallIntegerField("tahun anggaran")
    kind = models.CharField("jenis", max_length=8)
    form = models.CharField("bentuk", max_length=8)
    office = models.CharField("dinas", max_length=40)
    made_on = models.DateField("tanggal")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    signer_name = models.CharField("penanda tangan", max_length=150, blank=True, db_default="")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values, form__in=Form.values), name="sab_list_classes"),
            models.CheckConstraint(
                condition=Q(signer_name="", filed_by__isnull=True, filed_at__isnull=True)
                | ~Q(signer_name="") & Q(filed_by__isnull=False, filed_at__isnull=False),
                name="sab_list_signed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def title(self) -> str:
        """Return the list's official name."""
        short = "DNC-PBH" if self.kind == Kind.HIBAH else "DNCP-BBS"
        return f"Daftar nominatif calon penerima {Kind(self.kind).label.lower()} ({short})"

    @property
    def form_label(self) -> str:
        """Return money, goods or service in words."""
        return str(Form(self.form).label)


class NominativeLine(models.Model):
    """A proposal in a list, with its place."""

    list = models.ForeignKey(NominativeList, models.PROTECT, related_name="lines")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="nominative_line")
    position = models.PositiveIntegerField("no")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["list", "position"], name="sab_list_position_once")]

    def __str__(self) -> str:
        return f"{self.list_id} {self.position}"
