"""Beginning a proposal."""

from django.db import transaction

from core.errors import Refused
from core.models import User
from sabilulungan.domain import drafts, flow, rulebook
from sabilulungan.enums import Kind, State
from sabilulungan.models import Proposal, Recipient

MOST_DRAFTS = 10


def start(recipient: Recipient, user: User, *, budget_year: int, kind: Kind, on_paper: bool = False) -> Proposal:
    """Begin a draft. Raises Refused with the next window's date when none is open for the budget year (R01)."""
    if not rulebook.is_open(budget_year):
        raise Refused(rulebook.closed_sentence())
    untouched = recipient.proposals.filter(
        state=State.DRAF, version=1, budget_year=budget_year, kind=kind, created_by=user
    ).first()
    if untouched:  # a second click, or a start that was left alone
        return untouched
    if recipient.proposals.filter(state=State.DRAF).count() >= MOST_DRAFTS:
        raise Refused("Draf Anda sudah terlalu banyak. Kirim atau hapus dahulu yang ada.")
    draft = Proposal(
        recipient=recipient,
        recipient_district=recipient.district_code,
        created_by=user,
        on_paper=on_paper,
        budget_year=budget_year,
        kind=kind,
        village_code=recipient.village_code,
        district_code=recipient.district_code,
    )
    with transaction.atomic():
        draft = flow.begin(draft, user)
        drafts.sync_documents(draft)
    return draft
