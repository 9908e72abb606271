"""Import of old permits and businesses: tried first, every fault told, whole or not at all, never double."""

import io

import openpyxl
import pytest
from django.test import Client

from build import NIK, OTHER_NIK
from core import audit, dates, wilayah
from core.errors import Refused
from hayu.domain import imports
from hayu.domain.imports import BUSINESSES, PERMITS
from hayu.enums import PermitState, State
from hayu.models import Permit, Report


def sheet(rows: list[dict[str, str]]) -> io.BytesIO:
    """Return rows as a semicolon CSV, as Indonesian spreadsheets save it."""
    lines = [";".join(rows[0]), *(";".join(row.values()) for row in rows)]
    out = io.BytesIO("\n".join(lines).encode())
    out.name = "arsip.csv"
    return out


def village() -> dict[str, str]:
    place = wilayah.villages()[0]
    return {"kelurahan": place.name.upper(), "kecamatan": wilayah.name_of(place.parent)}


def permit(**changes: str) -> dict[str, str]:
    return {
        "nomor": "503/1/2020", "jenis": "paud", "pemegang": "Ani Suryani", "objek": "TK Melati", **village(),
        "terbit": "5 Januari 2020", "sampai": "", "nik": NIK,
    } | changes  # fmt: skip


def business(**changes: str) -> dict[str, str]:
    return {
        "nama_usaha": "Laundry Bu Ani", "kbli": "96100", "modal": "5 juta", "pemilik": "Ani Suryani", "nik": NIK,
        "telepon": "0812-3456-7890", "alamat": "Jl. Melati 1", **village(), "terdaftar": "1/3/2023",
    } | changes  # fmt: skip


def tried(kind: str, rows, office) -> list[tuple[int, str]]:
    trial = imports.attempt(kind, imports.read(kind, sheet(rows)), office.admin)
    return [(item.row, item.column) for item in trial.wrong]


def test_a_trial_stores_nothing(office):
    assert tried(PERMITS, [permit()], office) == []
    assert tried(BUSINESSES, [business()], office) == []
    assert (Permit.objects.count(), Report.objects.count()) == (0, 0)


def test_permits_come_whole_with_state_by_their_dates(office):
    rows = [permit(), permit(nomor="503/2/2020", sampai="5/1/2021"), permit(nomor="503/3/2020", jenis="SKP")]
    assert imports.run(PERMITS, imports.read(PERMITS, sheet(rows)), office.admin) == 3
    valid, over, _third = Permit.objects.order_by("number")
    assert (valid.state, valid.ends_on, valid.imported) == (PermitState.BERLAKU, None, True)
    assert (over.state, over.ended_on) == (PermitState.BERAKHIR, over.ends_on)
    assert [entry.action for entry in audit.history(valid)] == ["impor"]
    page = Client().get(f"/cek/{valid.code}/").content.decode()
    assert "Tanda tangan basah" in page
    assert "SHA-256" not in page


def test_businesses_are_registered_on_their_day(office):
    imports.run(BUSINESSES, imports.read(BUSINESSES, sheet([business()])), office.admin)
    report = Report.objects.get()
    assert (report.state, report.number, report.scale) == (State.TERDAFTAR, "3273-LAPOR-2023-000001", "mikro")
    assert dates.local(report.registered_at).date().year == 2023


@pytest.mark.parametrize(
    ("change", "column"),
    [({"nomor": ""}, "nomor"), ({"jenis": "HO"}, "jenis"), ({"terbit": "kemarin"}, "terbit"),
     ({"terbit": "1/1/2099"}, "terbit"), ({"sampai": "1/1/2019"}, "sampai"), ({"nik": "12"}, "nik"),
     ({"kelurahan": "Atlantis"}, "kelurahan"), ({"objek": ""}, "objek")],
)  # fmt: skip
def test_faults_of_permits(office, change, column):
    assert (3, column) in tried(PERMITS, [permit(), permit(nomor="503/9/2020") | change], office)


@pytest.mark.parametrize(
    ("change", "column"),
    [({"modal": "500.000.000"}, "modal"), ({"kbli": "00000"}, "kbli"), ({"kbli": "56301"}, "kbli"),
     ({"nik": "x"}, "nik"), ({"telepon": "1"}, "telepon"), ({"modal": "banyak"}, "modal")],
)  # fmt: skip
def test_faults_of_businesses(office, change, column):
    assert (2, column) in tried(BUSINESSES, [business(**change)], office)


def test_never_double_in_the_file_or_with_what_is_there(office):
    assert tried(PERMITS, [permit(), permit()], office) == [(3, "nomor")]
    imports.run(BUSINESSES, imports.read(BUSINESSES, sheet([business()])), office.admin)
    assert tried(BUSINESSES, [business(alamat="jalan melati nomor 01"), business(nik=OTHER_NIK)], office) == [
        (2, "alamat")
    ]


def test_one_fault_and_nothing_is_imported(office):
    with pytest.raises(Refused, match="Tidak ada yang diimpor"):
        imports.run(PERMITS, imports.read(PERMITS, sheet([permit(), permit(nomor="")])), office.admin)
    assert Permit.objects.count() == 0


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04rusak", b"a;b\n1;2"])
def test_what_is_no_table_is_refused(office, content):
    with pytest.raises(Refused):
        imports.read(PERMITS, io.BytesIO(content))


def test_from_trial_to_import_on_the_page(office):
    client = Client()
    client.force_login(office.admin)
    book = openpyxl.Workbook()
    book.active.append(list(permit()))
    book.active.append(list(permit(terbit="salah").values()))
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "arsip.xlsx"
    page = client.post("/impor/", {"kind": PERMITS, "table": out})
    assert "0 dari 1 baris benar" in page.content.decode()
    galat = client.get(f"/impor/{page.context['name']}/galat/")
    assert "2,terbit,Tulis tanggal" in b"".join(galat.streaming_content).decode()
    assert client.post(f"/impor/{page.context['name']}/simpan/").status_code == 409
    good = client.post("/impor/", {"kind": PERMITS, "table": sheet([permit()])})
    address = f"/impor/{good.context['name']}/simpan/"
    assert client.post(address).url == "/daftar-izin/"
    assert client.post(address).status_code == 409
    assert Permit.objects.count() == 1
