"""The audit chain: append-only rows, each holding the hash of the one before."""

from django.db import models


class AuditEntry(models.Model):
    """One act: who did what to which object, from and to which state, and the hash that seals it.

    Written only by `core.audit.record`. Triggers refuse UPDATE, DELETE and TRUNCATE on both databases.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=150)
    role = models.CharField(max_length=40, blank=True)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    source = models.CharField(max_length=40, blank=True)
    target = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    ip = models.GenericIPAddressField(null=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "seq"], name="core_audit_object"),
            models.Index(fields=["actor", "at"], name="core_audit_actor"),
            models.Index(fields=["at"], name="core_audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.object_type} {self.object_id} {self.action}"


class AuditHead(models.Model):
    """The one row every writer locks: the number and hash of the newest entry, and the last check."""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)
    verified_at = models.DateTimeField(null=True)
    verified_seq = models.PositiveBigIntegerField(default=0)
    intact = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="core_audit_one_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"
