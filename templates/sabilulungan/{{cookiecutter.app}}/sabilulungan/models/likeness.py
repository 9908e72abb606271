"""Marks of a proposal's text and cost plan, by which an index finds proposals that say nearly the same (F06)."""

from django.db import models

from sabilulungan.models.proposals import Proposal


class LikenessMark(models.Model):
    """One mark (rules.likeness) of a filed proposal; proposals that share one are worth comparing."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="likeness_marks")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "value"], name="sab_likeness_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.value}"
