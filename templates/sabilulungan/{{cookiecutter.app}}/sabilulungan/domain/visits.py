"""Field visits, statements of camat and lurah, and the registry's check of organisations."""

from collections.abc import Sequence
from decimal import Decimal
from typing import IO, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from core import audit, dates, files
from core.errors import Fault, NotAllowed, Refused
from core.models import StoredFile, User
from sabilulungan.domain import copied_photos, flags, points
from sabilulungan.domain import photos as cameras
from sabilulungan.domain.flow.people import involved
from sabilulungan.enums import ORGANISATIONS, PhotoPlace, Role, Severity, State
from sabilulungan.models import FieldVisit, LegalCheck, Proposal, Recipient
from sabilulungan.rules.places import misfits

MOST_PHOTOS = 3
PHOTO = "foto"
VISITABLE = (State.KLASIFIKASI, State.EVALUASI)


def role_at(user: User, proposal: Proposal) -> Role | None:
    """Return as what a person may visit a case: its office, or the camat or lurah of the recipient's place."""
    if proposal.state not in VISITABLE or involved(user, proposal):
        return None
    if proposal.state == State.EVALUASI and proposal.office in user.scopes(Role.OPD):
        return Role.OPD
    place = f"{proposal.recipient.village_code}."
    return Role.WILAYAH if any(place.startswith(f"{scope}.") for scope in user.scopes(Role.WILAYAH)) else None


def to_visit(user: User) -> QuerySet[Proposal]:
    """Return the cases of a camat's or lurah's place that wait for his statement, the oldest first."""
    place = Q(pk__in=[])
    for scope in user.scopes(Role.WILAYAH):
        place |= Q(recipient__village_code=scope) | Q(recipient__village_code__startswith=f"{scope}.")
    waiting = Proposal.objects.filter(place, state__in=VISITABLE).exclude(visits__role=Role.WILAYAH)
    return waiting.select_related("recipient", "profile").order_by("submitted_at")


def file_visit(
    proposal: Proposal, user: User, values: dict[str, Any], position: tuple[Decimal, Decimal] | None,
    photos: Sequence[IO[bytes]],
) -> FieldVisit:  # fmt: skip
    """Record a visit with its photos, and flag what does not fit the stated place and time (F08), or was used before
    (F06).

    NotAllowed for anybody else; Refused for an unfit photo, before any is kept.
    """
    role = role_at(user, proposal)
    if role is None:
        raise NotAllowed("Anda tidak bertugas memeriksa lapangan untuk berkas ini.")
    if len(photos) > MOST_PHOTOS:
        raise Refused("Kunjungan belum tersimpan.", [Fault("photos", f"Paling banyak {MOST_PHOTOS} foto.")])
    checked, traces = [], []
    for photo in photos:
        traces.append(cameras.trace_of(photo))
        try:
            checked.append(files.inspect(photo, (files.JPEG, files.PNG)))
        except Refused as error:
            raise Refused("Kunjungan belum tersimpan.", [Fault("photos", error.sentence)]) from None
    with transaction.atomic():
        latitude, longitude = position or (None, None)
        visit = FieldVisit.objects.create(
            proposal=proposal, role=role, by=user, at=dates.now(), latitude=latitude, longitude=longitude, **values
        )
        stored = [
            files.store_bytes(
                content, media_type, owner=visit, kind=f"{PHOTO}-{number}", user=user, name="foto lapangan"
            )
            for number, (content, media_type) in enumerate(checked, start=1)
        ]
        for one, (content, _) in zip(stored, checked, strict=True):
            copied_photos.remember(one, proposal, PhotoPlace.KUNJUNGAN, content)
        flags.note_copied_photos(proposal)
        audit.record(
            proposal, "kunjungan_lapangan", actor=user, role=role, data={"files": [one.sha256 for one in stored]}
        )
        here = (float(latitude), float(longitude)) if latitude is not None and longitude is not None else None
        inside = points.fits(here, {proposal.recipient.village_code, proposal.village_code})
        at, seat = dates.local(visit.at).replace(tzinfo=None), proposal.recipient.position
        wrong = misfits(traces, here, at, inside=inside, seat=seat)
        if wrong:
            flags.note(proposal, "F08", Severity.RED, " ".join(wrong), facts=["kunjungan", visit.pk])
    return visit


def visits_of(proposal: Proposal) -> list[tuple[FieldVisit, list[StoredFile]]]:
    """Return the visits of a case with their photos, oldest first."""
    found = list(proposal.visits.select_related("by"))
    owner = FieldVisit._meta.label_lower
    photos = StoredFile.objects.filter(owner_type=owner, owner_id__in=[str(one.pk) for one in found]).order_by("kind")
    held: dict[str, list[StoredFile]] = {}
    for photo in photos:
        held.setdefault(photo.owner_id, []).append(photo)
    return [(one, held.get(str(one.pk), [])) for one in found]


def organisations(text: str = "") -> QuerySet[Recipient]:
    """Return the organisations of the register by name; those never checked come first."""
    checked = Exists(LegalCheck.objects.filter(recipient=OuterRef("pk")))
    rows = Recipient.objects.filter(type__in=ORGANISATIONS).annotate(checked=checked).prefetch_related("legal_checks")
    if text:
        rows = rows.filter(name__icontains=text)
    return rows.order_by("checked", "name")


def check_legal(recipient: Recipient, user: User, *, valid: bool, note: str) -> LegalCheck:
    """Record the registry's word on an organisation."""
    with transaction.atomic():
        made = LegalCheck.objects.create(recipient=recipient, valid=valid, note=note.strip(), by=user, at=dates.now())
        audit.record(recipient, "periksa_status_hukum", actor=user, role=Role.KESBANGPOL, note=made.note)
    return made
