"""Photographs that were used before: kept by what they look like, found by an index (F06, F14)."""

import io
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from PIL import Image, UnidentifiedImageError

from core import files
from core.models import StoredFile
from sabilulungan.enums import Phase, PhotoPlace
from sabilulungan.models import Document, FieldVisit, Photo, PhotoPart, Proposal
from sabilulungan.rules import looks_of_photos as looks

PICTURES = (files.JPEG, files.PNG)
MOST_COMPARED = 2000  # photos that share a part with one photo, those that share most parts first
MOST_AT_ONCE = 2000  # pictures read by one run of the clock
_CHUNK = 200
_SIDE = 64  # points a side, for telling pages from photographs


@dataclass(frozen=True, slots=True)
class Copy:
    """A photo of a case and an earlier or other one it is a copy of; how many of 128 bits differ."""

    mine: Photo
    other: Photo
    different: int

    @property
    def rule(self) -> str:
        """Return which rule it is: F14 for a photo of the report, else F06."""
        return "F14" if self.mine.place == PhotoPlace.LPJ else "F06"


def look_of(content: bytes) -> looks.Look | None:
    """Return what a picture looks like; None for a page, a flat or an unreadable picture."""
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as image:
            grey = image.convert("L").convert("F")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    points = array("f", grey.resize((_SIDE, _SIDE), Image.Resampling.NEAREST).tobytes())
    if looks.is_page(points):
        return None
    return looks.look(
        _rows(grey, looks.WIDE, looks.HIGH),
        list(zip(*_rows(grey, looks.HIGH, looks.WIDE), strict=True)),
        _rows(grey, looks.FINE_WIDE, looks.FINE_HIGH),
    )


def _rows(grey: Image.Image, wide: int, high: int) -> list[list[float]]:
    points = array("f", grey.resize((wide, high), Image.Resampling.BOX).tobytes()).tolist()
    return [points[start : start + wide] for start in range(0, wide * high, wide)]


def remember(stored: StoredFile, proposal: Proposal, place: PhotoPlace, content: bytes) -> None:
    """Keep what a stored picture looks like, once; nothing for other files, nor for those officers file with an act."""
    if stored.media_type in PICTURES:
        _keep(stored, proposal.pk, place, look_of(content))


def place_of(document: Document) -> PhotoPlace | None:
    """Return where the pictures of a document belong; None for what officers file."""
    return None if document.phase == Phase.PETUGAS else PhotoPlace(document.phase)


def _keep(stored: StoredFile, proposal_pk: int, place: PhotoPlace, found: looks.Look | None) -> None:
    look = str(found) if found else ""
    with transaction.atomic():
        photo, new = Photo.objects.get_or_create(
            stored=stored, defaults={"proposal_id": proposal_pk, "place": place, "look": look}
        )
        if new and found:
            PhotoPart.objects.bulk_create(PhotoPart(photo=photo, value=value) for value in looks.parts(found))


def copies_of(proposal: Proposal) -> Iterator[Copy]:
    """Yield what each photo of a case is a copy of, in another case that was filed; of a report also in its own.

    A recipient may file its own papers again with its next proposal. A photo of a visit or of a report is made for one
    occasion, so there it counts with the same recipient too; a photo of a report counts only against earlier ones, and
    not where the report asks for one of the recipient's papers again.
    """
    for photo in proposal.photos.exclude(look="").select_related("stored").order_by("pk"):
        found = _alike(photo)
        others = Photo.objects.filter(pk__in=found).select_related("proposal", "stored").order_by("pk")
        for other in others:
            if _counts(photo, other, proposal):
                yield Copy(photo, other, found[other.pk])


def _alike(photo: Photo) -> dict[int, int]:
    """Return the keys of the copies of a photo with the bits that differ.

    Only photos that share a part are looked at; where there are too many, those that share most.
    """
    mine = looks.Look.read(photo.look)
    rows = PhotoPart.objects.filter(value__in=looks.parts(mine)).exclude(photo=photo.pk).order_by("-photo")
    shared = Counter(rows.values_list("photo", flat=True)[: MOST_COMPARED * looks.PARTS])
    most = [key for key, _ in shared.most_common(MOST_COMPARED)]
    found = {
        key: looks.different(mine, looks.Look.read(look))
        for key, look in Photo.objects.filter(pk__in=most).values_list("pk", "look")
    }
    return {key: bits for key, bits in found.items() if bits is not None}


def _counts(photo: Photo, other: Photo, proposal: Proposal) -> bool:
    report, own = photo.place == PhotoPlace.LPJ, other.proposal.recipient_id == proposal.recipient_id
    before = other.place != PhotoPlace.LPJ
    if report and before and own and _same_paper(photo, other):
        return False
    if other.proposal_id == proposal.pk:
        return report and before and other.pk < photo.pk
    if other.proposal.number is None:
        return False
    if report:
        return other.pk < photo.pk
    occasion = PhotoPlace.KUNJUNGAN in (photo.place, other.place)
    return occasion or not own


def _same_paper(photo: Photo, other: Photo) -> bool:
    """Return whether both are one paper of the recipient, such as its KTP, which a report may ask for again.

    The codes of the documents tell ("KTP_PENGURUS", "LPJ_KTP"); photos of what was done are no such paper.
    """
    owner = Document._meta.label_lower
    keys = [one.stored.owner_id for one in (photo, other) if one.stored.owner_type == owner]
    codes = list(Document.objects.filter(pk__in=keys).values_list("code", flat=True))
    words = [set(code.split("_")) - _NO_PAPER for code in codes]
    return len(words) > 1 and bool(words[0] & words[1])


_NO_PAPER = {"LPJ", "CAIR", "FOTO"}


def catch_up() -> int:
    """Look at stored pictures nobody has looked at yet, those of before an upgrade; return how many there were."""
    done = 0
    for model in (Document, FieldVisit):
        owner = model._meta.label_lower
        missing = StoredFile.objects.filter(owner_type=owner, media_type__in=PICTURES, photo__isnull=True)
        keys = list(missing.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), _CHUNK):
            rows = list(StoredFile.objects.filter(pk__in=keys[start : start + _CHUNK]).order_by("pk"))
            owners = model._base_manager.in_bulk([int(row.owner_id) for row in rows])
            for row in rows:
                done += _look_at(row, owners.get(int(row.owner_id)))
                if done >= MOST_AT_ONCE:
                    return done
    return done


def _look_at(stored: StoredFile, owner: Document | FieldVisit | None) -> int:
    """Keep the look of one picture and return 1; 0 when its case or its file is gone."""
    place = place_of(owner) if isinstance(owner, Document) else PhotoPlace.KUNJUNGAN
    if owner is None or place is None:
        return 0
    try:
        content = files.read(stored)
    except OSError:
        return 0
    _keep(stored, owner.proposal_id, place, look_of(content))
    return 1
