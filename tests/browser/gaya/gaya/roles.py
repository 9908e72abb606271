"""Roles of the style page's project."""

from django.db import models


class Role(models.TextChoices):
    """Two roles, so that pages of signed-in people can be seen."""

    WARGA = "WARGA", "Warga"
    PETUGAS = "PETUGAS", "Petugas verifikasi"
