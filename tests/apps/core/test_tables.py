"""Tables from outside: CSV and XLSX alike, bounded, nothing evaluated, digits never guessed."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from core import tables
from core.errors import Refused

HEAD = ("nip", "nama")


def csv(text: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(encoding))


def xlsx(*rows: list) -> io.BytesIO:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out


def cells(upload: io.BytesIO, *optional: str) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, row.cells) for row in tables.read(upload, HEAD, optional)]


@pytest.mark.parametrize(
    "text", ["nip,nama\n1,Ana\n", "NIP; Nama \n1;Ana\n", "nama\tnip\tlain\nAna\t1\tx\n", "\ufeffnip,nama\r\n1,Ana"]
)
def test_csv_as_people_save_it(text):
    assert cells(csv(text)) == [(2, {"nip": "1", "nama": "Ana"})]


def test_old_encodings_and_empty_rows():
    assert cells(csv("nip,nama\n\n,,\n7,Renée\n", "cp1252")) == [(4, {"nip": "7", "nama": "Renée"})]


def test_a_workbook_gives_text_and_never_a_formula():
    rows = cells(
        xlsx(["nip", "nama", "tanggal"], ["007", "=1+1", dt.date(2026, 10, 5)], [12, 1.5, dt.time(7, 30)]), "tanggal"
    )
    assert rows == [
        (2, {"nip": "007", "nama": "", "tanggal": "05/10/2026"}),
        (3, {"nip": "12", "nama": "1,5", "tanggal": "07.30"}),
    ]


def test_a_number_a_spreadsheet_has_rounded_is_never_taken_for_the_one_typed():
    (row,) = cells(xlsx(["nip", "nama"], [198609262015051001, "Ana"]))
    assert not row[1]["nip"].isdigit()


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (csv("nip\n1\n"), "Kolom nama tidak ada"),
        (csv(""), "Kolom nip, nama tidak ada"),
        (csv("nip,nama,nip\n"), "Kolom nip ada lebih dari satu kali"),
        (io.BytesIO(b"\x89PNG\x00\x00"), "bukan CSV"),
        (io.BytesIO(b"PK\x03\x04rusak"), "rusak atau bukan XLSX"),
        (io.BytesIO(b"x" * (tables.MAX_BYTES + 1)), "lebih besar dari 5 MB"),
        (csv("nip,nama\n" + "1,Ana\n" * (tables.MAX_ROWS + 1)), "Paling banyak 20000 baris"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(upload, words):
    with pytest.raises(Refused, match=words):
        tables.read(upload, HEAD)


def test_a_bomb_is_refused_before_it_is_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (tables.MAX_UNPACKED + 1))
    with pytest.raises(Refused, match="terlalu besar"):
        tables.read(out, HEAD)
