"""Taking in files: tried first, every fault by row, then applied; what is right can go in while the rest is mended."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import IO, Any, ClassVar

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates, tables
from core.errors import Fault, NotAllowed, Refused
from core.models import User
from erk.domain.imports.rows import Cells, Column, RowFaults
from erk.enums import ImportKind, Role
from erk.models import Impor


class Importer:
    """One kind of file. `scope`: the agency whose people may be changed, empty for the whole region."""

    kind: ClassVar[ImportKind]
    columns: ClassVar[tuple[Column, ...]]
    roles: ClassVar[tuple[Role, ...]]  # those limited to an agency hand on their limit

    def __init__(self, scope: str = "") -> None:
        self.scope = scope

    def prepare(self, rows: list[Mapping[str, str]]) -> None:
        """Read what the rows are compared with, in a handful of queries for all of them."""

    def item(self, cells: Cells) -> Any:
        """Return what a row stands for; faults are noted in the cells."""
        raise NotImplementedError

    def save(self, items: list[Any], user: User) -> None:
        """Write items, in the transaction of the caller. Raises Refused when they do not fit together."""
        raise NotImplementedError

    def read(self, rows: list[Mapping[str, str]]) -> tuple[list[Any], dict[int, list[Fault]]]:
        """Return the items of the rows that can be taken, and the faults of the others by index."""
        self.prepare(rows)
        items, faults = [], {}
        for index, row in enumerate(rows):
            cells = Cells(row, self.columns)
            try:
                item = self.item(cells)
                cells.done()
            except RowFaults as found:
                faults[index] = found.faults
            else:
                items.append(item)
        return items, faults


_KINDS: dict[ImportKind, type[Importer]] = {}


def register(importer: type[Importer]) -> type[Importer]:
    """Make a kind of file known."""
    _KINDS[importer.kind] = importer
    return importer


def kinds_of(user: User) -> list[type[Importer]]:
    """Return the kinds of files a person may bring, in the order of the enum."""
    return [_KINDS[kind] for kind in ImportKind if kind in _KINDS and scopes_of(user, _KINDS[kind])]


def importer_of(kind: str) -> type[Importer]:
    """Return the importer of a kind. Raises KeyError for an unknown one."""
    return _KINDS[kind]  # type: ignore[index]


def scopes_of(user: User, importer: type[Importer]) -> list[str]:
    """Return the agencies a person may change with this kind of file; "" stands for the whole region."""
    found = {scope for role in importer.roles for scope in user.scopes(role)}
    return [""] if "" in found else sorted(found)


def _scope(user: User, importer: type[Importer], wanted: str) -> str:
    scopes = scopes_of(user, importer)
    if not scopes:
        raise NotAllowed("Peran Anda tidak berwenang memasukkan data ini.")
    if scopes == [""]:
        return ""
    if wanted not in scopes and len(scopes) > 1:
        raise Refused("Pilih perangkat daerahnya.", [Fault("lingkup", "Pilih perangkat daerahnya.")])
    return wanted if wanted in scopes else scopes[0]


def try_out(
    user: User, kind: type[Importer], upload: IO[bytes], *, scope: str = "", request: HttpRequest | None = None
) -> Impor:
    """Read a file without changing anything but its own record, and return that with the faults by row."""
    allowed = _scope(user, kind, scope)
    required = [column.name for column in kind.columns if column.required]
    optional = [column.name for column in kind.columns if not column.required]
    rows = tables.read(upload, required, optional)
    if not rows:
        raise Refused("Berkas itu tidak mempunyai baris data di bawah judul kolomnya.")
    _, faults = kind(allowed).read([row.cells for row in rows])
    with transaction.atomic():
        made = Impor.objects.create(
            jenis=kind.kind,
            lingkup=allowed,
            nama_berkas=(getattr(upload, "name", "") or "berkas")[:150],
            sidik=_fingerprint(rows),
            baris=[[row.number, row.cells] for row in rows],
            galat=[[rows[index].number, [one.sentence for one in found]] for index, found in faults.items()],
            jumlah=len(rows),
            dibuat_oleh=user,
        )
        data = {"jenis": kind.kind, "baris": made.jumlah, "galat": len(made.galat), "sidik": made.sidik}
        audit.record(made, "periksa_impor", actor=user, data=data, request=request)
    return made


def _fingerprint(rows: Iterable[tables.Row]) -> str:
    return hashlib.sha256(json.dumps([row.cells for row in rows], sort_keys=True).encode()).hexdigest()


def apply(user: User, made: Impor, *, request: HttpRequest | None = None) -> int:
    """Write the rows that are right, judged anew against what is stored now; return how many.

    One transaction; a file is applied once. The faults stay for the file of errors.
    """
    with transaction.atomic():
        locked = Impor.objects.select_for_update().get(pk=made.pk)
        kind = importer_of(locked.jenis)
        allowed = _scope(user, kind, locked.lingkup)
        if locked.diterapkan_pada:
            raise Refused("Berkas ini sudah diterapkan; tidak dimasukkan dua kali.")
        if locked.lingkup not in (allowed, "") or (allowed and locked.lingkup != allowed):
            raise NotAllowed("Berkas ini untuk perangkat daerah lain.")
        importer = kind(locked.lingkup)
        numbers = [number for number, _ in locked.baris]
        rows = [cells for _, cells in locked.baris]
        items, faults = importer.read(rows)
        if not items:
            raise Refused("Tidak ada baris yang dapat diterapkan. Perbaiki berkasnya, lalu kirim lagi.")
        importer.save(items, user)
        locked.galat = [[numbers[index], [one.sentence for one in found]] for index, found in faults.items()]
        locked.baris = [row for index, row in enumerate(locked.baris) if index in faults]
        locked.diterapkan, locked.diterapkan_pada = len(items), dates.now()
        locked.save()
        data = {"jenis": kind.kind, "diterapkan": len(items), "galat": len(faults), "sidik": locked.sidik}
        audit.record(locked, "terapkan_impor", actor=user, data=data, request=request)
    return len(items)


def enter(
    user: User,
    kind: type[Importer],
    cells: Mapping[str, str],
    *,
    scope: str = "",
    request: HttpRequest | None = None,
) -> Any:
    """Write one row typed by hand, by the same rules as a file; Refused names every fault by field."""
    allowed = _scope(user, kind, scope)
    with transaction.atomic():
        importer = kind(allowed)
        items, faults = importer.read([{name: str(text or "").strip() for name, text in cells.items()}])
        if faults:
            raise Refused("Data belum disimpan. Perbaiki yang bertanda.", faults[0])
        importer.save(items, user)
        about = Impor.objects.create(
            jenis=kind.kind, lingkup=allowed, nama_berkas="isian", sidik="", baris=[], galat=[], jumlah=1,
            dibuat_oleh=user, diterapkan_pada=dates.now(), diterapkan=1,
        )  # fmt: skip
        audit.record(about, "isi_data", actor=user, data={"jenis": kind.kind}, request=request)
    return items[0]
