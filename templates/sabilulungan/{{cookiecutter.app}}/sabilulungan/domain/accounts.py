"""Another account for the pay-out, when the one in the proposal is closed or carries another name (R17, F09)."""

from django.db import transaction

from core import audit, identity
from core.errors import Fault, Refused
from core.models import User
from sabilulungan.domain.recipients import add_account
from sabilulungan.enums import Form, Role, State
from sabilulungan.models import BankAccount, Proposal
from sabilulungan.rules.after import same_text


def may_add(proposal: Proposal) -> bool:
    """Return whether an account may be added now: money, agreed and not yet asked for."""
    return proposal.form == Form.UANG and proposal.state == State.PERJANJIAN


def add(proposal: Proposal, user: User, *, bank: str, number: str, owner_name: str) -> BankAccount:
    """Store another account of the recipient, in the audit chain too; paying into it is marked red at T17 (F09).

    Raises Refused when nothing is paid from here now, or when the account belongs to somebody else by name.
    """
    if not may_add(proposal):
        raise Refused("Rekening lain hanya dapat ditambah setelah perjanjian dan sebelum pencairan diajukan.")
    name = proposal.recipient.name
    if not same_text(owner_name, name):
        sentence = f"Pakai rekening atas nama penerima: {name}."
        raise Refused(sentence, [Fault("owner_name", sentence)])
    with transaction.atomic():
        account = add_account(proposal.recipient, bank.strip(), number, owner_name.strip())
        audit.record(
            proposal, "tambah_rekening", actor=user, role=Role.PEMOHON,
            note=f"{account.bank} {identity.mask_account(number)}",
        )  # fmt: skip
    return account
