"""Drafts: saved part by part, given documents, thrown away. Nothing here changes a state."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from django.db import transaction

from core import files
from core.errors import Fault, Refused, Stale
from core.models import StoredFile, User
from core.wilayah import find
from sabilulungan.domain import copied_photos, flags, photos
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Form, Kind, Nature, Phase, RecipientType, State
from sabilulungan.models import BudgetLine, Document, Proposal
from sabilulungan.rules.money import line_amount
from sabilulungan.rules.privacy import person_title

EDITABLE = (State.DRAF, State.PERBAIKAN)
MOST_LINES = 100
FILE_KIND = "berkas"
_PHASE_OF = {
    State.DRAF: Phase.USULAN,
    State.PERJANJIAN: Phase.PENCAIRAN,
    State.PELAKSANAAN: Phase.LPJ,
    State.LPJ_PERBAIKAN: Phase.LPJ,
    State.SANKSI: Phase.LPJ,
}


def phase_now(proposal: Proposal) -> Phase | None:
    """Return whose papers the applicant may upload now: the proposal's, the pay-out file's, the report's, or none."""
    if proposal.state == State.PERBAIKAN:
        return Phase.PENCAIRAN if proposal.resume_state == State.PENCAIRAN else Phase.USULAN
    return _PHASE_OF.get(State(proposal.state))


@dataclass(frozen=True, slots=True)
class LineData:
    """A cost line as typed and checked: volume with two decimals, price in rupiah."""

    description: str
    volume: Decimal
    unit: str
    unit_price: int


def save_activity(proposal: Proposal, values: dict[str, Any], version: int) -> Proposal:
    """Store the answers of the activity page; documents asked follow kind, form, nature and recipient."""
    with transaction.atomic():
        draft = _locked(proposal, version)
        for name, value in values.items():
            setattr(draft, name, value)
        if draft.recipient.is_person:
            draft.title = person_title(draft.purpose_label)
            draft.aims = draft.background = draft.target_group = ""
        place = find(draft.village_code)
        draft.district_code = place.parent if place else ""
        draft.version += 1
        draft.save()
        sync_documents(draft)
    return draft


def save_lines(proposal: Proposal, lines: Sequence[LineData], version: int) -> Proposal:
    """Replace the cost lines and the amount asked by their sum."""
    if len(lines) > MOST_LINES:
        raise Refused(f"Rincian paling banyak {MOST_LINES} baris.")
    with transaction.atomic():
        draft = _locked(proposal, version)
        draft.lines.all().delete()
        rows = [
            BudgetLine(
                proposal=draft,
                number=number,
                description=line.description,
                volume=line.volume,
                unit=line.unit,
                unit_price=line.unit_price,
                amount_asked=line_amount(int(line.volume * 100), line.unit_price),
            )
            for number, line in enumerate(lines, start=1)
        ]
        empty = [row.number for row in rows if row.amount_asked <= 0]
        if empty:
            raise Refused("Ada baris tanpa jumlah.", [Fault("lines", f"Baris {empty[0]} berjumlah nol.")])
        BudgetLine.objects.bulk_create(rows)
        draft.amount_asked = sum(row.amount_asked for row in rows) or None
        draft.version += 1
        draft.save()
    return draft


def sync_documents(draft: Proposal) -> None:
    """Make the list of documents follow the profile; rows that already hold a file stay."""
    rules = profile_of(draft).documents_for(
        Kind(draft.kind), Form(draft.form), Nature(draft.nature), RecipientType(draft.recipient.type)
    )
    wanted = {rule.code: rule for rule in rules}
    present = {document.code: document for document in draft.documents.filter(phase=Phase.USULAN)}
    unwanted = [document for code, document in present.items() if code not in wanted]
    held = files_of(draft) if unwanted else {}
    for document in unwanted:
        if document.pk not in held:
            document.delete()
        elif document.required:
            document.required = False
            document.save(update_fields=["required"])
    Document.objects.bulk_create(
        Document(proposal=draft, code=rule.code, name=rule.name, required=rule.required)
        for rule in rules
        if rule.code not in present
    )
    for rule in rules:
        document = present.get(rule.code)
        if document and document.required != rule.required:
            document.required = rule.required
            document.save(update_fields=["required"])


def attach(document: Document, upload: IO[bytes], user: User) -> StoredFile:
    """Store a file as a document's next version; earlier ones stay readable. Refused when it cannot be changed."""
    if document.phase != phase_now(document.proposal):
        raise Refused("Berkas ini tidak dapat diganti pada tahap sekarang.")
    taken = photos.trace_of(upload).taken_at  # gone once the picture is drawn anew
    content, media_type = files.inspect(upload)
    last = next(iter(versions(document)), None)
    if last and last.sha256 == hashlib.sha256(content).hexdigest():  # sent twice
        return last
    name = getattr(upload, "name", "") or document.name
    with transaction.atomic():
        stored = files.store_bytes(content, media_type, owner=document, kind=FILE_KIND, user=user, name=name)
        place = copied_photos.place_of(document)
        if place:
            copied_photos.remember(stored, document.proposal, place, content)
        if document.phase == Phase.LPJ and taken:
            flags.note_old_photo(document, taken.date(), stored.sha256)
    return stored


def versions(document: Document) -> list[StoredFile]:
    """Return every version of a document, newest first."""
    owner_type, owner_id = files.owner_of(document)
    return list(StoredFile.objects.filter(owner_type=owner_type, owner_id=owner_id).order_by("-version"))


def files_of(proposal: Proposal) -> dict[int, StoredFile]:
    """Return the newest file of each document by the document's id."""
    return {key: found[0] for key, found in versions_of(proposal).items()}


def versions_of(proposal: Proposal) -> dict[int, list[StoredFile]]:
    """Return all files of each document by the document's id, newest first."""
    keys = [str(pk) for pk in proposal.documents.values_list("pk", flat=True)]
    rows = StoredFile.objects.filter(owner_type=Document._meta.label_lower, owner_id__in=keys).order_by("-version")
    found: dict[int, list[StoredFile]] = {}
    for row in rows:
        found.setdefault(int(row.owner_id), []).append(row)
    return found


def discard(proposal: Proposal) -> None:
    """Delete a draft that was never sent; Refused for anything else."""
    with transaction.atomic():
        draft = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if draft.state != State.DRAF:
            raise Refused("Usulan yang sudah dikirim tidak dapat dihapus; Anda dapat menariknya.")
        draft.delete()


def declare(proposal: Proposal, moment: dt.datetime) -> None:
    """Note that the applicant ticked the declarations (R20 among them)."""
    Proposal.objects.filter(pk=proposal.pk, state__in=EDITABLE).update(declared_at=moment)


def _locked(proposal: Proposal, version: int) -> Proposal:
    draft = Proposal.objects.select_for_update(of=("self",)).select_related("recipient", "profile").get(pk=proposal.pk)
    if draft.state not in EDITABLE:
        raise Refused("Usulan ini sudah dikirim, jadi isinya tidak dapat diubah lagi.")
    if phase_now(draft) != Phase.USULAN:
        raise Refused("Bantuan ini sudah ditetapkan, jadi hanya berkas pencairannya yang dapat diperbaiki.")
    if draft.version != version:
        raise Stale(
            "Usulan ini baru saja diubah di jendela lain. Muat ulang halaman, lalu isi lagi yang belum tersimpan."
        )
    return draft
