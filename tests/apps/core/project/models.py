"""A case with three states, to try the machine on."""

from django.db import models

from core.demo import DemoAccounts
from core.models import Case


class Role(models.TextChoices):
    """Roles of the test app."""

    PEMOHON = "PEMOHON", "Pemohon"
    PETUGAS = "PETUGAS", "Petugas"
    KEPALA = "KEPALA", "Kepala"
    ADMIN_WILAYAH = "ADMIN_WILAYAH", "Administrator wilayah"


class Letter(Case):
    """A letter somebody asks for."""

    title = models.CharField(max_length=80)
    owner = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    office = models.CharField(max_length=20, blank=True)
    decided_note = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="SELESAI") | ~models.Q(decided_note=""), name="letter_done_has_note"
            )
        ]


def demo(accounts: DemoAccounts) -> None:
    """Make one account of each kind."""
    accounts.account("PETUGAS", "Ujang Sastra", "petugas")
    accounts.account("", "Neneng Lestari", "warga", show=False)
