"""Numbers of papers that have none of their own: given once, from the locked counter, and kept."""

import datetime as dt

from django.db import transaction

from sabilulungan.domain.numbers import next_number
from sabilulungan.models import IssuedPaper, Proposal


def number_of(proposal: Proposal, kind: str, day: dt.date, office: str = "", *, round: int = 1) -> str:
    """Return the number of a paper, given now if it has none yet; printing again never takes another."""
    with transaction.atomic():
        Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        issued = IssuedPaper.objects.filter(proposal=proposal, kind=kind, round=round).first()
        if issued is None:
            number = next_number(kind, day, office)
            issued = IssuedPaper.objects.create(proposal=proposal, kind=kind, round=round, number=number, issued_on=day)
    return issued.number
