"""Taking over a region's register of past payments: every row checked first, all rows or none."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction

from core import audit, dates, identity
from core.errors import Refused
from core.models import User
from core.money import parse_rupiah
from core.wilayah import find
from sabilulungan.domain.recipients import OfficerData, RecipientData, store
from sabilulungan.enums import ORGANISATIONS, PERSONS, Kind, Position, RecipientType, Role
from sabilulungan.models import ImportBatch, PastGrant, Recipient
from sabilulungan.rules.duplicates import normal_address, normal_name

COLUMNS = (
    "nama", "jenis_penerima", "alamat", "kode_wilayah", "terdaftar", "npwp", "nama_ketua", "nik_ketua",
    "tahun_anggaran", "jenis", "kegiatan", "dibayar", "dilaporkan",
)  # fmt: skip
OPTIONAL = frozenset({"terdaftar", "npwp", "nama_ketua", "nik_ketua"})
_ANSWERS = {"ya": True, "tidak": False}
_FIRST_YEAR = 2005
Choice = TypeVar("Choice", Kind, RecipientType)


@dataclass
class Row:
    """One row of the file: its number there, what it says once read, and every fault."""

    number: int
    recipient: RecipientData | None = None
    budget_year: int = 0
    kind: Kind = Kind.HIBAH
    title: str = ""
    amount: int = 0
    reported: bool = False
    faults: list[str] = field(default_factory=list)


def read(table: Sequence[Mapping[str, str]]) -> list[Row]:
    """Return the rows, each with all its faults. Raises Refused when a column is missing."""
    missing = [name for name in COLUMNS if table and name not in table[0]]
    if missing or not table:
        what = f"Kolom yang tidak ada: {', '.join(missing)}." if missing else "Berkas ini tidak memuat baris."
        raise Refused(f"{what} Kolom yang diperlukan: {', '.join(COLUMNS)}.")
    return [_read(number, cells) for number, cells in enumerate(table, start=2)]


def _read(number: int, raw: Mapping[str, str]) -> Row:
    cells = {name: str(raw.get(name) or "").strip() for name in COLUMNS}
    row = Row(number)
    row.faults += [f"{name}: kosong" for name in COLUMNS if not cells[name] and name not in OPTIONAL]
    year = cells["tahun_anggaran"]
    if year and not (year.isdigit() and _FIRST_YEAR <= int(year) <= dates.today().year):
        row.faults.append(f"tahun_anggaran: {year} bukan tahun antara {_FIRST_YEAR} dan tahun ini")
    row.budget_year = int(year) if year.isdigit() else 0
    row.title = cells["kegiatan"][:150]
    row.kind = _choice(row, "jenis", cells["jenis"], Kind, Kind.HIBAH)
    row.amount = _amount(row, cells["dibayar"])
    if cells["dilaporkan"] and cells["dilaporkan"].lower() not in _ANSWERS:
        row.faults.append("dilaporkan: tulis ya atau tidak")
    row.reported = _ANSWERS.get(cells["dilaporkan"].lower(), False)
    row.recipient = _recipient(row, cells)
    return row


def _choice(row: Row, name: str, text: str, kinds: type[Choice], default: Choice) -> Choice:
    code = text.upper().replace(" ", "_")
    if text and code not in kinds.values:
        row.faults.append(f"{name}: {text} tidak dikenal; pakai {', '.join(kinds.values)}")
    return kinds(code) if code in kinds.values else default


def _amount(row: Row, text: str) -> int:
    if not text:
        return 0
    try:
        amount = parse_rupiah(text)
    except ValueError as error:
        row.faults.append(f"dibayar: {error}")
        return 0
    if not amount:
        row.faults.append("dibayar: harus lebih dari nol")
    return amount


def _recipient(row: Row, cells: Mapping[str, str]) -> RecipientData | None:
    kind = _choice(row, "jenis_penerima", cells["jenis_penerima"], RecipientType, RecipientType.ORMAS)
    if cells["kode_wilayah"] and find(cells["kode_wilayah"]) is None:
        row.faults.append(f"kode_wilayah: {cells['kode_wilayah']} tidak ada di daerah ini")
    since = _day(row, cells["terdaftar"])
    if kind in ORGANISATIONS and not cells["terdaftar"]:
        row.faults.append("terdaftar: kosong")
    officers: tuple[OfficerData, ...] = ()
    if bool(cells["nama_ketua"]) != bool(cells["nik_ketua"]):
        row.faults.append("nama_ketua, nik_ketua: isi keduanya atau kosongkan keduanya")
    elif cells["nik_ketua"]:
        nik = _number(row, "nik_ketua", cells["nik_ketua"], identity.normalise_nik)
        position = Position.DIRI if kind in PERSONS else Position.KETUA
        officers = (OfficerData(position, cells["nama_ketua"][:150], nik),)
    npwp = _number(row, "npwp", cells["npwp"], identity.normalise_npwp) if cells["npwp"] else ""
    if row.faults:
        return None
    return RecipientData(
        kind, cells["nama"][:150], cells["alamat"][:200], "", "", cells["kode_wilayah"], officers, npwp=npwp,
        registered_on=since,
    )  # fmt: skip


def _day(row: Row, text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dates.parse_date(text[:10])
    except ValueError as error:
        row.faults.append(f"terdaftar: {error}")
        return None


def _number(row: Row, name: str, text: str, normalise: Callable[[str], str]) -> str:
    try:
        return normalise(text)
    except ValueError as error:
        row.faults.append(f"{name}: {error}")
        return ""


def commit(rows: Sequence[Row], *, content: bytes, file_name: str, user: User) -> tuple[int, int]:
    """Store every row and return (new recipients, new payments). Refused when any row has a fault or the file is known.

    Recipients are matched by NPWP, or by name and address in the same village; payments already known are left alone.
    """
    if any(row.faults for row in rows):
        raise Refused("Ada baris yang keliru; perbaiki berkasnya dahulu. Tidak ada yang disimpan.")
    digest = hashlib.sha256(content).hexdigest()
    if ImportBatch.objects.filter(sha256=digest).exists():
        raise Refused("Berkas ini sudah pernah diambil.")
    people = grants = 0
    with transaction.atomic():
        batch = ImportBatch.objects.create(file_name=file_name[:150], sha256=digest, rows=len(rows), imported_by=user)
        for row in rows:
            assert row.recipient is not None  # noqa: S101  (a row without faults has one)
            recipient = _known(row.recipient)
            if recipient is None:
                recipient = store(row.recipient, user)
                people += 1
            _, new = PastGrant.objects.get_or_create(
                recipient=recipient, budget_year=row.budget_year, kind=row.kind, title=row.title,
                defaults={"batch": batch, "amount": row.amount, "reported": row.reported},
            )  # fmt: skip
            grants += new
        audit.record(batch, "impor_register", actor=user, role=Role.ADMIN_WILAYAH, data={"rows": len(rows)})
    return people, grants


def _known(data: RecipientData) -> Recipient | None:
    if data.npwp:
        found = Recipient.objects.filter(npwp_token=identity.token(data.npwp)).first()
        if found:
            return found
    return Recipient.objects.filter(
        normal_name=normal_name(data.name)[:150],
        normal_address=normal_address(data.address)[:220],
        village_code=data.village_code,
    ).first()
