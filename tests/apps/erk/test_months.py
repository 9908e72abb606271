"""The monthly recap: from attendance, leave and approved minutes to the slip, again and again the same."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from world import MONDAY

from core.errors import Refused
from core.models import AuditEntry
from erk.domain import months, placements, schedule, statements
from erk.domain.policy import for_month
from erk.enums import ActivityState, JenisCuti, MonthState, Skema, StatusHadir
from erk.interfaces.slip_lines import lines
from erk.models import Aktivitas, Cuti, GangguanAbsensi, Hukuman, KebijakanVersi, Kehadiran, Lembur, Penempatan, Rekap
from erk.rules.numbers import half_up
from regions import month

OCTOBER = dt.date(2026, 10, 1)
NOVEMBER_20 = "2026-11-20 09:00"


def approved(world, who, day: dt.date, minutes: int, item=None, start: int = 420, state=ActivityState.DISETUJUI):
    """Store an approved activity of so many minutes."""
    end = start + max(minutes, 1)
    return Aktivitas.objects.create(
        pegawai=who,
        jabatan=who.penempatan.order_by("mulai").last().jabatan,
        tanggal=day,
        mulai=dt.time(*divmod(start, 60)),
        selesai=dt.time(*divmod(end, 60)),
        katalog=item or world.katalog,
        uraian="Pekerjaan yang disetujui",
        volume=1,
        menit_norma=minutes,
        menit_hitung=minutes,
        menit_setuju=minutes,
        state=state,
        putus_oleh=world.kabid.user,
        putus_pada=dt.datetime(2026, 10, 30, tzinfo=dt.UTC),
    )


def whole_month(world, who, total: int, days: list[dt.date]) -> None:
    """Spread approved minutes evenly over days."""
    each, rest = divmod(total, len(days))
    for index, day in enumerate(days):
        approved(world, who, day, each + (index < rest))


@pytest.fixture
def october(world, at):
    """Return the 22 working days of October 2026, with the clock after its approvals closed."""
    at(NOVEMBER_20)
    days = schedule.working_days(OCTOBER)
    assert len(days) == 22
    return days


def recap_of(who) -> Rekap:
    return Rekap.objects.get(pegawai=who, bulan=OCTOBER)


def test_a_full_month_pays_the_ceiling_and_keeps_its_inputs_and_rules(world, october):
    whole_month(world, world.ana, 6240, october)
    Kehadiran.objects.create(
        pegawai=world.ana,
        tanggal=MONDAY,
        status=StatusHadir.HADIR,
        masuk="07:42",
        pulang="16:00",
        menit_tl=12,
        sumber="uji",
    )
    result = months.compute(OCTOBER)
    assert result.left_out == []
    row = recap_of(world.ana)
    assert (row.menit_setuju, row.menit_pengganti, row.target, row.tpp, row.pagu) == (
        6240,
        0,
        6000,
        5_988_000,
        6_000_000,
    )
    assert (row.state, row.kelas, row.opd) == (MonthState.PRATINJAU, 7, world.dinas)
    assert row.kebijakan.versi == for_month(OCTOBER).version
    assert statements.of_recap(row).slip.tpp == 5_988_000
    assert row.rincian["disiplin"] == [{"tanggal": "2026-10-05", "hal": "terlambat", "menit": 12, "potongan": "0.005"}]


def test_example_2_from_stored_facts(world, october):
    """Class 7 instead of 9: 5,100 approved + 1 day of leave, 1 alpa, late 40 + 55, one missing record."""
    leave, alpa = october[3], october[4]
    whole_month(world, world.ana, 5100, [day for day in october if day not in (leave, alpa)])
    Cuti.objects.create(
        pegawai=world.ana, jenis=JenisCuti.TAHUNAN, mulai=leave, akhir=leave, dokumen="1", disetujui=True
    )
    for day, values in (
        (alpa, {"status": StatusHadir.ALPA}),
        (october[5], {"status": StatusHadir.HADIR, "menit_tl": 40, "masuk": "08:10", "pulang": "16:00"}),
        (october[6], {"status": StatusHadir.HADIR, "menit_psw": 55, "masuk": "07:30", "pulang": "15:05"}),
        (october[7], {"status": StatusHadir.HADIR, "pulang": "16:00"}),
        (leave, {"status": StatusHadir.CUTI}),
    ):
        Kehadiran.objects.create(pegawai=world.ana, tanggal=day, sumber="uji", **values)
    months.compute(OCTOBER)
    row = recap_of(world.ana)
    assert (row.menit_setuju, row.menit_pengganti) == (5100, 300)
    assert (row.masukan["d"], row.masukan["t"], row.masukan["f"]) == ("0.035", "0.05", "1")
    assert (row.prod, row.dis) == (3_240_000, 2_316_000)
    assert row.tpp == 5_278_200


def test_a_day_of_system_failure_makes_nobody_late(world, october):
    whole_month(world, world.ana, 6000, october)
    Kehadiran.objects.create(pegawai=world.ana, tanggal=MONDAY, status=StatusHadir.HADIR, menit_tl=90, sumber="uji")
    GangguanAbsensi.objects.create(tanggal=MONDAY, keterangan="Server absensi padam")
    months.compute(OCTOBER)
    assert recap_of(world.ana).tpp == 6_000_000


def test_computing_again_writes_nothing(world, october):
    whole_month(world, world.ana, 6000, october)
    first = months.compute(OCTOBER)
    before = list(Rekap.objects.order_by("pk").values())
    entries = AuditEntry.objects.count()
    second = months.compute(OCTOBER)
    assert (second.computed, second.unchanged) == (0, first.computed)
    assert list(Rekap.objects.order_by("pk").values()) == before
    assert AuditEntry.objects.count() == entries


def test_a_late_decision_changes_only_that_row(world, october):
    whole_month(world, world.ana, 6000, october[:-1])
    months.compute(OCTOBER)
    approved(world, world.budi, october[-1], 100)
    result = months.compute(OCTOBER)
    assert result.computed == 1
    assert (recap_of(world.budi).version, recap_of(world.ana).version) == (2, 1)


def test_a_later_policy_does_not_touch_the_stored_slip(world, october, rules_changed):
    whole_month(world, world.ana, 3000, october)
    months.compute(OCTOBER)
    assert recap_of(world.ana).tpp == 4_200_000
    rules_changed(valid_from="2026-11-01", formula={"policy": "AMBANG_PENUH"})
    assert statements.of_recap(recap_of(world.ana)).slip.tpp == 4_200_000
    months.compute(OCTOBER)
    assert recap_of(world.ana).tpp == 4_200_000
    assert KebijakanVersi.objects.count() == 1
    assert for_month(OCTOBER).version != for_month(month("2026-11")).version


def test_only_approved_minutes_count(world, october):
    approved(world, world.ana, october[0], 100)
    approved(world, world.ana, october[1], 100, state=ActivityState.DISETUJUI_SISTEM)
    cancelled = approved(world, world.ana, october[2], 100)
    Aktivitas.objects.filter(pk=cancelled.pk).update(
        state=ActivityState.DIBATALKAN, temuan="Tidak benar", temuan_pada=october[2]
    )
    months.compute(OCTOBER)
    assert recap_of(world.ana).menit_setuju == 200


def test_the_daily_cap_and_the_overtime_order(world, october):
    for day in october[:2]:
        approved(world, world.ana, day, 400, start=420)
        approved(world, world.ana, day, 150, start=900)
    Lembur.objects.create(pegawai=world.ana, tanggal=october[1], spt="SPT-9")
    months.compute(OCTOBER)
    row = recap_of(world.ana)
    assert (row.menit_setuju, row.rincian["di_atas_batas_harian"]) == (450 + 550, 100)


def test_work_outside_the_catalogue_is_limited_to_a_fifth(world, october):
    approved(world, world.ana, october[0], 400)
    approved(world, world.ana, october[1], 300, item=world.lain)
    months.compute(OCTOBER)
    row = recap_of(world.ana)
    assert (row.menit_setuju, row.rincian["di_luar_katalog_lebih"]) == (500, 200)


def test_travel_is_credited_only_up_to_its_amount(world, october):
    Kehadiran.objects.create(pegawai=world.ana, tanggal=october[0], status=StatusHadir.DINAS_LUAR, sumber="uji")
    Kehadiran.objects.create(pegawai=world.ana, tanggal=october[1], status=StatusHadir.DIKLAT, sumber="uji")
    approved(world, world.ana, october[0], 120)
    months.compute(OCTOBER)
    row = recap_of(world.ana)
    assert (row.menit_setuju, row.menit_pengganti) == (120, 180 + 300)


def test_six_days_ill_follow_the_length_of_the_whole_spell(world, october):
    """Example 9: 4,700 approved + 1,800 credited, F = 1 − 6/22 × 0.8."""
    ill = october[10:16]
    Cuti.objects.create(
        pegawai=world.ana, jenis=JenisCuti.SAKIT, mulai=ill[0], akhir=ill[-1], dokumen="1", disetujui=True
    )
    whole_month(world, world.ana, 4700, [day for day in october if day not in ill])
    months.compute(OCTOBER)
    row = recap_of(world.ana)
    assert (row.menit_setuju + row.menit_pengganti, row.tpp) == (6500, 4_690_909)


def test_a_spell_over_the_end_of_a_month_keeps_counting(world, at):
    """Important leave: from its 11th working day on 2 % a day, also when that day lies in the next month."""
    at("2026-12-20")
    start = schedule.working_days(OCTOBER)[-6]
    days = [day for m in ("2026-10", "2026-11") for day in schedule.working_days(month(m)) if day >= start][:14]
    Cuti.objects.create(
        pegawai=world.ana, jenis=JenisCuti.ALASAN_PENTING, mulai=days[0], akhir=days[-1], dokumen="1", disetujui=True
    )
    months.compute(OCTOBER)
    months.compute(month("2026-11"))
    cuts = {row.bulan.month: row.masukan["t"] for row in Rekap.objects.filter(pegawai=world.ana)}
    assert cuts == {10: "0", 11: "0.08"}


def test_collective_leave_is_credited_holidays_are_not(world, at):
    at("2026-06-20")
    may = month("2026-05")
    assert schedule.collective_leave(may) == [dt.date(2026, 5, 15), dt.date(2026, 5, 28)]
    months.compute(may)
    assert Rekap.objects.get(pegawai=world.ana, bulan=may).menit_pengganti == 600


def test_a_target_by_calendar_knows_ramadan(world, at, rules_changed):
    rules_changed(target_mode="KALENDER", ramadan=("2026-02-18", "2026-03-19"))
    at("2026-04-20")
    february = month("2026-02")
    days = schedule.working_days(february)
    ramadan = sum(map(schedule.is_ramadan, days))
    assert ramadan > 0
    months.compute(february)
    row = Rekap.objects.get(pegawai=world.ana, bulan=february)
    assert row.target == (len(days) - ramadan) * 300 + ramadan * 260


def test_a_move_within_the_month_weighs_the_ceilings_by_working_days(world, october):
    """Half the days in class 7, half in class 6: the mean of both ceilings."""
    Penempatan.objects.filter(pegawai=world.ana).update(akhir=october[10])
    budi_post = Penempatan.objects.get(pegawai=world.budi).jabatan
    Penempatan.objects.create(pegawai=world.ana, jabatan=budi_post, mulai=october[10] + dt.timedelta(days=1))
    whole_month(world, world.ana, 6000, october)
    months.compute(OCTOBER)
    row = recap_of(world.ana)
    assert (row.kelas, row.pagu, row.tpp) == (6, 5_600_000, 5_600_000)
    assert [part["hari"] for part in row.rincian["penempatan"]] == [11, 11]


def test_a_new_employee_has_a_part_of_target_and_pay(world, october):
    Penempatan.objects.filter(pegawai=world.ana).update(mulai=october[11])
    whole_month(world, world.ana, 3000, october[11:])
    months.compute(OCTOBER)
    row = recap_of(world.ana)
    assert (row.target, row.masukan["f"], row.tpp) == (3000, "0.5", 3_000_000)


def test_a_disciplinary_cut_holds_in_its_months(world, october):
    whole_month(world, world.ana, 6000, october)
    Hukuman.objects.create(pegawai=world.ana, persen=25, mulai=OCTOBER, akhir=dt.date(2027, 3, 31), sk="SK-1")
    months.compute(OCTOBER)
    assert recap_of(world.ana).tpp == 4_500_000


def test_a_missing_rating_or_class_leaves_a_person_out_by_name(world, october, rules_changed):
    rules_changed(formula={"weight_activity": 70, "weight_skp": 20, "weight_behaviour": 10})
    result = months.compute(OCTOBER)
    assert "Ana: Penilaian SKP dan perilaku bulan ini belum ada." in result.left_out
    assert not Rekap.objects.exists()
    rules_changed(tpp_classes=[{"grade": 7, "workload": 6_000_000}])
    result = months.compute(OCTOBER)
    assert "Budi: kelas 6 belum mempunyai pagu" in result.left_out
    assert set(Rekap.objects.values_list("kelas", flat=True)) == {7}


@pytest.mark.parametrize(
    ("when", "stage"),
    [
        ("2026-10-20", MonthState.TERBUKA),
        ("2026-11-04", MonthState.TERBUKA),
        ("2026-11-05", MonthState.TUTUP_INPUT),
        ("2026-11-06", MonthState.TUTUP_INPUT),
        ("2026-11-07", MonthState.PRATINJAU),
    ],
)
def test_the_state_of_a_recap_follows_the_calendar(world, at, when, stage):
    """31 October is a Saturday: three working days after it end on Wednesday 4, five on Friday 6 November."""
    at(when)
    months.compute(OCTOBER)
    assert recap_of(world.ana).state == stage


def test_a_running_month_is_a_preview_and_stores_nothing(world, at):
    at("2026-10-20")
    approved(world, world.ana, dt.date(2026, 10, 19), 300)
    shown = statements.statement(world.ana, OCTOBER)
    assert (shown.stored, shown.approved, shown.slip.tpp, shown.slip.gated) == (False, 300, 0, True)
    assert not Rekap.objects.exists()


def test_the_command_computes_names_faults_and_refuses_what_is_no_month(world, october, capsys):
    call_command("rekap", "2026-10", "--opd", "DUKCAPIL")
    assert capsys.readouterr().out == "4 recaps computed, 0 unchanged, 0 left out\n"
    for arguments, words in (
        (["2026-13"], "is no month"),
        (["2027-01"], "has not begun"),
        (["2026-10", "--opd", "XX"], "Known: DUKCAPIL, KEC01, SETDA"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("rekap", *arguments)


def test_placing_ends_the_earlier_placement_and_refuses_a_taken_leading_position(world, at):
    at("2026-10-05")
    post = Penempatan.objects.get(pegawai=world.budi).jabatan
    row = placements.place(world.ana, post, dt.date(2026, 11, 1), actor=None)
    earlier = Penempatan.objects.filter(pegawai=world.ana).order_by("mulai")[0]
    assert (earlier.akhir, row.mulai) == (dt.date(2026, 10, 31), dt.date(2026, 11, 1))
    leading = Penempatan.objects.get(pegawai=world.kabid).jabatan
    with pytest.raises(Refused, match="sudah terisi"):
        placements.place(world.ana, leading, dt.date(2026, 12, 1), actor=None)
    assert Penempatan.objects.filter(pegawai=world.ana, akhir__isnull=True).get() == row


def test_a_scheme_of_its_own_is_paid_its_share_by_working_days(world, october, rules_changed):
    days = october
    for who in (world.ana, world.budi, world.cici):
        whole_month(world, who, 6000, days)
    Penempatan.objects.filter(pegawai=world.budi).update(skema=Skema.BLUD)
    seat = world.cici.penempatan.get()
    seat.akhir = days[10]  # eleven of 22 working days here, eleven in the hospital
    seat.save()
    Penempatan.objects.create(
        pegawai=world.cici, jabatan=seat.jabatan, mulai=days[10] + dt.timedelta(1), skema=Skema.BLUD
    )
    months.compute(OCTOBER)
    assert not Rekap.objects.filter(pegawai=world.budi).exists()
    half = recap_of(world.cici)
    assert (half.rincian["bagian_bulan"], "bagian_skema" in half.rincian) == ("0.5", False)
    full = {who: for_month(OCTOBER).pay[grade] for who, grade in ((world.budi, 6), (world.cici, 5))}
    Rekap.objects.all().delete()
    rules_changed(blud_percent="70")
    months.compute(OCTOBER)
    assert recap_of(world.budi).tpp == half_up(Decimal("0.7") * (full[world.budi].pk + full[world.budi].pl))
    assert recap_of(world.budi).rincian["bagian_skema"] == "0.7"
    moved = recap_of(world.cici)
    assert (moved.rincian["bagian_bulan"], moved.rincian["bagian_skema"]) == ("1", "0.85")
    assert moved.tpp == half_up(Decimal("0.85") * (full[world.cici].pk + full[world.cici].pl))
    assert "bagian_skema" not in recap_of(world.ana).rincian
    assert months.differences(OCTOBER, world.dinas) == []
    shown = {line.label: line.value for line in lines(statements.statement(world.budi, OCTOBER))}
    assert (shown["Bagian skema BLUD"], "Faktor cuti dan masa kerja" in shown) == ("70 %", False)


def test_minutes_of_days_that_another_scheme_pays_do_not_count_here(world, october, rules_changed):
    """Six tenths in the days here, all day in the hospital's: paid for six tenths of those days, not for both."""
    days = october
    for number, day in enumerate(days):
        approved(world, world.cici, day, 164 if number <= 10 else 400)
    seat = world.cici.penempatan.get()
    seat.akhir = days[10]
    seat.save()
    Penempatan.objects.create(
        pegawai=world.cici, jabatan=seat.jabatan, mulai=days[10] + dt.timedelta(1), skema=Skema.BLUD
    )
    months.compute(OCTOBER)
    row = recap_of(world.cici)
    assert (row.menit_setuju, row.target) == (11 * 164, 3000)
    rules_changed(blud_percent="70")
    months.compute(OCTOBER)
    assert recap_of(world.cici).menit_setuju == 11 * 164 + 11 * 400
