"""Numbers of other systems: what OSS or SIMBG issued for a business or building in the region."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import wilayah
from core.models import Case
from core.models.files import new_public_id
from hayu.enums import Channel, Outside, ReferralState
from hayu.models.reports import Report
from hayu.rules import kbli, looks
from hayu.rules.kbli import Activity

USER = settings.AUTH_USER_MODEL
S = ReferralState


class Referral(Case):
    """One outside number. Of its owner only the account stands here; the register shows business or building."""

    STATES = looks.REFERRAL_STATES

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    system = models.CharField("sistem", max_length=8, choices=Outside)
    number = models.CharField("nomor", max_length=60)
    name = models.CharField("nama usaha atau bangunan", max_length=120)
    kbli_version = models.CharField("versi KBLI", max_length=4, blank=True)
    kbli_code = models.CharField("kode KBLI", max_length=5, blank=True)
    district_code = models.CharField(max_length=13, db_index=True)
    village_code = models.CharField(max_length=13)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="referrals")
    applicant = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="referrals")
    filed_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    channel = models.CharField("kanal", max_length=8, choices=Channel)
    consent = models.CharField("bukti persetujuan", max_length=200, blank=True)
    checked_on = models.DateField("dicocokkan", null=True, blank=True)
    ended_on = models.DateField("dicoret", null=True, blank=True)
    anonymised_on = models.DateField("data pribadi dihapus", null=True, blank=True)

    class Meta:
        verbose_name = "nomor dari luar"
        verbose_name_plural = "nomor dari luar"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=S.values), name="hayu_referral_state"),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(name="") & ~Q(village_code=""), name="hayu_referral_complete"
            ),
            models.CheckConstraint(
                condition=~Q(state=S.COCOK) | Q(checked_on__isnull=False), name="hayu_referral_checked"
            ),
            models.CheckConstraint(
                condition=Q(state=S.DICORET, ended_on__isnull=False) | (~Q(state=S.DICORET) & Q(ended_on=None)),
                name="hayu_referral_ended",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_on__isnull=False, state=S.DICORET, applicant=None, filed_by=None)
                | Q(anonymised_on=None, channel=Channel.WEB, applicant__isnull=False, consent="")
                | (Q(anonymised_on=None, channel=Channel.LOKET) & ~Q(consent="")),
                name="hayu_referral_channel",
            ),
            models.UniqueConstraint(
                fields=["system", "number"], condition=~Q(state=S.DICORET), name="hayu_referral_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system} {self.number}"

    @property
    def activity(self) -> Activity | None:
        """Return the kind of business, None for a building or when it was not told."""
        return kbli.find(self.kbli_code, self.kbli_version) if self.kbli_code else None

    @property
    def district(self) -> str:
        """Return the name of the kecamatan."""
        return wilayah.name_of(self.district_code)

    @property
    def place(self) -> str:
        """Return village and kecamatan."""
        return ", ".join(wilayah.name_of(code) for code in (self.village_code, self.district_code))
