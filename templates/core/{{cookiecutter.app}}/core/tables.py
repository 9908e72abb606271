"""Tables in: CSV and XLSX from outside as rows of text, bounded, nothing evaluated."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any

from core.errors import Refused

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELL = 500
_EXACT = 10**15  # spreadsheets keep fifteen digits; a longer number in a number cell is no longer what was typed


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file, as a spreadsheet shows it, and its cells by heading."""

    number: int
    cells: dict[str, str]


def read(upload: IO[bytes], required: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """Return the rows below the line of headings; other columns are left out, empty rows too.

    Headings are compared without case and spaces at the ends. Raises Refused with an Indonesian sentence: too large,
    no table, missing or repeated headings, too many rows.
    """
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refused("Berkas itu lebih besar dari 5 MB. Bagi menjadi beberapa berkas.")
    lines = _workbook(content) if content.startswith(b"PK\x03\x04") else _text(content)
    headings = [cell.strip().lower() for cell in next(lines, [])]
    wanted = {name.lower(): name for name in (*required, *optional)}
    missing = [name for name in required if name.lower() not in headings]
    if missing:
        raise Refused(f"Kolom {', '.join(missing)} tidak ada pada baris pertama berkas itu.")
    twice = sorted({name for name in headings if name in wanted and headings.count(name) > 1})
    if twice:
        raise Refused(f"Kolom {', '.join(twice)} ada lebih dari satu kali.")
    return list(_rows(lines, headings, wanted))


def _rows(lines: Iterator[list[str]], headings: list[str], wanted: dict[str, str]) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=2):
        if number - 1 > MAX_ROWS:
            raise Refused(f"Paling banyak {MAX_ROWS} baris sekali kirim. Bagi menjadi beberapa berkas.")
        by_heading = dict(zip(headings, cells, strict=False))
        found = {name: by_heading.get(key, "").strip()[:MAX_CELL] for key, name in wanted.items()}
        if any(found.values()):
            yield Row(number, found)


def _text(content: bytes) -> Iterator[list[str]]:
    if b"\x00" in content:
        raise Refused("Berkas itu bukan CSV atau XLSX.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        raise Refused("Berkas CSV itu tidak terbaca. Simpan lagi sebagai CSV atau XLSX.") from None


def _workbook(content: bytes) -> Iterator[list[str]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True) if _fits(unpacked) else None
    except Exception:  # noqa: BLE001  (a broken or hostile file breaks the reader in many ways; none is our error)
        raise Refused("Berkas XLSX itu rusak atau bukan XLSX. Simpan lagi, lalu kirim ulang.") from None
    if book is None:
        raise Refused("Isi berkas XLSX itu terlalu besar. Bagi menjadi beberapa berkas.")
    try:
        yield from _sheet(book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def _fits(unpacked: int) -> bool:
    return unpacked <= MAX_UNPACKED


def _sheet(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}" if value.time() == dt.time() else f"{value:%d/%m/%Y %H.%M}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.time):
        return f"{value:%H.%M}"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float) and abs(value) >= _EXACT:
        return f"{value:e}"  # no valid number of anything: the importer's own check names the row
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return str(value)
