"""F03: one device that files for three applicants or more.

A browser gets a random number with its first proposal and keeps it for two years. With the proposal stays only the
keyed token of it. What is typed at the counter for people who walk in tells nothing and is left out.
"""

import secrets

from core import identity
from sabilulungan.enums import State
from sabilulungan.models import FilingDevice, Proposal

LEAST_APPLICANTS = 3  # two people at one family computer are none of it
MOST_SHOWN = 10  # other applicants a proposal is compared with, the newest first
_LENGTH = 24  # random bytes
_PURPOSE = "perangkat"


def new() -> str:
    """Return a random number for a browser."""
    return secrets.token_urlsafe(_LENGTH)


def is_ours(device: str) -> bool:
    """Return whether a number has the form of `new`; anything else a browser sends is not kept."""
    return len(device) == len(new()) and all(sign.isascii() and (sign.isalnum() or sign in "-_") for sign in device)


def remember(proposal: Proposal, device: str) -> None:
    """Keep the token of the device a proposal is filed from; nothing for what the counter types in."""
    if is_ours(device) and not proposal.on_paper:
        token = identity.token(f"{_PURPOSE} {device}")
        FilingDevice.objects.update_or_create(proposal=proposal, defaults={"token": token})


def token_of(proposal: Proposal) -> str:
    """Return the token a proposal was filed with, or ""."""
    held = FilingDevice.objects.filter(proposal=proposal).first()
    return held.token if held else ""


def others(proposal: Proposal) -> list[Proposal]:
    """Return the newest proposal of each other applicant who used the device; empty unless there are three in all."""
    token = token_of(proposal)
    if not token:
        return []
    rows = (
        Proposal.objects.public()
        .filter(device__token=token)
        .exclude(recipient=proposal.recipient_id)
        .exclude(state__in=[State.DITARIK, State.KEDALUWARSA])
        .order_by("submitted_at", "pk")
    )
    newest = list({row.recipient_id: row for row in rows}.values())
    return newest[::-1][:MOST_SHOWN] if len(newest) + 1 >= LEAST_APPLICANTS else []
