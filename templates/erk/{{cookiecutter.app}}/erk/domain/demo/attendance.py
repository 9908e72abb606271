"""Invented attendance and leave; absent people log nothing."""

import datetime as dt
import random
from dataclasses import dataclass, field

from core.calendar import calendar
from erk.domain import schedule
from erk.domain.demo.people import Worker
from erk.enums import JenisCuti, StatusHadir
from erk.models import Cuti, Kehadiran, Lembur
from erk.validators import nip_parts

LATE, EARLY, MISSING = 0.07, 0.015, 0.012
_STAFF = 8  # highest class of a person on maternity leave in the invented data


@dataclass
class Presence:
    """Who was away when, and who had an overtime order."""

    away: dict[int, set[dt.date]] = field(default_factory=dict)
    overtime: set[tuple[int, dt.date]] = field(default_factory=set)

    def works(self, key: int, day: dt.date) -> bool:
        """Return whether an employee worked on a day."""
        return day not in self.away.get(key, set())


def make(workers: list[Worker], rng: random.Random, start: dt.date, today: dt.date) -> Presence:
    """Write leave, attendance and overtime from `start` to yesterday."""
    presence = Presence()
    days = calendar().working_days(start, today - dt.timedelta(days=1))
    _leave(workers, rng, days, presence)
    rows = [_row(worker, day, rng, presence) for worker in workers for day in days]
    Kehadiran.objects.bulk_create(rows, batch_size=500)
    for worker in workers[20:26]:
        day = rng.choice(days)
        if presence.works(worker.employee.pk, day):
            Lembur.objects.create(pegawai=worker.employee, tanggal=day, spt=f"SPT/{rng.randint(100, 999)}/{day.year}")
            presence.overtime.add((worker.employee.pk, day))
    return presence


_SPELLS = (
    (4, JenisCuti.TAHUNAN, 3),
    (9, JenisCuti.TAHUNAN, 5),
    (15, JenisCuti.SAKIT, 2),
    (22, JenisCuti.SAKIT, 6),
    (28, JenisCuti.MELAHIRKAN, 60),
    (33, JenisCuti.ALASAN_PENTING, 3),
    (41, JenisCuti.TAHUNAN, 2),
    (47, JenisCuti.TAHUNAN, 4),
)


def _leave(workers: list[Worker], rng: random.Random, days: list[dt.date], presence: Presence) -> None:
    for index, kind, length in _SPELLS:
        worker = workers[index]
        if kind == JenisCuti.MELAHIRKAN:
            young = (
                w for w in workers[index:] if w.post.position.kelas <= _STAFF and nip_parts(w.employee.nip)[2] == "2"
            )
            worker = next(young)
        first = days[0] if length > len(days) // 2 else rng.choice(days[: -length - 1])
        last = calendar().add(first, length - 1) if length > 1 else first
        number = f"{rng.randint(100, 999)}/CUTI/{first.year}"
        Cuti.objects.create(
            pegawai=worker.employee, jenis=kind, mulai=first, akhir=last, dokumen=number, disetujui=True
        )
        presence.away[worker.employee.pk] = set(calendar().working_days(first, last))


def _row(worker: Worker, day: dt.date, rng: random.Random, presence: Presence) -> Kehadiran:
    key = worker.employee.pk
    row = Kehadiran(pegawai=worker.employee, tanggal=day, status=StatusHadir.HADIR, sumber="contoh")
    if not presence.works(key, day):
        row.status = StatusHadir.CUTI
        return row
    chance = rng.random()
    if chance < 0.004:
        row.status = StatusHadir.ALPA
    elif chance < 0.008:
        row.status = StatusHadir.IZIN
    elif chance < 0.02:
        row.status = rng.choice((StatusHadir.DINAS_LUAR, StatusHadir.DIKLAT))
    if row.status != StatusHadir.HADIR:
        presence.away.setdefault(key, set()).add(day)
        return row
    opens, closes = schedule.office_hours(day)
    early = rng.randint(2, 25)
    late = rng.choice((4, 9, 12, 18, 26, 35, 48, 70)) if rng.random() < LATE else 0
    row.masuk = _shift(opens, late or -early)
    stayed = -rng.choice((10, 25, 45)) if rng.random() < EARLY else rng.randint(1, 40)
    row.pulang = None if rng.random() < MISSING else _shift(closes, stayed)
    row.menit_tl = schedule.minutes_late(day, row.masuk)
    row.menit_psw = schedule.minutes_early(day, row.pulang) if row.pulang else 0
    row.apel_absen = day.weekday() == 0 and rng.random() < 0.02
    return row


def _shift(clock: dt.time, minutes: int) -> dt.time:
    return dt.time(*divmod(clock.hour * 60 + clock.minute + minutes, 60))
