"""Two suspected cases beside each other: what each says, and what is equal (section 13)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from core import identity
from core.dates import short_date
from core.models import StoredFile
from core.money import rupiah
from sabilulungan.domain import copied_photos, devices, drafts
from sabilulungan.domain.queries import public
from sabilulungan.domain.recipients import full_address
from sabilulungan.models import Flag, Officer, Proposal, Recipient
from sabilulungan.rules.duplicates import SIMILAR, normal_address, normal_name, similarity
from sabilulungan.rules.places import NEAR_METRES, metres

_FIRST = ("Nomor usulan", "Nama")
HIDDEN = "Tidak terlihat: berkas dinas lain"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of both cases: its name, what each says line by line, whether they agree; the photos to look at."""

    label: str
    mine: tuple[str, ...]
    other: tuple[str, ...]
    same: str = ""
    my_photos: tuple[StoredFile, ...] = ()
    other_photos: tuple[StoredFile, ...] = ()


def pair(flag: Flag, *, full: bool) -> list[Line]:
    """Return what both cases of a flag say. Numbers are masked and compared by their tokens.

    Names first, then what is equal, then the rest; what neither case says is left out. Without `full` the other side
    shows only what everybody may read, and which of its parts are equal.
    """
    mine, other = flag.proposal, flag.other
    assert other is not None  # noqa: S101 - the page exists for pairs only
    lines = [*_recipients(mine, other), *_people(mine, other), *_account(mine, other), *_case(mine, other)]
    said = [line for line in lines if (line.mine, line.other) != (("–",), ("–",))]
    lines = sorted(said, key=lambda line: (line.label not in _FIRST, not line.same))
    if full:
        return lines
    seen = public.row(other)
    shown = {"Nama": (seen.name,), "Kegiatan": (seen.title,), "Nomor usulan": (str(other.number),)}
    return [replace(one, other=shown.get(one.label, (HIDDEN,)), other_photos=()) for one in lines]


def _recipients(mine: Proposal, other: Proposal) -> list[Line]:
    one, two = mine.recipient, other.recipient
    alike = similarity(normal_name(one.name), normal_name(two.name))
    places = [normal_address(each.address, each.rt, each.rw) for each in (one, two)]
    return [
        Line("Nomor usulan", (str(mine.number),), (str(other.number),)),
        Line("Nama", (one.name,), (two.name,), "sama" if alike == 1 else "hampir sama" if alike >= SIMILAR else ""),
        Line("Alamat", (full_address(one),), (full_address(two),), "sama" if places[0] == places[1] else ""),
        Line("Titik peta", (_point(one),), (_point(two),), _apart(one, two)),
        _line("Terdaftar sejak", _date(one.registered_on), _date(two.registered_on)),
        _hidden("Telepon", identity.mask_phone, (one.phone, one.phone_token), (two.phone, two.phone_token)),
        _hidden("Surel", lambda mail: "***", (one.email, one.email_token), (two.email, two.email_token)),
        _hidden(
            "Nomor KK", identity.mask_nik,
            (one.family_card, one.family_card_token), (two.family_card, two.family_card_token),
        ),
        _hidden("NPWP", identity.mask_account, (one.npwp, one.npwp_token), (two.npwp, two.npwp_token)),
    ]  # fmt: skip


def _point(one: Recipient) -> str:
    return ", ".join(f"{degrees:.6f}" for degrees in one.position) if one.position else "–"


def _apart(one: Recipient, two: Recipient) -> str:
    if one.position is None or two.position is None:
        return ""
    distance = metres(one.position, two.position)
    return f"{distance:.0f} m" if distance < NEAR_METRES else ""


def _people(mine: Proposal, other: Proposal) -> list[Line]:
    boards = [[each for each in case.recipient.officers.all() if each.until is None] for case in (mine, other)]
    tokens = [{each.nik_token for each in board} for board in boards]
    shared = len(tokens[0] & tokens[1])
    phones = [{each.phone_token for each in board if each.phone_token} for board in boards]
    said = [f"{shared} NIK sama"] if shared else []
    said += ["telepon sama"] if phones[0] & phones[1] else []
    return [Line("Pengurus", _board(boards[0]), _board(boards[1]), ", ".join(said))]


def _board(officers: list[Officer]) -> tuple[str, ...]:
    return tuple(f"{each.position_label} {each.name}, NIK {identity.mask_nik(each.nik)}" for each in officers)


def _account(mine: Proposal, other: Proposal) -> list[Line]:
    one, two = mine.account, other.account
    numbers = [
        f"{each.bank} {identity.mask_account(each.number)}, atas nama {each.owner_name}" if each else "–"
        for each in (one, two)
    ]
    same = _same(one.number_token if one else "", two.number_token if two else "")
    return [Line("Rekening", (numbers[0],), (numbers[1],), same)]


def _case(mine: Proposal, other: Proposal) -> list[Line]:
    plans = [
        [f"{line.description}: {rupiah(line.amount_asked)}" for line in case.lines.all()] for case in (mine, other)
    ]
    files, shared = _files(mine, other)
    used = [devices.token_of(case) for case in (mine, other)]
    return [
        _hidden("Perangkat", lambda token: "tercatat", (used[0], used[0]), (used[1], used[1])),
        _line("Tahun anggaran", str(mine.budget_year), str(other.budget_year)),
        Line("Kegiatan", (mine.title,), (other.title,), _same(mine.title.casefold(), other.title.casefold())),
        Line("Tempat", (mine.place,), (other.place,), _same(normal_address(mine.place), normal_address(other.place))),
        _line("Diminta", rupiah(mine.amount_asked), rupiah(other.amount_asked)),
        Line("Rincian biaya", tuple(plans[0]), tuple(plans[1]), _same(tuple(plans[0]), tuple(plans[1]))),
        Line("Berkas", files[0], files[1], f"{shared} berkas sama persis" if shared else ""),
        _photos(mine, other),
    ]  # fmt: skip


def _photos(mine: Proposal, other: Proposal) -> Line:
    """Name the photos of both cases that are copies of one (F06, F14), each pair on a line of its own."""
    copies = [copy for copy in copied_photos.copies_of(mine) if copy.other.proposal_id == other.pk]
    if not copies:
        return Line("Foto", ("–",), ("–",))
    sides = [[copy.mine for copy in copies], [copy.other for copy in copies]]
    said = [tuple(f"{photo.place_label}: {photo.stored.name}" for photo in side) for side in sides]
    shown = [tuple(photo.stored for photo in side) for side in sides]
    return Line("Foto", said[0], said[1], f"{len(copies)} foto hampir sama", shown[0], shown[1])


def _files(mine: Proposal, other: Proposal) -> tuple[list[tuple[str, ...]], int]:
    """Return how many files each case has, with the names of those that are the same, and their number."""
    found: list[dict[str, str]] = []
    counts = []
    for case in (mine, other):
        held: dict[int, StoredFile] = drafts.files_of(case)
        counts.append(len(held))
        found.append({held[one.pk].sha256: one.name for one in case.documents.all() if one.pk in held})
    shared = sorted(found[0].keys() & found[1].keys())
    said = [(f"{n} berkas", *(names[key] for key in shared)) for n, names in zip(counts, found, strict=True)]
    return said, len(shared)


def _same(one: object, two: object) -> str:
    return "sama" if one and one == two else ""


def _date(day: dt.date | None) -> str:
    return short_date(day) if day else ""


def _line(label: str, mine: str, other: str) -> Line:
    return Line(label, (mine or "–",), (other or "–",), _same(mine, other))


def _hidden(label: str, mask: Callable[[str], str], mine: tuple[str, str], other: tuple[str, str]) -> Line:
    """A number on each side, masked, compared by its token."""
    shown = [(mask(number) if number else "–",) for number, _ in (mine, other)]
    return Line(label, shown[0], shown[1], _same(mine[1], other[1]))
