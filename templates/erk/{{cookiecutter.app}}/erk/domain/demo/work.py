"""Invented work of two months: spans that fit a day, texts that say something, decisions of superiors."""

import datetime as dt
import random
from decimal import Decimal

from core import dates
from core.calendar import calendar
from core.models import User
from erk.domain import policy, schedule
from erk.domain.checks import Entry, counted, input_deadline
from erk.domain.demo.attendance import Presence
from erk.domain.demo.people import Worker, code
from erk.domain.demo.texts import REASONS, describe
from erk.domain.effects import fingerprint
from erk.domain.people import Chain
from erk.enums import ActivityState as S
from erk.models import Aktivitas, Katalog, Penempatan
from erk.rules import windows
from erk.rules.policy import Policy

DECIDED_AFTER = 5  # working days: older work has been decided, younger mostly waits
SLOW_SUPERIOR = "Kepala Bidang Lalu Lintas"  # decides late, so that escalation is seen


class Writer:
    """Makes activities day by day and writes them in one go."""

    def __init__(self, rng: random.Random, presence: Presence, today: dt.date) -> None:
        self.rng, self.presence, self.today = rng, presence, today
        self.items = {item.kode: item for item in Katalog.objects.on(today)}
        self.chain = Chain(today)
        held = Penempatan.objects.definitif().on(today).select_related("pegawai__user", "jabatan")
        self.holder: dict[int, User | None] = {row.jabatan_id: row.pegawai.user for row in held}
        self.position = {row.jabatan_id: row.jabatan for row in held}
        self.rows: list[Aktivitas] = []
        self.clock_now = dates.local(dates.now()).time()
        self.minute_now = self.clock_now.hour * 60 + self.clock_now.minute

    def day(self, worker: Worker, day: dt.date, rules: Policy) -> None:
        """Write the work of one employee on one day."""
        share = worker.post.pace * self.rng.uniform(0.97, 1.27)
        wanted = rules.minutes_per_month * share / max(1, len(schedule.working_days(day)))
        cap = schedule.cap(day, rules, overtime=(worker.employee.pk, day) in self.presence.overtime)
        clock, done = 7 * 60 + 30, 0
        closing = self.minute_now if day == self.today else 16 * 60
        codes = ["APL-01"] if day.weekday() == 0 else []
        while done < min(wanted, cap) and clock < closing:
            item = self.items[codes.pop(0) if codes else self._choose(worker)]
            row = self._activity(worker, day, item, clock, int(min(wanted, cap) - done), rules)
            if row is None or (day == self.today and row.selesai > self.clock_now):
                break
            self.rows.append(row)
            done += row.menit_hitung
            clock = row.selesai.hour * 60 + row.selesai.minute + self.rng.choice((0, 5, 10, 15))
            if 11 * 60 + 50 <= clock < 13 * 60:
                clock = 13 * 60

    def _choose(self, worker: Worker) -> str:
        usual = worker.post.usual
        if self.rng.random() < 0.03:
            return "LAIN"
        weights = [2 ** (len(usual) - index) for index in range(len(usual))]
        return self.rng.choices(usual, weights)[0]

    def _activity(
        self, worker: Worker, day: dt.date, item: Katalog, clock: int, missing: int, rules: Policy
    ) -> Aktivitas | None:
        few, many = max(1, 60 // item.norma), max(1, 210 // item.norma)
        units = 1 if item.norma >= 120 or item.maks_harian else self.rng.randint(few, many)
        length = min(int(item.norma * units * self.rng.uniform(0.9, 1.25)), max(15, missing + 5), 17 * 60 - clock)
        length -= length % 5
        if length < 10:
            return None
        start, end = dt.time(*divmod(clock, 60)), dt.time(*divmod(clock + length, 60))
        text = describe(item.kode, self.rng)
        entry = Entry(day, start, end, item, Decimal(units), text)
        count = counted(entry, rules)
        superior = self.chain.superior(worker.post.position.pk, worker.employee.pk)
        row = Aktivitas(
            kode=code(self.rng), pegawai=worker.employee, jabatan=worker.post.position, jabatan_penilai_id=superior,
            tanggal=day, mulai=start, selesai=end, katalog=item, uraian=text, volume=entry.volume,
            menit_norma=count.norm, menit_hitung=count.counted, sidik_teks=fingerprint(text),
            state=S.DRAF, batas=input_deadline(day, rules),
        )  # fmt: skip
        self._fate(row, rules)
        return row

    def _fate(self, row: Aktivitas, rules: Policy) -> None:
        """Give an activity the state its age makes likely, with the columns that belong to it."""
        age, chance = calendar().count(row.tanggal, self.today), self.rng.random()
        slow = self.position[row.jabatan_penilai_id].nama == SLOW_SUPERIOR
        if age == 0 or (age <= 1 and chance < 0.25):
            return
        if chance < 0.02 and age > rules.input_days:
            row.state, row.batas = S.TERLAMBAT, None
            row.state_since = dates.at(calendar().add(row.tanggal, rules.input_days + 1))
            return
        handed = dates.at(row.tanggal, dt.time(16, self.rng.randint(0, 59)))
        row.diajukan_pada, row.state_since, row.state = handed, handed, S.DIAJUKAN
        row.batas = windows.deadline(row.tanggal, rules.escalation_days, calendar())
        if slow and rules.escalation_days < age <= rules.escalation_days + 4:
            row.state = S.DIESKALASI
            row.jabatan_penilai_id = self.chain.superior(row.jabatan_penilai_id, row.pegawai_id)
            row.batas = windows.deadline(self.today, 2, calendar())
        elif age > DECIDED_AFTER or (chance > 0.12 * (DECIDED_AFTER + 1 - age) and not slow):
            self._decide(row, rules, age)

    def _decide(self, row: Aktivitas, rules: Policy, age: int) -> None:
        chance = self.rng.random()
        moment = dates.at(
            calendar().add(row.tanggal, self.rng.randint(1, max(1, min(age, 4)))), dt.time(9, self.rng.randint(0, 59))
        )
        row.state_since = min(moment, dates.now())
        if chance < 0.06 and age <= rules.return_days + 1:
            row.state, row.putaran = S.DIKEMBALIKAN, 1
            row.alasan = self.rng.choice(REASONS["kembali"])
            row.batas = windows.deadline(self.today, rules.return_days, calendar())
            return
        row.putus_oleh, row.putus_pada, row.batas = self.holder[row.jabatan_penilai_id], row.state_since, None
        if 0.06 <= chance < 0.07:
            row.state, row.alasan = S.DITOLAK, self.rng.choice(REASONS["tolak"])
            return
        row.state, row.menit_setuju = S.DISETUJUI, row.menit_hitung
        if chance > 0.95 and row.menit_hitung > 30:
            row.menit_setuju, row.alasan = row.menit_hitung - 15, self.rng.choice(REASONS["turun"])


def make(workers: list[Worker], presence: Presence, rng: random.Random, start: dt.date, today: dt.date) -> None:
    """Write the work of everybody from `start` to today."""
    writer = Writer(rng, presence, today)
    for day in calendar().working_days(start, today):
        rules = policy.on(day)
        for worker in workers:
            if presence.works(worker.employee.pk, day) and not (day == today and rng.random() < 0.5):
                writer.day(worker, day, rules)
    Aktivitas.objects.bulk_create(writer.rows, batch_size=400)
