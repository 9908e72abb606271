"""Unplanned social aid: urgent, not foreseeable, on its own short track without decree list and pact."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.codes import new_code
from core.fields import EncryptedTextField
from core.models import Case
from sabilulungan.enums import AidState, AidWay, Purpose

_GIVEN = (AidState.DISALURKAN, AidState.DIREKAP)


class AidRecap(models.Model):
    """The recap of a year's unplanned aid, made by 5 January; its sum is that of its cases."""

    year = models.PositiveSmallIntegerField("tahun", unique=True)
    made_on = models.DateField("tanggal")
    count = models.PositiveIntegerField()
    total = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(total__gte=0), name="sab_recap_total")]

    def __str__(self) -> str:
        return f"Rekap {self.year}"


class UnplannedAid(Case):
    """One piece of unplanned aid. Who received it is never public; it is counted per village. Whole rupiah."""

    key = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    number = models.CharField("nomor", max_length=24, unique=True)
    year = models.PositiveSmallIntegerField("tahun anggaran", db_index=True)
    office = models.CharField("dinas", max_length=40)
    name = EncryptedTextField("nama penerima")
    nik = EncryptedTextField("NIK")
    nik_token = models.CharField(max_length=64, db_index=True)
    address = EncryptedTextField("alamat")
    village_code = models.CharField(max_length=13, db_index=True)
    purpose = models.CharField("tujuan", max_length=16)
    need = EncryptedTextField("keadaan yang mendesak")
    request_letter = models.CharField("surat permintaan", max_length=120)
    amount = models.BigIntegerField("jumlah")
    way = models.CharField("cara pembayaran", max_length=8, blank=True)
    approval = models.CharField("nomor persetujuan", max_length=80, blank=True)
    receipt = models.CharField("nomor kuitansi atau bukti transfer", max_length=80, blank=True)
    paid_on = models.DateField("tanggal disalurkan", null=True, blank=True)
    cash_limit = models.BigIntegerField(default=0)
    recap = models.ForeignKey(AidRecap, models.PROTECT, null=True, blank=True, related_name="cases")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AidState.values), name="sab_aid_state"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="sab_aid_purpose"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="sab_aid_amount"),
            models.CheckConstraint(
                condition=~Q(state__in=_GIVEN) | Q(paid_on__isnull=False, way__in=AidWay.values) & ~Q(receipt=""),
                name="sab_aid_given_has_receipt",
            ),
            models.CheckConstraint(
                condition=~Q(way=AidWay.TUNAI) | Q(amount__lte=models.F("cash_limit")), name="sab_aid_cash_limit"
            ),
            models.CheckConstraint(
                condition=Q(state=AidState.DIREKAP, recap__isnull=False)
                | ~Q(state=AidState.DIREKAP) & Q(recap__isnull=True),
                name="sab_aid_recap",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """Return the state in words."""
        return str(AidState(self.state).label)

    @property
    def purpose_label(self) -> str:
        """Return the purpose in words."""
        return str(Purpose(self.purpose).label)
