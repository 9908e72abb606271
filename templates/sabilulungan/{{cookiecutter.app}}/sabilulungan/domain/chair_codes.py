"""R18: the chair confirms by a code on his own telephone that he files, and again that he agrees before the NPHD.

Asked where the region has a gateway for short messages and the chair's number is on file. Whoever types for the
recipient never sees the number, and the code itself is nowhere kept.
"""

import datetime as dt
import secrets

from django.db import transaction

from core import audit, dates, identity, sms
from core.errors import Fault, Refused
from core.models import User
from core.region import region
from sabilulungan.domain.recipients import chair
from sabilulungan.enums import Action, Role, State
from sabilulungan.models import ChairCode, Officer, Proposal

LIFETIME = dt.timedelta(minutes=30)
HOLDS = dt.timedelta(days=1)  # a confirmation that is not used for a day is asked for again
MOST_TRIES = 5
MOST_AN_HOUR = 3
MASKED = 4  # digits of the number that are shown
_WORDS = {Action.AJUKAN: "mengajukan usulan", Action.KONFIRMASI: "menyetujui perjanjian"}
_WHEN = {State.DRAF: Action.AJUKAN, State.DITETAPKAN: Action.KONFIRMASI}


def asked_of(proposal: Proposal) -> Officer | None:
    """Return the chair whose word is needed in this state; None when none is, or when there is no way to ask."""
    if State(proposal.state) not in _WHEN or sms.gateway() is None:
        return None
    leader = chair(proposal.recipient)
    return leader if leader and leader.phone else None


def masked(officer: Officer) -> str:
    """Return the end of the chair's number: "berakhir 0001"."""
    return f"berakhir {officer.phone[-MASKED:]}"


def confirmed(proposal: Proposal) -> ChairCode | None:
    """Return the chair's word for what is under way now, if he gave it within a day and still leads."""
    leader = asked_of(proposal)
    if leader is None:
        return None
    given = proposal.chair_codes.filter(
        action=_WHEN[State(proposal.state)], officer=leader, confirmed_at__gte=dates.now() - HOLDS
    )
    return given.last()


def faults(proposal: Proposal, field: str) -> list[Fault]:
    """Return a fault at `field` while the chair's word is needed and not given."""
    leader = asked_of(proposal)
    if leader is None or confirmed(proposal):
        return []
    return [Fault(field, f"{leader.name} belum memastikan lewat telepon. Kirim kode, lalu isikan di sini.")]


def send(proposal: Proposal, user: User) -> None:
    """Send a new code; the ones before no longer count.

    Raises Refused when none is needed, when too many were sent within an hour, or when the gateway does not answer.
    """
    leader, way = asked_of(proposal), sms.gateway()
    if leader is None or way is None:
        raise Refused("Usulan ini tidak memerlukan kode sekarang.")
    action = _WHEN[State(proposal.state)]
    recent = proposal.chair_codes.filter(sent_at__gt=dates.now() - dt.timedelta(hours=1)).count()
    if recent >= MOST_AN_HOUR:
        raise Refused("Kode sudah dikirim beberapa kali. Coba lagi satu jam lagi.")
    code = f"{secrets.randbelow(10**6):06}"
    name = proposal.recipient.name[:40]
    text = (
        f"{region().terms.government_short}: kode {code} untuk {_WORDS[action]} atas nama {name}. "
        "Berikan hanya bila Anda menyetujuinya."
    )
    try:
        way.send(leader.phone, text)
    except OSError:
        raise Refused("Kode belum dapat dikirim. Coba lagi beberapa menit lagi.") from None
    ChairCode.objects.create(
        proposal=proposal,
        officer=leader,
        action=action,
        token=_token(proposal, action, code),
        sent_by=user,
        sent_at=dates.now(),
    )


def confirm(proposal: Proposal, code: str, user: User) -> None:
    """Take the chair's word. Raises Refused for a wrong, old or used-up code; each wrong one counts."""
    leader = asked_of(proposal)
    with transaction.atomic():
        newest = proposal.chair_codes.select_for_update().filter(officer=leader).last() if leader else None
        if newest is None or newest.action != _WHEN[State(proposal.state)]:
            raise Refused("Kirim kode lebih dahulu.")
        if newest.confirmed_at:
            return
        if newest.tries >= MOST_TRIES or dates.now() - newest.sent_at > LIFETIME:
            raise Refused("Kode ini tidak berlaku lagi. Kirim kode baru.")
        right = secrets.compare_digest(newest.token, _token(proposal, newest.action, code.strip()))
        if right:
            newest.confirmed_at = dates.now()
            role = Role.OPERATOR if user.has_role(Role.OPERATOR) else Role.PEMOHON
            audit.record(proposal, "pastikan_ketua", actor=user, role=role, data={"tindakan": newest.action})
        else:
            newest.tries += 1
        newest.save(update_fields=["tries", "confirmed_at"])
    if not right:
        raise Refused("Kode itu tidak cocok.", [Fault("kode", "Periksa lagi enam angka di telepon ketua.")])


def _token(proposal: Proposal, action: str, code: str) -> str:
    return identity.token(f"{proposal.pk} {action} {code}")
