"""October 2026 of the two hundred, part by part, each through the services of the app and by whoever may."""

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from recompute import Piece, Rules, pay
from script import (
    CORRECTED,
    HOSPITAL,
    MONTH,
    OBJECTING,
    OFFICES,
    REFUSED,
    STORIES,
    STORY_DAY,
    actors,
    bring,
    day,
    live,
    moves,
    offices,
    people,
    positions,
    written,
)
from world import act, fresh

from core import dates
from core.errors import NotAllowed, Refused
from core.models import RoleAssignment
from erk.domain import (
    activity,
    anomalies,
    approval,
    catalogue,
    clock,
    closing,
    corrections,
    imports,
    norms,
    objections,
    outages,
    placements,
    policy,
)
from erk.domain.checks import Entry
from erk.domain.closing import OFFICE_MONTHS
from erk.domain.corrections import CORRECTIONS
from erk.domain.effects import write
from erk.domain.objections import OBJECTIONS
from erk.domain.people import Chain
from erk.enums import ImportKind as K
from erk.enums import Role
from erk.models import Aktivitas, Anomali, BulanOpd, Jabatan, Katalog, Pegawai, Sampel

OCTOBER = dt.date(2026, 10, 1)
DISTURBED = {day(20)}
WHY = "Dicocokkan dengan buku agenda dan surat tugas"


class Script:
    """The month as it happens: each method is a part of it, in the order of the calendar."""

    def __init__(self, at) -> None:
        self.at = at
        self.staff, self.rows = people()
        self.who = actors()
        live(self.staff)

    def arrive(self) -> None:
        """Offices, positions, people, norms and known leave come in before the month begins."""
        self.at("2026-09-28 09:00")
        for kind, rows in ((K.OPD, offices()), (K.JABATAN, positions()), (K.PEGAWAI, self.rows)):
            bring(self.who["region"], kind, rows)
        catalogue.sync(dates.today(), since=dt.date(2025, 1, 1))
        letters = Katalog.objects.get(kode="SRT-02")
        norms.publish(
            self.who["catalogue"], letters, norm=25, proof=False, daily_max=None, since=OCTOBER, basis="Kajian norma"
        )
        self.employee = {row.nip: row for row in Pegawai.objects.select_related("user")}
        self.holder = {
            row.kode: row.penempatan.get().pegawai
            for row in Jabatan.objects.filter(kode__endswith="0").exclude(opd__kode="GURU")
        }
        self.item = {code: Katalog.objects.on(day(1)).get(kode=code) for code in ("SRT-02", "LAIN")}
        for code in (*OFFICES, HOSPITAL):
            head = self.holder[f"{code}-10"].user
            RoleAssignment.objects.create(user=head, role=Role.KEPALA_OPD, scope=code, valid_from=day(1))
        self.bring_by_office(K.CUTI, lambda person: [
            {"nip": person.nip, "jenis": kind, "mulai": written(first), "sampai": written(last), "nomor_surat": "851/1"}
            for kind, first, last in person.spells
        ])  # fmt: skip

    def bring_by_office(self, kind: K, rows_of) -> None:
        rows = defaultdict(list)
        for person in self.staff:
            rows[person.office] += rows_of(person)
        for office in sorted(office for office in rows if rows[office]):
            bring(self.who[f"admin {office}"], kind, rows[office])

    def by(self, index: int):
        return self.employee[self.staff[index].nip]

    def log(self, index: int, piece: Piece) -> Aktivitas:
        """An employee writes a piece of work down; it joins what the recomputation knows."""
        start, end = (dt.time(*divmod(minute, 60)) for minute in (piece.start, piece.end))
        words = f"Menyusun surat balasan nomor {index} untuk kelurahan"
        entry = Entry(piece.day, start, end, self.item["SRT-02"], Decimal(piece.units), words)
        row = activity.create(fresh(self.by(index).user), entry)
        self.staff[index].pieces.append(piece)
        return row

    def work(self) -> None:
        """The story day: approved, lowered, returned, rejected, withdrawn, late, escalated, acting, cancelled."""
        boss, head = self.holder["DUKCAPIL-20"], self.holder["DUKCAPIL-10"]
        self.at("2026-10-05 18:00")
        pieces = {index: Piece(STORY_DAY, 480, 480 + 200 + index, units=4 + index % 5) for index in STORIES}
        done = {index: self.log(index, piece) for index, piece in pieces.items()}
        first = STORIES[0]
        with pytest.raises(Refused):
            self.log(first, Piece(STORY_DAY, 500, 520))
        late = STORIES[9]
        done = {i: row if i == late else act(row, "ajukan", self.by(i)) for i, row in done.items()}
        with pytest.raises(NotAllowed):
            act(done[first], "setujui", self.by(first))
        withdrawn = STORIES[7]
        row = act(done[withdrawn], "tarik", self.by(withdrawn))
        pieces[withdrawn].end = 810
        row = activity.edit(fresh(self.by(withdrawn).user), row, self._entry(pieces[withdrawn]), row.version)
        done[withdrawn] = act(row, "ajukan", self.by(withdrawn))

        self.at("2026-10-06 10:00")
        batch = [done[STORIES[n]] for n in (0, 1, 2, 7, 10)]
        outcomes = approval.approve_batch(fresh(boss.user), [(row, row.version) for row in batch])
        assert [outcome.sentence for outcome in outcomes] == [""] * 5
        pieces[STORIES[3]].lowered = 41
        act(done[STORIES[3]], "setujui", boss, WHY, menit=41)
        for n in (4, 5):
            done[STORIES[n]] = act(done[STORIES[n]], "kembalikan", boss, WHY)
        act(done[STORIES[6]], "tolak", boss, WHY)

        self.at("2026-10-07 10:00")
        row, piece = done[STORIES[4]], pieces[STORIES[4]]
        piece.units, piece.end = 9, 700
        row = activity.edit(fresh(self.by(STORIES[4]).user), row, self._entry(piece), row.version)
        act(act(row, "ajukan", self.by(STORIES[4])), "setujui", boss)

        self.at("2026-10-09 08:00")
        assert (clock.close_late(dates.today()), clock.close_returned(dates.today())) == (1, 1)
        row = act(act(done[late], "buka", boss, WHY), "ajukan", self.by(late))
        act(row, "setujui", boss)

        self.at("2026-10-12 08:00")
        deputy, post = self.by(STORIES[1]), Jabatan.objects.get(kode="DUKCAPIL-20")
        placements.appoint_acting(fresh(boss.user), post, deputy, day(12), day(16), "Surat perintah 12")
        bring(self.who["region"], K.PEGAWAI, moves(self.staff))
        self.at("2026-10-13 08:00")
        assert clock.escalate(dates.today()) == 2
        with pytest.raises(NotAllowed):
            act(done[STORIES[8]], "setujui", boss)
        act(done[STORIES[8]], "setujui", head)
        act(done[STORIES[11]], "tolak", head, WHY)
        self._acting(deputy)
        finding = act(done[STORIES[10]], "temukan", self.who["verifier"], WHY)
        act(finding, "tanggapi", self.by(STORIES[10]), "Fotonya memang dari hari lain")
        act(finding, "batalkan_audit", self.who["verifier"], WHY)
        for n in (5, 6, 10, 11):
            pieces[STORIES[n]].approved = False
        states = Aktivitas.objects.filter(tanggal=STORY_DAY).values_list("state", flat=True)
        assert Counter(states) == {"DISETUJUI": 8, "DITOLAK": 3, "DIBATALKAN": 1}

    def _acting(self, deputy: Pegawai) -> None:
        """The acting official decides on a colleague; another colleague does not."""
        row = act(self.log(STORIES[2], Piece(day(13), 420, 449)), "ajukan", self.by(STORIES[2]))
        with pytest.raises(NotAllowed):
            act(row, "setujui", self.by(STORIES[3]))
        act(row, "setujui", deputy)

    def _entry(self, piece: Piece) -> Entry:
        start, end = (dt.time(*divmod(minute, 60)) for minute in (piece.start, piece.end))
        words = "Menyusun surat balasan permohonan data, sesudah diperbaiki"
        return Entry(piece.day, start, end, self.item["SRT-02"], Decimal(piece.units), words)

    def routine(self) -> None:
        """The other days, as approved by whoever decides on that position."""
        stored = set(Aktivitas.objects.values_list("pegawai__nip", "tanggal", "mulai"))
        chain, rows = Chain(day(12)), []
        at = {row.pegawai_id: row.jabatan for row in self._placements()}
        users = {row.jabatan_id: row.pegawai.user for row in self._placements()}
        for person in self.staff:
            employee = self.employee[person.nip]
            for number, piece in enumerate(person.pieces):
                start, end = (dt.time(*divmod(minute, 60)) for minute in (piece.start, piece.end))
                if (person.nip, piece.day, start) in stored:
                    continue
                item = self.item["LAIN" if piece.free else "SRT-02"]
                text = f"Pekerjaan {employee.pk} bagian {number} pada hari itu"
                post = at[employee.pk]
                row = Aktivitas(pegawai=employee, jabatan=post, jabatan_penilai_id=chain.superior(post.pk, employee.pk))
                write(row, Entry(piece.day, start, end, item, Decimal(piece.units), text))
                row.state, row.menit_setuju = "DISETUJUI", row.menit_hitung
                row.diajukan_pada = row.state_since = dates.at(piece.day, dt.time(20))
                row.putus_pada = dates.at(piece.day + dt.timedelta(days=1), dt.time(8 + number % 9, employee.pk % 60))
                row.putus_oleh = users[row.jabatan_penilai_id]
                rows.append(row)
        Aktivitas.objects.bulk_create(rows, batch_size=500)

    @staticmethod
    def _placements():
        from erk.models import Penempatan

        return Penempatan.objects.definitif().on(day(16)).select_related("jabatan", "pegawai__user")

    def bring_the_rest(self) -> None:
        """Attendance, overtime orders, ratings and cuts; a day of failed attendance, an outage on the closing day."""
        self.at("2026-11-02 10:00")

        def clocks(person):
            rows = [
                {"nip": person.nip, "tanggal": written(when), "status": kind} for when, kind in person.single.items()
            ]
            for when, times in person.clocked.items():
                came, left = ("" if one is None else f"{one // 60:02}.{one % 60:02}" for one in times[:2])
                rows.append({"nip": person.nip, "tanggal": written(when), "status": "HADIR", "masuk": came,
                             "pulang": left, "tidak_apel": "ya" if times[2] else ""})  # fmt: skip
            return rows

        self.bring_by_office(K.KEHADIRAN, clocks)
        self.bring_by_office(K.LEMBUR, lambda person: [
            {"nip": person.nip, "tanggal": written(when), "nomor_spt": "SPT/7"} for when in sorted(person.overtime)
        ])  # fmt: skip

        def percent(value):
            return str(Decimal(value.numerator * 100) / value.denominator)

        ratings = [
            {
                "nip": one.nip,
                "bulan": "2026-10",
                "capaian_skp": percent(one.rating[0]),
                "perilaku": percent(one.rating[1]),
            }
            for one in self.staff
        ]
        bring(self.who["verifier"], K.PENILAIAN, ratings)
        period = {"mulai": "01/09/2026", "sampai": "28/02/2027", "nomor_sk": "888"}
        cuts = [{"nip": one.nip, "persen": percent(one.cut)} | period for one in self.staff if one.cut]
        bring(self.who["verifier"], K.HUKUMAN, cuts)
        outages.disturb(self.who["region"], day(20), "Mesin absensi padam di seluruh kantor")
        self.at("2026-11-04 12:00")
        lost = (dates.at(dt.date(2026, 11, 4), dt.time(hour)) for hour in (9, 11))
        outages.record(*lost, "Server mati", actor=self.who["region"])
        assert outages.closing_days(OCTOBER, policy.for_month(OCTOBER)).input == dt.date(2026, 11, 5)

    def close(self) -> None:
        """Computed, shown, objected to, signed, verified, final, paid."""
        self.at("2026-11-11 09:00")
        result = closing.compute(OCTOBER)
        assert (result.computed, result.left_out) == (200, [])
        anomalies.search(OCTOBER)
        assert anomalies.draw(OCTOBER) == -(-Aktivitas.objects.filter(state="DISETUJUI").count() * 2 // 100)
        self._objections()
        self.at("2026-11-18 09:00")
        verifier, finance = self.who["verifier"], self.who["finance"]
        high = [key for key, points in anomalies.scores(OCTOBER).items() if points >= 40]
        for sign in Anomali.objects.filter(bulan=OCTOBER, pegawai__in=high):
            anomalies.SIGNS.perform(sign.pk, "tutup", verifier, note=WHY, data={"putusan": "SAH"})
        for sample in Sampel.objects.all():
            anomalies.review(verifier, sample, "SAH", WHY)
        for month in BulanOpd.objects.select_related("opd"):
            head = self.holder[f"{month.opd.kode}-10"].user
            paid = {"tanggal": dates.today(), "sp2d": f"SP2D/{month.opd.kode}"}
            steps = (("tanda_tangani", head), ("verifikasi", verifier), ("finalkan", verifier), ("bayar", finance))
            for action, who in steps:
                with pytest.raises(Refused):
                    OFFICE_MONTHS.perform(month.pk, action, self.who["inspector"], data=paid)
                OFFICE_MONTHS.perform(month.pk, action, fresh(who), data=paid)

    def _objections(self) -> None:
        admin = {index: self.who[f"admin {self.staff[index].office}"] for index in (OBJECTING, REFUSED)}
        for index, act_ in ((OBJECTING, "terima"), (REFUSED, "tolak")):
            filed = objections.object_to(fresh(self.by(index).user), self.by(index).rekap.get(), WHY)
            OBJECTIONS.perform(filed.pk, "telaah", admin[index], note=WHY)
            if act_ == "terima":
                self.mend(index, day(15), "DINAS_LUAR")
            OBJECTIONS.perform(filed.pk, act_, self.who["verifier"], note=WHY)

    def mend(self, index: int, when: dt.date, status: str) -> None:
        """The agency's administrator corrects a day by hand."""
        person = self.staff[index]
        person.single[when] = status
        importer = imports.attendance.AttendanceByHand
        cells = {"nip": person.nip, "tanggal": written(when), "status": status}
        imports.enter(self.who[f"admin {person.office}"], importer, cells)

    def correct(self) -> None:
        """A paid month is opened for one person with the leadership's approval, and the difference is due."""
        self.at("2026-11-20 09:00")
        recap = self.by(CORRECTED).rekap.get()
        with pytest.raises(Refused):
            self.mend(CORRECTED, day(16), "DIKLAT")
        row = corrections.propose_for(self.who["verifier"], recap, WHY)
        CORRECTIONS.perform(row.pk, "setujui", self.who["leader"])
        self.mend(CORRECTED, day(16), "DIKLAT")
        CORRECTIONS.perform(row.pk, "hitung", self.who["verifier"])

    def expected(self, rules: Rules = Rules()) -> dict[str, tuple[int, int]]:  # noqa: B008
        return {person.nip: pay(person, MONTH, DISTURBED, rules) for person in self.staff}
