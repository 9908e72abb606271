"""An invented city for E-RK's benchmarks, on PostgreSQL: people by Django, their millions of rows by SQL."""

import datetime as dt
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "apps")]

START = dt.date(2026, 1, 1)
LONG_AGO = dt.date(2020, 1, 1)  # of the rows that are copied and then removed
UNUSABLE = "!"
TEXT = "Menyusun konsep surat undangan rapat koordinasi"


def prepare(address: str, **environment: str) -> None:
    """Start Django on a new database of the server with Kota Bandung's rendered data, and migrate."""
    import psycopg

    import support

    with psycopg.connect(address.format(app="postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE erk")
    os.environ |= {"DATABASE_URL": address.format(app="erk"), "KIT_STATE_DIR": tempfile.mkdtemp(prefix="kit-bench-")}
    os.environ |= environment
    support.prepare("erk")
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


class City:
    """Agencies with a head and staff, the head deciding for the rest. Accounts are p1, p2, …, one each."""

    def __init__(self, employees: int, agency: int, since: dt.date = START, password: str = UNUSABLE) -> None:
        from erk.domain import catalogue
        from erk.models import Katalog

        catalogue.sync(since, since=since)
        self.item = Katalog.objects.get(kode="SRT-01")
        self.since, self.password, self.number = since, password, 0
        self.agencies = [self._agency(index, agency) for index in range(max(1, employees // agency))]
        _execute(
            """CREATE UNLOGGED TABLE bench_people AS
               SELECT p.id AS pegawai, l.jabatan_id AS jabatan, j.induk_id AS penilai, h.user_id AS boss
               FROM erk_pegawai p JOIN erk_penempatan l ON l.pegawai_id = p.id JOIN erk_jabatan j ON j.id = l.jabatan_id
               LEFT JOIN erk_penempatan k ON k.jabatan_id = coalesce(j.induk_id, j.id)
               LEFT JOIN erk_pegawai h ON h.id = k.pegawai_id"""
        )
        _execute("CREATE SEQUENCE bench_code")

    def _agency(self, index: int, size: int) -> object:
        from core.models import User
        from erk.enums import JenisJabatan, JenisOpd
        from erk.models import Jabatan, Opd, Pegawai, Penempatan

        office = Opd.objects.create(
            kode=f"OPD-{index:03}", nama=f"Dinas {index}", singkatan=f"D{index}", jenis=JenisOpd.DINAS
        )
        head = Jabatan.objects.create(opd=office, nama="Kepala", jenis=JenisJabatan.JPT, kelas=14)
        staff = Jabatan.objects.create(opd=office, nama="Analis", jenis=JenisJabatan.PELAKSANA, kelas=7, induk=head)
        numbers = range(self.number + 1, self.number + size + 1)
        self.number += size
        users = User.objects.bulk_create(
            [User(username=f"p{n}", full_name=f"Pegawai {n}", password=self.password) for n in numbers]
        )
        people = Pegawai.objects.bulk_create(
            [
                Pegawai(user=user, nip=_nip(number), nama=user.full_name, golongan="III/a")
                for number, user in zip(numbers, users, strict=True)
            ]
        )
        posts = [head, *[staff] * (size - 1)]
        Penempatan.objects.bulk_create(
            [Penempatan(pegawai=one, jabatan=post, mulai=self.since) for one, post in zip(people, posts, strict=True)]
        )
        return office

    def attend(self, days: Sequence[dt.date]) -> None:
        """Record everybody as present on the days."""
        from erk.models import Kehadiran, Pegawai

        clock = {"masuk": dt.time(7, 20), "pulang": dt.time(16, 5)}
        row = Kehadiran.objects.create(
            pegawai=Pegawai.objects.order_by("pk")[0], tanggal=LONG_AGO, status="HADIR",
            sumber="bench", **clock,
        )  # fmt: skip
        with bare(Kehadiran):
            multiply(row, "bench_people p, unnest(%s::date[]) d(day)", days, pegawai_id="p.pegawai", tanggal="d.day")
        row.delete()

    def work(self, days_by_entries: Sequence[tuple[int, Sequence[dt.date]]]) -> None:
        """Log approved work of everybody: (entries a day, days), each entry 57 minutes from 07.30 on."""
        from erk.models import Aktivitas, Pegawai

        one = Pegawai.objects.order_by("pk")[0]
        post = one.penempatan.get().jabatan
        moment = dt.datetime(2026, 11, 1, 2, tzinfo=dt.UTC)
        row = Aktivitas.objects.create(
            pegawai=one, jabatan=post, jabatan_penilai=post, katalog=self.item, tanggal=LONG_AGO,
            mulai=dt.time(7, 30), selesai=dt.time(8, 27), uraian=TEXT, volume=2, menit_norma=60, menit_hitung=57,
            menit_setuju=57, state="DISETUJUI", diajukan_pada=moment, putus_oleh=one.user, putus_pada=moment,
        )  # fmt: skip
        with bare(Aktivitas):
            for entries, days in days_by_entries:
                multiply(
                    row,
                    f"bench_people p, unnest(%s::date[]) d(day), generate_series(0, {int(entries) - 1}) e(nth)",
                    days,
                    kode="lpad(upper(to_hex(nextval('bench_code'))), 12, '0')",
                    pegawai_id="p.pegawai", jabatan_id="p.jabatan", jabatan_penilai_id="p.penilai",
                    putus_oleh_id="p.boss", tanggal="d.day", mulai="t.mulai + e.nth * interval '95 minutes'",
                    selesai="t.selesai + e.nth * interval '95 minutes'",
                )  # fmt: skip
        row.delete()


def _nip(number: int) -> str:
    year, serial = divmod(number, 11_988)
    month, sex_and_serial = divmod(serial, 999)
    return f"19860926{2010 + year:04}{month % 12 + 1:02}1{sex_and_serial + 1:03}"


def multiply(row: object, source: str, days: Sequence[dt.date], **columns: str) -> None:
    """Insert copies of a stored row, one for each row of `source`, with some columns by SQL of their own."""
    model = type(row)
    names = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    values = ", ".join(columns.get(name, f't."{name}"') for name in names)
    table, quoted = model._meta.db_table, ", ".join(f'"{name}"' for name in names)
    _execute(
        f'INSERT INTO "{table}" ({quoted}) SELECT {values} FROM "{table}" t, {source} WHERE t.id = %s',  # noqa: S608  (names of our own tables)
        [list(days), row.pk],
    )


@contextmanager
def bare(model: type) -> Iterator[None]:
    """Fill a table without indexes, exclusion constraint and foreign keys, which are made or in force again after."""
    table = f"'{model._meta.db_table}'::regclass"
    constraints = _execute(
        f"SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = {table} AND contype = 'x'"  # noqa: S608  (names of our own tables)
    )
    _execute("SET session_replication_role = replica")
    _execute("SET maintenance_work_mem = '512MB'")
    for name, _ in constraints:
        _execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"')
    indexes = _execute(
        f"SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = {table} "  # noqa: S608  (names of our own tables)
        f"AND indexrelid NOT IN (SELECT conindid FROM pg_constraint WHERE conrelid = {table} AND contype IN ('p', 'u'))"
    )
    for name, _ in indexes:
        _execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        _execute(definition)
    for name, definition in constraints:
        _execute(f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{name}" {definition}')
    _execute("SET session_replication_role = origin")


def _execute(statement: str, values: Sequence[object] | None = None) -> list[tuple]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def analyse() -> None:
    """Let PostgreSQL know what it holds."""
    _execute("ANALYZE")
