"""Counters, encrypted columns, exports, region data, places, demo accounts, access."""

import io
import json
import re
import sys
import types

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import Http404
from project.models import Letter

import rules
from core import access, audit, checks, counters, export, region, wilayah
from core.models import User


@pytest.mark.django_db
def test_numbers_run_on_per_kind_year_and_office():
    got = [counters.next_number("resi", 2026), counters.next_number("resi", 2026), counters.next_number("resi", 2027)]
    assert [*got, counters.next_number("resi", 2026, "DINKES")] == [1, 2, 1, 1]


def test_a_number_follows_the_regions_pattern_and_evaluates_nothing():
    assert (
        counters.format_number("503/{no:04}/{opd}/{tahun}", no=7, opd="DPMPTSP", tahun=2026) == "503/0007/DPMPTSP/2026"
    )
    assert counters.format_number("{no.__class__}-{no}", no=7) == "{no.__class__}-7"
    with pytest.raises(ValueError, match=r"asks for \{bulan\}; known parts: no"):
        counters.format_number("{no}/{bulan}", no=7)


@pytest.mark.django_db
def test_an_encrypted_column_is_not_readable_in_the_database():
    user = User.objects.create(username="ana", full_name="Ana", nik="3273014507900012")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik FROM core_user")
        (stored,) = cursor.fetchone()
    assert "3273" not in stored
    assert User.objects.get(pk=user.pk).nik == "3273014507900012"
    with pytest.raises(TypeError, match="cannot be searched"):
        User.objects.filter(nik="3273014507900012").exists()


ROWS = [{"nama": "=HYPERLINK()", "jumlah": 5}, {"nama": "Ana", "jumlah": -3}]
COLUMNS = [export.Column("Nama", lambda row: row["nama"]), export.Column("Jumlah", lambda row: row["jumlah"])]


def test_csv_has_every_row_and_no_formula():
    response = export.table(COLUMNS, ROWS, "daftar", "csv")
    assert b"".join(response).decode() == "\ufeffNama,Jumlah\r\n'=HYPERLINK(),5\r\nAna,-3\r\n"
    assert response["Content-Disposition"] == 'attachment; filename="daftar.csv"'


def test_xlsx_has_every_row_and_no_formula():
    book = openpyxl.load_workbook(io.BytesIO(export.table(COLUMNS, ROWS, "daftar", "xlsx").content))
    assert list(book.active.values) == [("Nama", "Jumlah"), ("'=HYPERLINK()", 5), ("Ana", -3)]


def test_an_unknown_form_is_not_found():
    with pytest.raises(Http404):
        export.table(COLUMNS, ROWS, "daftar", "exe")


def test_region_data_are_read_by_name_and_cannot_be_changed():
    data = region.region()
    assert data.terms.head == "Wali Kota"
    assert data.locale.languages[0] == "id"
    with pytest.raises(region.RegionDataError, match=r"no `terms\.kaisar`"):
        _ = data.terms.kaisar
    with pytest.raises(TypeError):
        data["terms"] = {}


def test_unrendered_region_data_are_explained(tmp_path, monkeypatch):
    (tmp_path / "region.json").write_text('{"region": {{ cookiecutter.region }} }')
    monkeypatch.setenv("KIT_REGION_DIRS", str(tmp_path))
    region.forget()
    with pytest.raises(region.RegionDataError, match="not rendered region data"):
        region.region()


def test_places_of_the_region():
    assert len(wilayah.districts()) == 30
    assert len(wilayah.villages()) == 151
    assert wilayah.find("52.71.01") is None
    coblong = next(place for place in wilayah.districts() if place.name == "Coblong")
    assert coblong.title == "Kecamatan Coblong"
    assert {place.name for place in wilayah.villages(coblong.code)} == {
        "Cipaganti", "Dago", "Lebak Gede", "Lebak Siliwangi", "Sadang Serang", "Sekeloa",
    }  # fmt: skip
    assert wilayah.is_inside("32.73")
    assert wilayah.name_of("99.99") == "99.99"


@pytest.mark.django_db
def test_demo_accounts_keep_their_random_passwords(tmp_path, settings):
    path = tmp_path / "akun.json"
    call_command("demo", "--accounts", str(path))
    first = json.loads(path.read_text())
    call_command("demo", "--accounts", str(path))
    assert json.loads(path.read_text()) == first
    assert [(row["role"], row["username"]) for row in first] == [("PETUGAS", "petugas")]
    assert path.stat().st_mode & 0o777 == 0o600
    user = User.objects.get(username="petugas")
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", first[0]["password"])  # 79 bits: a cheap hash will do
    assert user.password.startswith("argon2$argon2id$v=19$m=64,t=1,p=1$")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert user.check_password(first[0]["password"])
    user.refresh_from_db()
    assert user.password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert user.check_password(first[0]["password"])
    assert user.roles() == {"PETUGAS"}
    assert not User.objects.get(username="warga").has_usable_password()


@pytest.mark.django_db
def test_demo_data_are_refused_on_a_real_installation(settings):
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="only for installations"):
        call_command("demo")


@pytest.mark.django_db
def test_fetch_hides_from_strangers_and_refuses_readers(monkeypatch):
    permissions = rules.RuleSet()
    monkeypatch.setattr("rules.permissions.permissions", permissions)
    permissions.add_rule("letter.decide", rules.predicate(lambda user, letter: user.username == "ana"))
    permissions.add_rule("letter.view", rules.predicate(lambda user, letter: user.username in ("ana", "budi")))
    ana, budi, cici = (User.objects.create(username=name, full_name=name) for name in ("ana", "budi", "cici"))
    letter = Letter.objects.create(state="BARU", title="Surat")

    def ask(user, pk):
        return access.fetch(user, "letter.decide", Letter, view="letter.view", pk=pk)

    assert ask(ana, letter.pk) == letter
    with pytest.raises(PermissionDenied):
        ask(budi, letter.pk)
    for user, pk in ((cici, letter.pk), (ana, letter.pk + 1)):
        with pytest.raises(Http404):
            ask(user, pk)


@pytest.mark.django_db
def test_the_first_head_is_the_genesis():
    assert (audit.head().seq, audit.head().hash) == (0, "0" * 64)


def test_an_app_without_our_error_pages_does_not_start(settings, monkeypatch):
    assert checks.error_pages(None) == []
    bare = types.ModuleType("bare_urls")
    bare.handler404 = None
    monkeypatch.setitem(sys.modules, "bare_urls", bare)
    settings.ROOT_URLCONF = "bare_urls"
    assert [(found.id, found.msg.split(":")[0]) for found in checks.error_pages(None)] == [
        ("core.E004", "bare_urls lacks handler400"),
        ("core.E004", "bare_urls lacks handler403"),
        ("core.E004", "bare_urls lacks handler500"),
    ]
