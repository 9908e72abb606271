"""When each periodic command ran last."""

from django.db import models


class PeriodicRun(models.Model):
    """One row per periodic command: the last slot it completed, so a rerun does nothing twice."""

    name = models.CharField(max_length=80, unique=True)
    slot = models.CharField(max_length=20, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.slot}"
