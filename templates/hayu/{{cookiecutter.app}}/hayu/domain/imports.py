"""Taking over what existed before: permits and small businesses from CSV or XLSX, tried first, whole or not at all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, codes, dates, identity, money, tables, wilayah
from core.errors import Refused
from core.models import User
from core.tables import Row
from hayu.domain import catalogue, effects, facts
from hayu.enums import Channel, PermitState, Role, Signature, State
from hayu.models import Permit, PermitVersion, Report
from hayu.rules import kbli

PERMITS, BUSINESSES = "izin", "usaha"
COLUMNS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    PERMITS: (
        ("nomor", "jenis", "pemegang", "objek", "kecamatan", "kelurahan", "terbit"),
        ("nik", "alamat", "mulai", "sampai"),
    ),
    BUSINESSES: (
        ("nama_usaha", "kbli", "modal", "pemilik", "nik", "telepon", "alamat", "kelurahan", "kecamatan"),
        ("omzet", "tenaga_kerja", "lingkup", "terdaftar"),
    ),
}
CONSENT = "Dipindahkan dari arsip sebelum sistem ini"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing wrong with a row: its number in the file, the column, the sentence."""

    row: int
    column: str
    sentence: str


@dataclass
class Trial:
    """What an import would do: how many rows are good, and everything wrong with the others."""

    rows: list[Row]
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def good(self) -> int:
        """Return how many rows have no fault."""
        return len(self.rows) - len({item.row for item in self.wrong})


class _Reader:
    """Reads the cells of one row, and notes what cannot be read."""

    def __init__(self, row: Row, wrong: list[Wrong]) -> None:
        self.row, self._wrong = row, wrong

    def fault(self, column: str, sentence: str) -> None:
        self._wrong.append(Wrong(self.row.number, column, sentence))

    def text(self, column: str, *, needed: bool = True) -> str:
        cell = self.row.cells.get(column, "")
        if needed and not cell:
            self.fault(column, "Wajib diisi.")
        return cell

    def parsed(self, column: str, parse: Callable[[str], Any], *, needed: bool = True) -> Any:
        cell = self.text(column, needed=needed)
        if not cell:
            return None
        try:
            return parse(cell)
        except ValueError as error:
            self.fault(column, str(error))
            return None

    def place(self) -> str:
        """Return the code of the village named by kelurahan and kecamatan, "" when there is none of that name."""
        village, district = self.text("kelurahan").casefold(), self.text("kecamatan").casefold()
        found = [
            place.code for place in wilayah.villages()
            if place.name.casefold() == village and wilayah.name_of(place.parent).casefold() == district
        ]  # fmt: skip
        if village and district and not found:
            self.fault("kelurahan", "Tidak ada kelurahan atau desa itu di kecamatan itu.")
        return found[0] if found else ""


def read(kind: str, upload: IO[bytes]) -> list[Row]:
    """Return the rows of an upload; Refused when it is no table or lacks a column."""
    required, optional = COLUMNS[kind]
    return tables.read(upload, required, optional)


def attempt(kind: str, rows: list[Row], actor: User) -> Trial:
    """Try an import in a transaction that is undone, and return every fault of every row."""
    trial = Trial(rows)
    with transaction.atomic():
        for _made in _import(kind, trial, actor):
            pass
        transaction.set_rollback(True)
    return trial


def run(kind: str, rows: list[Row], actor: User, request: HttpRequest | None = None) -> int:
    """Import every row and return how many there were; Refused, with nothing imported, when one of them is wrong."""
    trial = Trial(rows)
    with transaction.atomic():
        for made in _import(kind, trial, actor):
            audit.record(
                made, "impor", actor=actor, role=Role.ADMIN_WILAYAH, target=made.state, note=CONSENT, request=request
            )
        if trial.wrong:
            raise Refused(f"{len(trial.wrong)} hal pada berkas itu perlu dibetulkan. Tidak ada yang diimpor.")
    return len(rows)


def _import(kind: str, trial: Trial, actor: User) -> Iterator[Permit | Report]:
    make = {PERMITS: _permit, BUSINESSES: _business}[kind]
    for row in trial.rows:
        before = len(trial.wrong)
        made = make(_Reader(row, trial.wrong), actor)
        if made is not None and len(trial.wrong) == before:
            made.save()
            yield made


def _permit(cells: _Reader, actor: User) -> Permit | None:
    number, holder, purpose = cells.text("nomor"), cells.text("pemegang"), cells.text("objek")
    nik = cells.parsed("nik", identity.normalise_nik, needed=False)
    issued = cells.parsed("terbit", dates.parse_date)
    start = cells.parsed("mulai", dates.parse_date, needed=False) or issued
    end = cells.parsed("sampai", dates.parse_date, needed=False)
    village = cells.place()
    version = _version(cells)
    if number and Permit.objects.filter(number=number).exists():
        cells.fault("nomor", "Nomor itu sudah ada.")
    if issued and issued > dates.today():
        cells.fault("terbit", "Tanggal terbit di masa depan.")
    if start and end and end < start:
        cells.fault("sampai", "Berakhir sebelum mulai.")
    if not (version and issued and start and village):
        return None
    over = end is not None and end < dates.today()
    return Permit(
        state=PermitState.BERAKHIR if over else PermitState.BERLAKU, number=number[:80], code=codes.new_code(),
        type_version=version, type_code=version.code, holder_name=holder[:120],
        nik_token=identity.token(nik) if nik else "", object_text=purpose[:300],
        address=cells.text("alamat", needed=False)[:200], village_code=village,
        district_code=_parent(village), issued_on=issued, starts_on=start, ends_on=end,
        signer_post="Pejabat penanda tangan sebelum sistem ini", signature=Signature.BASAH, imported=True,
        ended_on=end if over else None,
    )  # fmt: skip


def _version(cells: _Reader) -> PermitVersion | None:
    code = cells.text("jenis").upper()
    if not code:
        return None
    try:
        return catalogue.version_for(code)
    except Refused as refusal:
        cells.fault("jenis", refusal.sentence)
        return None


def _parent(village: str) -> str:
    place = wilayah.find(village)
    return place.parent if place else ""


def _business(cells: _Reader, actor: User) -> Report | None:
    data: dict[str, Any] = {
        "business_name": cells.text("nama_usaha")[:120],
        "capital": cells.parsed("modal", money.parse_rupiah),
        "yearly_sales": cells.parsed("omzet", money.parse_rupiah, needed=False),
        "workers": cells.parsed("tenaga_kerja", _whole, needed=False),
        "scope_number": cells.parsed("lingkup", _whole, needed=False),
        "holder_name": cells.text("pemilik")[:120],
        "nik": cells.parsed("nik", identity.normalise_nik),
        "phone": cells.parsed("telepon", identity.normalise_phone),
        "village_code": cells.place(),
        "address": cells.text("alamat")[:200],
        "consent": CONSENT,
    }
    registered = cells.parsed("terdaftar", dates.parse_date, needed=False) or dates.today()
    activity = kbli.find(cells.text("kbli"))
    if activity is None:
        cells.fault("kbli", "Kode itu tidak ada di daftar KBLI 2025.")
        return None
    report = Report(filed_by=actor, channel=Channel.LOKET, kbli_version=activity.version, kbli_code=activity.code)
    facts.apply(report, data)
    if data["capital"] is None or not report.village_code:
        return None
    for fault in facts.faults(report):
        cells.fault(_COLUMN.get(fault.field, fault.field), fault.sentence)
    report.state = State.TERDAFTAR
    report.number, report.code = effects.next_number_of_report(registered), codes.new_code()
    report.registered_at = report.statement_at = dates.at(registered)
    report.confirmed_on = registered
    return report


_COLUMN = {
    "business_name": "nama_usaha", "capital": "modal", "holder_name": "pemilik", "phone": "telepon",
    "village_code": "kelurahan", "address": "alamat",
}  # fmt: skip


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise ValueError("Tulis bilangan bulat.")
    return int(text)
