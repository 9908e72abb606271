"""Redacted public copies (section 11): an officer publishes a file of its own; the original is never public.

Copies are private files too: only `of_case` leads to them, so that a withdrawn one is gone at once.
"""

import hashlib
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from core import audit, dates, files
from core.errors import Fault, Refused
from core.models import User
from sabilulungan.domain import drafts
from sabilulungan.enums import Role
from sabilulungan.models import Document, Proposal, PublicCopy
from sabilulungan.rules.privacy import Item, may_be_copied, open_items, subject_of

KIND = "salinan-publik"
REPLACED = "Diganti dengan salinan yang lebih baru."
PUBLISHERS = (Role.TU, Role.OPD, Role.KEU)


def may_have_copies(proposal: Proposal) -> bool:
    """Return whether documents of such a case may be public at all: of persons and families none are."""
    return proposal.number is not None and Item.DOCUMENTS in open_items(subject_of(proposal.recipient.type))


def role_of(user: User) -> str:
    """Return the role in which a person publishes copies."""
    return next((role for role in PUBLISHERS if user.has_role(role)), "")


def of_case(proposal: Proposal) -> QuerySet[PublicCopy]:
    """Return the copies everybody may read now, in the order of the case's documents."""
    if not may_have_copies(proposal):
        return PublicCopy.objects.none()
    copies = PublicCopy.objects.filter(document__proposal=proposal, withdrawn_at__isnull=True)
    return copies.select_related("document", "copy").order_by("document_id")


def publish(document: Document, upload: IO[bytes], user: User) -> PublicCopy:
    """Publish the redacted copy of a document's newest version; an older copy is withdrawn at the same moment.

    Raises Refused when the case is a person's, when the paper is one of numbers only (KTP, NPWP, account), when there
    is no original, when the file is unfit, or when it is one of the originals itself.
    """
    proposal = document.proposal
    if not may_have_copies(proposal):
        raise Refused("Dokumen perorangan dan keluarga tidak pernah ditampilkan untuk umum.")
    if not may_be_copied(document.code):
        raise Refused(f"{document.name} tidak pernah ditampilkan untuk umum, juga tidak sebagai salinan.")
    versions = drafts.versions(document)
    if not versions:
        raise Refused(f"{document.name} belum diunggah, jadi belum ada yang dapat disalin.")
    content, media_type = files.inspect(upload)
    digest = hashlib.sha256(content).hexdigest()
    originals = {stored.sha256 for held in drafts.versions_of(proposal).values() for stored in held}
    if digest in originals:
        raise Refused("Berkas ini sama dengan aslinya. Tutup dahulu data pribadinya, lalu unggah salinannya.")
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        before = PublicCopy.objects.filter(document=document, withdrawn_at__isnull=True).select_related("copy").first()
        if before and before.copy.sha256 == digest:  # a second click
            return before
        if before:
            _close(before, user, REPLACED)
        stored = files.store_bytes(
            content, media_type, owner=versions[0], kind=KIND, user=user, name=f"{document.code}-salinan"
        )
        made = PublicCopy.objects.create(
            document=document, original=versions[0], copy=stored, published_by=user, published_at=dates.now()
        )
        facts = {"dokumen": document.code, "asli": versions[0].sha256, "salinan": digest}
        audit.record(proposal, "terbitkan_salinan", actor=user, role=role_of(user), data=facts)
    return made


def withdraw(copy: PublicCopy, user: User, reason: str) -> None:
    """Take a copy back from the public, with a written reason. Raises Refused without one, or when it is gone."""
    if not reason.strip():
        raise Refused("Salinan belum ditarik.", [Fault("reason", "Tulis alasan menarik salinan ini.")])
    with transaction.atomic():
        locked = PublicCopy.objects.select_for_update(of=("self",)).select_related("copy", "document__proposal")
        held = locked.get(pk=copy.pk)
        if held.withdrawn_at:
            raise Refused("Salinan ini sudah ditarik.")
        _close(held, user, reason.strip())
        facts = {"dokumen": held.document.code, "salinan": held.copy.sha256}
        case = held.document.proposal
        audit.record(case, "tarik_salinan", actor=user, role=role_of(user), note=reason.strip(), data=facts)


def _close(copy: PublicCopy, user: User, reason: str) -> None:
    copy.withdrawn_at, copy.withdrawn_by, copy.reason = dates.now(), user, reason
    copy.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
