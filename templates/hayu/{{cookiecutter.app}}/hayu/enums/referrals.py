"""Codes of lane RUJUK: numbers that OSS and SIMBG gave, kept beside the region's own registers (hayu.md section 1)."""

from django.db.models import TextChoices


class Outside(TextChoices):
    """The national system that gave a number."""

    OSS = "OSS", "OSS (NIB)"
    SIMBG = "SIMBG", "SIMBG (PBG atau SLF)"


class ReferralState(TextChoices):
    """States of an outside number."""

    TERCATAT = "TERCATAT", "Tercatat"
    COCOK = "COCOK", "Sudah dicocokkan"
    DICORET = "DICORET", "Dicoret"


class ReferralAction(TextChoices):
    """What changes an outside number."""

    CATAT = "catat_rujukan", "Catat nomor dari luar"
    COCOKKAN = "cocokkan", "Nyatakan cocok"
    CORET = "coret", "Coret dari daftar"
