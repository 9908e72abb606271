"""From which device a proposal was filed, as a keyed token only (F03)."""

from django.db import models

from sabilulungan.models.proposals import Proposal


class FilingDevice(models.Model):
    """The token of the random number a browser carries; it says that two proposals came from one, nothing else."""

    proposal = models.OneToOneField(Proposal, models.CASCADE, primary_key=True, related_name="device")
    token = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return f"{self.proposal_id}"
