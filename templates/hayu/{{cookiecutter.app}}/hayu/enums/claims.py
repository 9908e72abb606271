"""Codes of claims: a person asks that a permit without an account becomes theirs to see and renew."""

from django.db.models import TextChoices


class ClaimState(TextChoices):
    """States of a claim."""

    DIMINTA = "DIMINTA", "Diminta"
    DITERIMA = "DITERIMA", "Diterima"
    DITOLAK = "DITOLAK", "Ditolak"


class ClaimAction(TextChoices):
    """What changes a claim."""

    MINTA = "minta_hubungkan", "Minta izin lama dihubungkan"
    TERIMA = "hubungkan", "Hubungkan dengan akun"
    TOLAK = "tolak_hubungkan", "Tolak permintaan"
