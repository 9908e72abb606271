"""The base of everything that has a state and is changed by a Machine."""

from django.db import models
from django.utils import timezone


class Case(models.Model):
    """A record whose `state` only `core.transitions.Machine` changes; `version` tells stale pages from fresh ones."""

    state = models.CharField("keadaan", max_length=40, db_index=True)
    state_since = models.DateTimeField("sejak", default=timezone.now)
    version = models.PositiveIntegerField("versi", default=1)
    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    updated_at = models.DateTimeField("diubah", auto_now=True)

    class Meta:
        abstract = True
