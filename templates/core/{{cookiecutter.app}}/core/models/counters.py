"""Counters behind official numbers."""

from django.db import models


class Counter(models.Model):
    """The last number given out for a kind of document in a year and scope (an office, or "")."""

    kind = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=60, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year", "scope"], name="core_counter_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.scope} {self.year}: {self.last}"
