"""Permits without an account become their holder's: asked for with number and NIK, confirmed at the desk by KTP.

Number and NIK together show that one knows the paper; only an officer who sees the identity card shows that it is one's
own. So the account gets the permit after that, and may renew it, change it and hear of it (hayu.md sections 3 and 8).
"""

import hmac
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

import rules
from core import audit, identity
from core.errors import Refused
from core.models import User
from core.notify import Message
from core.transitions import NEW, Machine, Step, Transition
from hayu.domain import throttle
from hayu.enums import ClaimAction as Act
from hayu.enums import ClaimState as S
from hayu.enums import Role
from hayu.models import Claim, Permit

LINKED = "hubungkan_akun"
_KIND = "klaim"


def ask(number: str, nik: str, user: User, request: HttpRequest | None = None) -> Claim:
    """Return the person's claim of a permit; asked twice it is the same one.

    `nik` is 16 digits. Raises Refused with one sentence for an unknown number, a permit that has its account, and
    another NIK, each counted as a miss of this account; and when another account's claim waits.
    """
    source = f"akun {user.pk}"
    if throttle.is_blocked(_KIND, source):
        raise Refused("Terlalu banyak percobaan dari akun ini. Coba lagi satu jam lagi, atau datang ke loket.")
    rows = Permit.objects.filter(number=" ".join(number.split()), holder=None).exclude(nik_token="")
    with transaction.atomic():
        permit = rows.select_for_update(of=("self",)).first()
        if permit and hmac.compare_digest(permit.nik_token.encode(), identity.token(nik).encode()):
            return _claim(permit, user, request)
    throttle.miss(_KIND, source)
    raise Refused("Nomor izin dan NIK itu tidak cocok dengan arsip kami. Periksa lagi keduanya, atau datang ke loket.")


def _claim(permit: Permit, user: User, request: HttpRequest | None) -> Claim:
    before = permit.claims.filter(state=S.DIMINTA).first()
    if before and before.person_id != user.pk:
        raise Refused("Izin itu sedang diminta lewat akun lain. Datang ke loket dengan KTP asli.")
    if before:
        return before
    asked: Claim = machine.begin(Claim(permit=permit, person=user), Act.MINTA, user, request=request)
    return asked


def mine(user: User) -> QuerySet[Claim]:
    """Return a person's claims that wait for the desk."""
    return Claim.objects.filter(person=user, state=S.DIMINTA).select_related("permit__type_version")


def waiting(user: User) -> QuerySet[Claim]:
    """Return the claims this desk officer is to decide, the longest waiting first; never their own."""
    if not user.has_role(Role.LOKET):
        return Claim.objects.none()
    rows = Claim.objects.filter(state=S.DIMINTA).exclude(person=user)
    return rows.select_related("permit__type_version", "person").order_by("created_at", "pk")


def holds(user: User, role: str, claim: Claim) -> bool:
    """Return whether a user has a role on a claim: whose it is, or the desk."""
    return claim.person_id == user.pk if role == Role.PEMOHON else user.has_role(role)


def involved(user: User, claim: Claim) -> bool:
    """Return whether it is the person's own claim, or a permit of their NIK."""
    own = bool(user.nik_token and user.nik_token == claim.permit.nik_token)
    return claim.person_id == user.pk or own


def _is_free(step: Step) -> None:
    if Permit.objects.select_for_update(of=("self",)).get(pk=step.obj.permit_id).holder_id:
        raise Refused("Izin itu sudah dihubungkan dengan akun lain.")


def _link(step: Step) -> None:
    """Give the permit its holder, and write it into the permit's own log."""
    permit = step.obj.permit
    Permit.objects.filter(pk=permit.pk, holder=None).update(holder=step.obj.person)
    audit.record(permit, LINKED, actor=step.actor, role=step.role, note=step.note)
    step.audit_data["nomor"] = permit.number


def _told(step: Step) -> Iterator[Message]:
    number = step.obj.permit.number
    if step.target == S.DITERIMA:
        link = reverse("hayu:issued", args=[step.obj.permit.code])
        body = f"Izin {number} sekarang ada di akun Anda. Anda dapat memperpanjang dan menerima kabarnya."
        yield Message("izin.dihubungkan", "Izin lama Anda dihubungkan", body, user=step.obj.person, link=link)
        return
    body = f"Izin {number} tidak dihubungkan dengan akun Anda. Alasan: {step.note}"
    link = reverse("hayu:applications")
    yield Message("izin.tidak_dihubungkan", "Permintaan izin lama ditolak", body, user=step.obj.person, link=link)


TABLE = (
    Transition("K01", (NEW,), Act.MINTA, (Role.PEMOHON,), S.DIMINTA),
    Transition("K02", (S.DIMINTA,), Act.TERIMA, (Role.LOKET,), S.DITERIMA, guard=_is_free, effect=_link, notify=_told,
               note_required=True),
    Transition("K03", (S.DIMINTA,), Act.TOLAK, (Role.LOKET,), S.DITOLAK, notify=_told, note_required=True),
)  # fmt: skip

machine = Machine(Claim, TABLE, holds=holds, involved=involved, owner_roles=(Role.PEMOHON,))


@rules.predicate
def _decides(user: User, claim: Claim) -> bool:
    return isinstance(user, User) and user.is_active and user.has_role(Role.LOKET)


rules.add_perm("hayu.view_claim", _decides)
