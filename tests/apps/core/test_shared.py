"""Files of an app that several servers run: what one took in, the others have."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from project.models import Letter

from core import copies, files, shared
from core.models import SharedFile

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def letter(db):
    return Letter.objects.create(state="BARU", title="Surat")


@pytest.fixture
def servers(settings, tmp_path):
    """Two disks; the function turns to one of them."""

    def turn(name):
        settings.MEDIA_ROOT = tmp_path / name
        settings.MEDIA_ROOT.mkdir(exist_ok=True)

    settings.FILES_SHARED = True
    turn("one")
    return turn


def test_the_other_server_has_what_one_took_in(servers, letter):
    stored = files.store_bytes(PDF, files.PDF, owner=letter, kind="akta", user=None, name="akta")
    servers("two")
    assert files.absolute(stored).is_relative_to(files.settings.MEDIA_ROOT)
    assert files.read(stored) == PDF


def test_a_copy_is_taken_once(servers, letter, django_assert_num_queries):
    stored = files.store_bytes(PDF, files.PDF, owner=letter, kind="akta", user=None, name="akta")
    for name, queries in (("one", 1), ("two", 2), ("two", 1)):
        servers(name)
        with django_assert_num_queries(queries):
            files.absolute(stored)


def test_a_newer_one_replaces_the_copy_and_an_older_one_does_not(servers, tmp_path, db):
    one, two = tmp_path / "one" / "isi.json", tmp_path / "two" / "isi.json"
    for content, day in (("kemarin", 1_000_000_000), ("hari ini", 1_000_086_400)):
        one.write_text(content)
        os.utime(one, (day, day))
        shared.keep("data/isi.json", one)
        assert shared.present("data/isi.json", two).read_text() == content
    two.write_text("lebih baru")
    assert shared.present("data/isi.json", two).read_text() == "lebih baru"
    assert [path.name for path in two.parent.iterdir()] == ["isi.json"]


def test_files_of_the_days_of_one_server_come_along(servers, settings, letter, capsys):
    settings.FILES_SHARED = False
    old = [files.store_bytes(PDF, files.PDF, owner=letter, kind=kind, user=None, name=kind) for kind in ("a", "b", "c")]
    call_command("share_files")
    assert (capsys.readouterr().out, SharedFile.objects.count()) == ("No file to share: one server runs the app.\n", 0)
    settings.FILES_SHARED = True
    files.absolute(old[2]).unlink()
    call_command("share_files")
    assert capsys.readouterr() == ("2 files shared.\n", f"Neither in the database nor on this server: {old[2].path}\n")
    servers("two")
    assert [files.read(stored) for stored in old[:2]] == [PDF, PDF]
    call_command("share_files")
    assert capsys.readouterr().out == "No file to share.\n"


def test_on_one_server_the_database_holds_no_files(settings, tmp_path, letter, django_assert_num_queries):
    settings.MEDIA_ROOT = tmp_path
    stored = files.store_bytes(PDF, files.PDF, owner=letter, kind="akta", user=None, name="akta")
    assert SharedFile.objects.count() == 0
    with django_assert_num_queries(0):
        assert files.read(stored) == PDF


@pytest.fixture
def looks(monkeypatch):
    """A server that has not looked for erased files yet."""

    def anew(*, hours_later=True):
        monkeypatch.setattr(copies, "_next", 0.0 if hours_later else copies._next)

    monkeypatch.setattr(copies, "_upto", datetime(1970, 1, 1, tzinfo=UTC))
    anew()
    return anew


def test_what_is_erased_goes_from_every_server(servers, letter, looks, django_capture_on_commit_callbacks):
    other = Letter.objects.create(state="BARU", title="Surat lain")
    stored = [files.store_bytes(PDF, files.PDF, owner=letter, kind="akta", user=None, name="akta") for _ in range(2)]
    kept = files.store_bytes(PDF, files.PDF, owner=other, kind="akta", user=None, name="akta")
    places = {}
    for name in ("one", "two"):
        servers(name)
        places[name] = [Path(files.absolute(row)) for row in (*stored, kept)]
    servers("one")
    with django_capture_on_commit_callbacks(execute=True):
        assert files.erase(letter) == 2
    assert [path.exists() for path in places["one"] + places["two"]] == [False, False, True, True, True, True]
    servers("two")
    copies.look()
    assert [path.exists() for path in places["two"]] == [False, False, True]
    assert SharedFile.objects.exclude(content=b"").get().name == f"files/{kept.path}"
    places["two"][0].write_bytes(PDF)  # a copy that came after all
    looks(hours_later=False)
    copies.look()
    assert places["two"][0].exists()
    looks()
    copies.look()
    assert not places["two"][0].exists()


def test_a_copy_of_what_was_erased_is_not_made_again(servers, letter):
    stored = files.store_bytes(PDF, files.PDF, owner=letter, kind="akta", user=None, name="akta")
    files.erase(letter)
    servers("two")
    assert not files.absolute(stored).exists()


def test_where_one_server_is_left_an_erased_file_leaves_nothing(servers, settings, letter):
    files.store_bytes(PDF, files.PDF, owner=letter, kind="akta", user=None, name="akta")
    settings.FILES_SHARED = False
    files.erase(letter)
    assert SharedFile.objects.count() == 0


def test_a_look_that_finds_nothing_does_not_go_back_in_time(servers, looks, db):
    before = copies._upto
    for _ in range(3):
        looks()
        copies.look()
    assert copies._upto == before
