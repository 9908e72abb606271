"""The audit chain: append-only, sealed, checked (sabilulungan.md section 20.13)."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from project.models import Letter

from core import audit, audit_triggers
from core.models import AuditEntry, AuditHead, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return Letter.objects.create(state="BARU", title="Surat")


@pytest.fixture
def officer():
    return User.objects.create(username="petugas", full_name="Ujang Sastra")


def three_rows(letter, officer):
    return [audit.record(letter, f"langkah_{n}", actor=officer, note=f"catatan {n}", data={"n": n}) for n in range(3)]


def test_rows_are_numbered_and_sealed_one_to_the_next(letter, officer):
    rows = three_rows(letter, officer)
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.previous_hash for row in rows] == [audit.GENESIS, rows[0].hash, rows[1].hash]
    assert (audit.head().seq, audit.head().hash) == (3, rows[2].hash)
    assert audit.verify() == []
    assert AuditHead.objects.get().intact is True


def test_a_stored_row_has_the_seal_it_was_written_with(letter, officer):
    row = audit.record(letter, "uji", actor=officer, data={"b": 1.5, "a": "é", "besar": 10**15}, note="baris\nkedua")
    stored = AuditEntry.objects.get(pk=row.pk)
    assert audit.digest(stored) == row.hash


@pytest.mark.parametrize(
    "change",
    ["UPDATE core_auditentry SET note = 'lain' WHERE seq = 2", "DELETE FROM core_auditentry WHERE seq = 2"],
)
def test_the_database_refuses_changes(letter, officer, change):
    three_rows(letter, officer)
    with (
        pytest.raises(DatabaseError, match="hanya dapat ditambah"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert audit.verify() == []


@pytest.mark.parametrize(
    ("change", "breaks"),
    [
        ("UPDATE core_auditentry SET note = 'lain' WHERE seq = 2", ["Isi baris 2 tidak sesuai dengan segelnya."]),
        (
            "DELETE FROM core_auditentry WHERE seq = 2",
            ["Baris 2 sampai 2 hilang.", "Baris 3 tidak bersambung dengan baris sebelumnya."],
        ),
        (
            "DELETE FROM core_auditentry WHERE seq = 3",
            ["Ujung jejak audit seharusnya baris 3; yang ada berakhir di 2."],
        ),
    ],
)
def test_acceptance_13_any_changed_row_is_reported(letter, officer, change, breaks):
    three_rows(letter, officer)
    audit_triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(change)
    audit_triggers.install(connection)
    assert [item.sentence for item in audit.verify()] == breaks
    assert AuditHead.objects.get().intact is False
    with pytest.raises(CommandError, match="baris"):
        call_command("verify_audit")


@pytest.mark.postgresql
def test_the_table_cannot_be_truncated(letter, officer):
    three_rows(letter, officer)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match="hanya dapat ditambah"), transaction.atomic():
            cursor.execute("TRUNCATE core_auditentry CASCADE")
    assert audit.verify() == []


def test_history_is_of_one_object(letter, officer):
    other = Letter.objects.create(state="BARU", title="Lain")
    audit.record(other, "lain", actor=None)
    three_rows(letter, officer)
    assert [row.action for row in audit.history(letter)] == ["langkah_0", "langkah_1", "langkah_2"]
    assert [row.actor_name for row in audit.history(other)] == ["Sistem"]


def test_a_read_of_protected_data_is_an_act(letter, officer):
    row = audit.record_read(letter, "Pemeriksaan kasus 12", actor=officer, role="AUDITOR")
    assert (row.action, row.note, row.role) == ("lihat_data_terlindungi", "Pemeriksaan kasus 12", "AUDITOR")
