"""Codes that several apps keep in their databases; once chosen they are never renamed."""

from django.db.models import TextChoices


class Signature(TextChoices):
    """How a document is signed; the profile's section `sign` says which electronic way a region has."""

    UJI_COBA = "UJI_COBA", "Tanda tangan uji coba"
    BSRE = "BSRE", "Tanda tangan elektronik BSrE"
    BASAH = "BASAH", "Tanda tangan basah, hasil pindai"
