"""Work of the clock."""

import datetime as dt

from core import tasks
from core.errors import Refused
from sabilulungan.domain import flow
from sabilulungan.enums import Action, State
from sabilulungan.models import Proposal


@tasks.periodic("tutup_perbaikan", every=tasks.DAILY, hour=1)
def close_overdue_repairs(day: dt.date) -> str:
    """Close returned proposals whose repair did not come in time (T04). Running it again changes nothing."""
    overdue = Proposal.objects.select_related("recipient", "profile").filter(state=State.PERBAIKAN, due_on__lt=day)
    closed = 0
    for proposal in overdue:
        try:
            flow.perform(proposal, Action.LEWAT_WAKTU, None)
        except Refused:
            continue  # repaired while this ran
        closed += 1
    return f"{closed} closed"
