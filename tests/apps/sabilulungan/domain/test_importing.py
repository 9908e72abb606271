"""Taking over a register: dry run, faults by row, all or nothing, twice is once; the rules know the history."""

import csv
import io

import openpyxl
import pytest
import time_machine
from django.core.management import CommandError, call_command

import build
from core.errors import Refused
from core.models import User
from core.wilayah import villages
from sabilulungan.domain import eligibility, submission
from sabilulungan.domain.importing import COLUMNS
from sabilulungan.domain.recipients import OfficerData
from sabilulungan.enums import Role
from sabilulungan.models import ImportBatch, PastGrant, Recipient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _admin():
    with time_machine.travel(build.OPEN_DAY, tick=False):
        build.user("admin", Role.ADMIN_WILAYAH)
        yield


def line(**changes):
    values = {
        "nama": "Yayasan Lama", "jenis_penerima": "ORMAS", "alamat": "Jl. Tua 1", "kode_wilayah": villages()[0].code,
        "terdaftar": "1/1/2010", "npwp": "", "nama_ketua": "Ujang Sastra", "nik_ketua": "3273010101900777",
        "tahun_anggaran": "2025", "jenis": "HIBAH", "kegiatan": "Perbaikan atap", "dibayar": "Rp 25.000.000",
        "dilaporkan": "ya",
    }  # fmt: skip
    return {**values, **changes}


def written(path, rows, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def run(*arguments):
    out = io.StringIO()
    call_command("import_register", *arguments, "--user", "admin", stdout=out, stderr=io.StringIO())
    return out.getvalue().strip()


def test_a_dry_run_stores_nothing_and_names_every_fault_beside_its_row(tmp_path):
    rows = [
        line(),
        line(dibayar="dua puluh", tahun_anggaran="1999", kode_wilayah="99.99", jenis="PINJAMAN"),
        line(nama="", nik_ketua="123", dilaporkan="mungkin", terdaftar="31/2/2010"),
        line(nama="=cmd()", nama_ketua="", dibayar="0"),
    ]
    source, errors = written(tmp_path / "lama.csv", rows, ";"), tmp_path / "keliru.csv"
    assert run(source, "--errors", str(errors)) == "4 rows read, 3 with faults; nothing stored (dry run)."
    with errors.open(encoding="utf-8", newline="") as found:
        told = {int(row["baris"]): row for row in csv.DictReader(found)}
    assert sorted(told) == [3, 4, 5]
    assert [part.split(":")[0] for part in told[3]["kesalahan"].split("; ") if ":" in part] == [
        "tahun_anggaran", "jenis", "dibayar", "kode_wilayah",
    ]  # fmt: skip
    assert {part.split(":")[0] for part in told[4]["kesalahan"].split("; ")} >= {"nama", "nik_ketua", "dilaporkan"}
    assert told[5]["nama"] == "'=cmd()"
    with pytest.raises(CommandError, match="Tidak ada yang disimpan"):
        run(source, "--commit")
    assert (Recipient.objects.count(), PastGrant.objects.count()) == (0, 0)


def test_a_good_file_is_stored_once_and_recipients_are_recognised(tmp_path):
    rows = [line(), line(tahun_anggaran="2023", kegiatan="Meja", nama="YAYASAN  LAMA", alamat="Jalan Tua No 1"),
            line(nama="Karang Taruna", jenis_penerima="kelompok masyarakat", nama_ketua="", nik_ketua="")]  # fmt: skip
    rows[1]["alamat"] = rows[0]["alamat"]
    source = written(tmp_path / "lama.csv", rows)
    assert run(source, "--commit") == "3 rows: 2 new recipients, 3 new payments stored."
    with pytest.raises(CommandError, match="sudah pernah diambil"):
        run(source, "--commit")
    more = written(tmp_path / "lagi.csv", [*rows, line(kegiatan="Pagar")])
    assert run(more, "--commit") == "4 rows: 0 new recipients, 1 new payments stored."
    assert ImportBatch.objects.count() == 2
    assert not User.objects.get(username="admin").has_role(Role.PEMOHON)


def test_an_xlsx_is_read_and_a_broken_one_is_refused_with_a_sentence(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    cells = line()
    cells |= {"tahun_anggaran": 2025, "dibayar": 25_000_000.0}
    book.active.append([cells[name] for name in COLUMNS])
    book.save(tmp_path / "lama.xlsx")
    assert run(str(tmp_path / "lama.xlsx"), "--commit") == "1 rows: 1 new recipients, 1 new payments stored."
    assert PastGrant.objects.get().amount == 25_000_000
    (tmp_path / "rusak.xlsx").write_bytes(b"PK rusak")
    for arguments, words in (
        ([str(tmp_path / "rusak.xlsx")], "tidak dapat dibuka"),
        ([str(tmp_path / "tidak-ada.csv")], "cannot be read"),
        ([written(tmp_path / "kosong.csv", [])], "tidak memuat baris"),
    ):
        with pytest.raises(CommandError, match=words):
            run(*arguments)
    (tmp_path / "lain.csv").write_text("nama,alamat\nA,B\n")
    with pytest.raises(CommandError, match="Kolom yang tidak ada: jenis_penerima"):
        run(str(tmp_path / "lain.csv"))
    with pytest.raises(CommandError, match="no active account with the role ADMIN_WILAYAH"):
        call_command("import_register", str(tmp_path / "lama.xlsx"), "--user", "orang")


def test_the_rules_and_the_public_page_know_the_history(tmp_path, client):
    rows = [line(tahun_anggaran="2026"), line(tahun_anggaran="2024", dilaporkan="tidak", kegiatan="Meja")]
    run(written(tmp_path / "lama.csv", rows), "--commit")
    found = Recipient.objects.get()
    ani, same = build.user("ani"), {"name": "Yayasan Lama", "address": "Jl. Tua 1", "rt": "", "rw": ""}
    same["village_code"] = villages()[0].code
    with pytest.raises(Refused, match="sudah terdaftar"):
        build.organisation(ani, **same)  # its chair is not the one the register names
    named = OfficerData("KETUA", "Ujang Sastra", "3273010101900777", "+628120000777")
    assert build.organisation(ani, **same, officers=(named, *build.officers()[1:])) == found
    with pytest.raises(Refused, match="sudah terdaftar"):
        build.organisation(build.user("budi"), **same, officers=(named,))
    draft = submission.start(found, ani, budget_year=2027, kind="HIBAH")
    assert [one.rule for one in eligibility.rule_verdicts(draft) if one.blocks] == ["R10", "R13"]
    page = client.get(f"/penerima/{found.public_id}/").content.decode()
    assert "Sebelum sistem ini" in page
    assert "Rp25.000.000" in page
    assert "3273010101900777" not in page
