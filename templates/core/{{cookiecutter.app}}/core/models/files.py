"""Files people upload and documents the apps make."""

import secrets

from django.db import models
from django.db.models import Q


def new_public_id() -> str:
    """Return an unguessable identifier for addresses: 128 random bits."""
    return secrets.token_urlsafe(16)


class StoredFile(models.Model):
    """A private file: what it belongs to, its kind, version, true type, size and hash. Old versions stay."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    owner_type = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=200, unique=True)
    public = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner_type", "owner_id", "kind", "version"], name="core_file_version"),
            models.CheckConstraint(condition=Q(size__gt=0), name="core_file_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.owner_type} {self.owner_id} {self.kind} v{self.version}"


class SharedFile(models.Model):
    """A file that every server of the app has: its content, and when it last changed. See core.shared."""

    name = models.CharField(max_length=200, primary_key=True)
    content = models.BinaryField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
