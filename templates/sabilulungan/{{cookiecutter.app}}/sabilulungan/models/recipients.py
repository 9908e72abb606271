"""Who applies and receives: organisations, groups, families and persons, their officers and accounts."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.codes import new_code
from core.fields import EncryptedTextField
from sabilulungan.enums import ORGANISATIONS, PERSONS, Position, RecipientType


class Recipient(models.Model):
    """An organisation, or a person or family that applies for itself. Numbers are encrypted; tokens match them."""

    public_id = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    type = models.CharField("jenis penerima", max_length=24)
    name = models.CharField("nama", max_length=150)
    normal_name = models.CharField(max_length=150, db_index=True)
    address = models.CharField("alamat", max_length=200)
    rt = models.CharField("RT", max_length=3, blank=True)
    rw = models.CharField("RW", max_length=3, blank=True)
    normal_address = models.CharField(max_length=220, db_index=True)
    village_code = models.CharField(max_length=13)
    district_code = models.CharField(max_length=8, db_index=True)
    postal_code = models.CharField("kode pos", max_length=5, blank=True)
    latitude = models.DecimalField("lintang", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("bujur", max_digits=9, decimal_places=6, null=True, blank=True)
    phone = EncryptedTextField("telepon", blank=True)
    phone_token = models.CharField(max_length=64, blank=True, db_index=True)
    email = EncryptedTextField("surel", blank=True)
    email_token = models.CharField(max_length=64, blank=True, db_default="", db_index=True)
    family_card = EncryptedTextField("nomor KK", blank=True, db_default="")
    family_card_token = models.CharField(max_length=64, blank=True, db_default="", db_index=True)
    npwp = EncryptedTextField("NPWP", blank=True)
    npwp_token = models.CharField(max_length=64, blank=True, db_index=True)
    deed_number = models.CharField("nomor akta", max_length=60, blank=True)
    approval_number = models.CharField("nomor pengesahan", max_length=60, blank=True)
    registered_on = models.DateField("terdaftar sejak", null=True, blank=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(type__in=RecipientType.values), name="sab_recipient_type"),
            models.CheckConstraint(
                condition=Q(type__in=PERSONS) | Q(registered_on__isnull=False), name="sab_organisation_registered_on"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    type__in=ORGANISATIONS,
                    latitude__gte=-11,
                    latitude__lte=6,
                    longitude__gte=95,
                    longitude__lte=141,
                ),
                name="sab_recipient_in_indonesia",
            ),
            models.CheckConstraint(
                condition=Q(family_card_token="") | Q(type__in=PERSONS), name="sab_family_card_of_persons"
            ),
        ]
        indexes = [models.Index(fields=["latitude", "longitude"], name="sab_recipient_point")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_person(self) -> bool:
        """Return whether this is a person or family, whose data are protected (section 11)."""
        return self.type in PERSONS

    @property
    def is_organisation(self) -> bool:
        """Return whether this is a body or group."""
        return self.type in ORGANISATIONS

    @property
    def position(self) -> tuple[float, float] | None:
        """Return latitude and longitude of the seat in degrees; None where it was not given, and of persons."""
        if self.latitude is None or self.longitude is None:
            return None
        return float(self.latitude), float(self.longitude)

    @property
    def type_label(self) -> str:
        """Return the kind of recipient in words."""
        return RecipientType(self.type).label


class Officer(models.Model):
    """A person in a recipient's board for a time; DIRI stands for a person who applies for himself."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="officers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="offices_held"
    )
    position = models.CharField("jabatan", max_length=12)
    name = models.CharField("nama", max_length=150)
    nik = EncryptedTextField("NIK")
    nik_token = models.CharField(max_length=64, db_index=True)
    phone = EncryptedTextField("telepon", blank=True)
    phone_token = models.CharField(max_length=64, blank=True, db_index=True)
    since = models.DateField("sejak")
    until = models.DateField("sampai", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(position__in=Position.values), name="sab_officer_position"),
            models.UniqueConstraint(
                fields=["recipient", "position"], condition=Q(until__isnull=True), name="sab_one_officer_a_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position_label} {self.name}"

    @property
    def position_label(self) -> str:
        """Return the position in words."""
        return Position(self.position).label


class BankAccount(models.Model):
    """An account of a recipient; the owner's name must be the recipient's before money is paid (R17)."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="accounts")
    bank = models.CharField("bank", max_length=60)
    number = EncryptedTextField("nomor rekening")
    number_token = models.CharField(max_length=64, db_index=True)
    owner_name = models.CharField("atas nama", max_length=150)
    normal_owner = models.CharField(max_length=150, blank=True, db_default="", db_index=True)
    opened_on = models.DateField("dibuka sejak", null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "number_token"], name="sab_account_once")]

    def __str__(self) -> str:
        return f"{self.bank} a.n. {self.owner_name}"
