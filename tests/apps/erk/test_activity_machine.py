"""The state machine of activities: each row of erk.md section 7, what it writes, and what it refuses."""

import datetime as dt
from decimal import Decimal

import pytest
from world import MONDAY, act, entry, fresh, log, submitted

from core.errors import AlreadyDone, NotAllowed, Refused, Stale
from core.models import AuditEntry, Notification
from erk.domain import activity, clock
from erk.domain.machine import ACTIVITIES
from erk.enums import ActivityState as S
from erk.models import Aktivitas, Cuti, Kehadiran, Lembur

REASON = "Volume surat tidak sesuai agenda"


@pytest.fixture(autouse=True)
def _monday(at):
    at("2026-10-05 15:00")


def faults(refusal) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in refusal.value.faults}


def test_a_draft_holds_minutes_superior_and_deadline(world):
    draft = log(world, world.ana, "08:00", "09:00")
    assert (draft.state, draft.menit_norma, draft.menit_hitung, draft.menit_setuju) == (S.DRAF, 30, 45, None)
    assert draft.jabatan_penilai.nama == "Kepala Bidang Pelayanan"
    assert draft.batas == dt.date(2026, 10, 8)
    assert AuditEntry.objects.filter(object_id=str(draft.pk)).values_list("action", flat=True).get() == "buat"


def test_hand_in_and_approve(world):
    item = submitted(world, world.ana)
    assert (item.state, item.batas) == (S.DIAJUKAN, dt.date(2026, 10, 12))
    done = act(item, "setujui", world.kabid)
    assert (done.state, done.menit_setuju, done.putus_oleh, done.batas) == (S.DISETUJUI, 30, world.kabid.user, None)
    assert not Notification.objects.filter(user=world.ana.user).exists()


def test_lower_minutes_with_a_reason_and_tell_the_employee(world):
    item = submitted(world, world.ana)
    done = act(item, "setujui", world.kabid, REASON, menit=20)
    assert (done.menit_setuju, done.alasan) == (20, REASON)
    assert Notification.objects.get(user=world.ana.user).subject == "Menit diturunkan atasan"


@pytest.mark.parametrize(("minutes", "note"), [(20, ""), (20, "kurang"), (31, REASON), (-1, REASON)])
def test_minutes_are_lowered_only_with_reason_and_within_bounds(world, minutes, note):
    item = submitted(world, world.ana)
    with pytest.raises(Refused):
        act(item, "setujui", world.kabid, note, menit=minutes)
    item.refresh_from_db()
    assert (item.state, item.menit_setuju) == (S.DIAJUKAN, None)


def test_return_mend_and_hand_in_again_at_most_twice(world):
    item = submitted(world, world.ana)
    for round_number in (1, 2):
        returned = act(item, "kembalikan", world.kabid, REASON)
        assert (returned.state, returned.putaran, returned.batas) == (
            S.DIKEMBALIKAN,
            round_number,
            dt.date(2026, 10, 7),
        )
        mended = activity.edit(fresh(world.ana.user), returned, entry(world, "08:00", "08:25"), returned.version)
        assert (mended.state, mended.menit_hitung) == (S.DIKEMBALIKAN, 25)
        act(item, "ajukan", world.ana)
    with pytest.raises(Refused, match="sudah dikembalikan 2 kali"):
        act(item, "kembalikan", world.kabid, REASON)


def test_the_date_of_a_returned_activity_stays(world):
    item = act(submitted(world, world.ana), "kembalikan", world.kabid, REASON)
    with pytest.raises(Refused) as refusal:
        activity.edit(fresh(world.ana.user), item, entry(world, day=dt.date(2026, 10, 2)), item.version)
    assert faults(refusal)["tanggal"] == "Tanggal aktivitas yang dikembalikan tidak dapat diganti."


def test_reject_needs_a_reason_of_ten_letters(world):
    item = submitted(world, world.ana)
    with pytest.raises(Refused, match="singkat"):
        act(item, "tolak", world.kabid, "tidak")
    assert act(item, "tolak", world.kabid, REASON).state == S.DITOLAK


def test_withdraw_while_undecided(world):
    item = act(submitted(world, world.ana), "tarik", world.ana)
    assert (item.state, item.diajukan_pada) == (S.DRAF, None)
    act(item, "ajukan", world.ana)
    act(item, "setujui", world.kabid)
    with pytest.raises(Refused, match="tahap sekarang"):
        act(item, "tarik", world.ana)


def test_withdrawing_after_the_window_would_lose_the_work_and_is_refused(world, at):
    item = submitted(world, world.ana)
    at("2026-10-09")
    with pytest.raises(Refused, match="Minta atasan mengembalikannya"):
        act(item, "tarik", world.ana)


def test_nobody_approves_the_own_work_even_when_acting(world):
    from erk.enums import JenisPenempatan
    from erk.models import Penempatan

    item = submitted(world, world.ana)
    Penempatan.objects.create(
        pegawai=world.ana, jabatan=item.jabatan_penilai, mulai=MONDAY, akhir=MONDAY, jenis=JenisPenempatan.PLH
    )
    with pytest.raises(NotAllowed):
        act(item, "setujui", world.ana)
    assert act(item, "setujui", world.kabid).state == S.DISETUJUI


@pytest.mark.parametrize("name", ["budi", "kepala", "camat", "cici", "sekda"])
def test_only_the_deciding_position_decides(world, name):
    item = submitted(world, world.ana)
    for action in ("setujui", "kembalikan", "tolak"):
        with pytest.raises(NotAllowed):
            act(item, action, getattr(world, name), REASON)
    with pytest.raises(NotAllowed):
        act(item, "setujui", world.bkpsdm)


def test_only_the_owner_hands_in(world):
    draft = log(world, world.ana)
    with pytest.raises(NotAllowed):
        act(draft, "ajukan", world.kabid)


def test_two_superiors_at_once_the_second_is_told_who_was_first(world):
    item = submitted(world, world.ana)
    act(item, "setujui", world.kabid)
    with pytest.raises(Stale, match="baru saja diubah oleh Kabid"):
        ACTIVITIES.perform(item.pk, "tolak", fresh(world.kepala.user), version=item.version, note=REASON)


def test_a_double_click_is_recognised(world):
    item = submitted(world, world.ana)
    ACTIVITIES.perform(item.pk, "setujui", fresh(world.kabid.user), version=item.version)
    with pytest.raises(AlreadyDone, match="tidak ada yang dilakukan dua kali"):
        ACTIVITIES.perform(item.pk, "setujui", fresh(world.kabid.user), version=item.version)
    assert AuditEntry.objects.filter(object_id=str(item.pk), action="setujui").count() == 1


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("selesai", {"start": "09:00", "end": "08:00"}),
        ("volume", {"volume": Decimal(0)}),
        ("tanggal", {"day": dt.date(2026, 10, 6)}),
        ("tanggal", {"day": dt.date(2026, 9, 29)}),
        ("tanggal", {"day": dt.date(2026, 10, 4)}),
    ],
)
def test_an_impossible_entry_is_refused_beside_its_field(world, field, change):
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, **change)
    assert set(faults(refusal)) == {field}
    assert not Aktivitas.objects.exists()


def test_every_fault_is_told_at_once(world):
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, "09:00", "08:00", dt.date(2026, 10, 6), volume=Decimal(0))
    assert set(faults(refusal)) == {"tanggal", "selesai", "volume"}


def test_overlap_is_refused_and_names_the_other(world):
    log(world, world.ana, "08:00", "09:00")
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, "08:59", "10:00")
    assert faults(refusal)["mulai"] == "Jam ini bertumpuk dengan “Menyusun konsep surat” pukul 08.00–09.00."
    assert log(world, world.ana, "09:00", "10:00").pk
    assert log(world, world.budi, "08:00", "09:00").pk


def test_what_was_rejected_frees_its_time(world):
    act(submitted(world, world.ana), "tolak", world.kabid, REASON)
    assert log(world, world.ana).pk


def test_a_daily_maximum_holds(world):
    log(world, world.ana, "07:30", "08:00", katalog=world.rapat)
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, "10:00", "10:30", katalog=world.rapat)
    assert faults(refusal) == {"katalog": "“Apel pagi” paling banyak 1 kali sehari."}


def test_leave_and_absence_refuse_entries(world):
    Cuti.objects.create(pegawai=world.ana, jenis="TAHUNAN", mulai=MONDAY, akhir=MONDAY, dokumen="1", disetujui=True)
    Kehadiran.objects.create(pegawai=world.budi, tanggal=MONDAY, status="ALPA", sumber="uji")
    for who, words in ((world.ana, "cuti atau sakit"), (world.budi, "tidak hadir")):
        with pytest.raises(Refused) as refusal:
            log(world, who)
        assert words in faults(refusal)["tanggal"]


def test_a_leave_not_approved_changes_nothing(world):
    Cuti.objects.create(pegawai=world.ana, jenis="TAHUNAN", mulai=MONDAY, akhir=MONDAY, dokumen="1")
    assert log(world, world.ana).pk


def test_work_on_a_holiday_needs_an_overtime_order(world, at):
    at("2026-08-18")
    holiday = dt.date(2026, 8, 17)
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, day=holiday)
    assert "SPT lembur" in faults(refusal)["tanggal"]
    Lembur.objects.create(pegawai=world.ana, tanggal=holiday, spt="SPT-1")
    assert log(world, world.ana, day=holiday).pk


@pytest.mark.parametrize("text", ["", "surat", "...................."])
def test_handing_in_needs_a_description(world, text):
    draft = log(world, world.ana, uraian=text)
    with pytest.raises(Refused) as refusal:
        act(draft, "ajukan", world.ana)
    assert set(faults(refusal)) == {"uraian"}


def test_handing_in_needs_the_proof_the_catalogue_asks_for(world):
    world.katalog.wajib_bukti = True
    world.katalog.save()
    draft = log(world, world.ana)
    with pytest.raises(Refused) as refusal:
        act(draft, "ajukan", world.ana)
    assert set(faults(refusal)) == {"bukti"}


def test_work_that_has_not_ended_cannot_be_handed_in(world, at):
    at("2026-10-05 08:15")
    draft = log(world, world.ana, "08:00", "09:00")
    with pytest.raises(Refused, match="belum selesai"):
        act(draft, "ajukan", world.ana)


def test_the_window_is_three_working_days_over_a_weekend(world, at):
    """Work of Thursday 1 October: Friday, Monday, Tuesday."""
    thursday = dt.date(2026, 10, 1)
    at("2026-10-06 23:59")
    assert log(world, world.ana, day=thursday).batas == dt.date(2026, 10, 6)
    at("2026-10-07 00:00")
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, "10:00", "10:30", thursday)
    assert faults(refusal)["tanggal"] == "Batas mengisi pekerjaan 1 Okt 2026 adalah 6 Okt 2026, jadi sudah lewat."


def test_the_window_skips_holidays_and_collective_leave(world, at):
    """regions.md section 10.8: three working days after 26 May 2026 end on 3 June."""
    day = dt.date(2026, 5, 26)
    at("2026-05-26 16:00")
    assert log(world, world.ana, day=day).batas == dt.date(2026, 6, 3)


def test_late_drafts_and_reopening_once(world, at):
    draft = log(world, world.ana)
    at("2026-10-08 12:00")
    assert clock.close_late(dt.date(2026, 10, 8)) == 0
    at("2026-10-09 00:10")
    assert clock.close_late(dt.date(2026, 10, 9)) == 1
    assert clock.close_late(dt.date(2026, 10, 9)) == 0
    draft.refresh_from_db()
    assert (draft.state, draft.batas) == (S.TERLAMBAT, None)
    opened = act(draft, "buka", world.kabid, "Jaringan kantor putus tiga hari")
    assert (opened.state, opened.dibuka_pada, opened.batas) == (S.DRAF, dt.date(2026, 10, 9), dt.date(2026, 10, 14))
    assert act(opened, "ajukan", world.ana).state == S.DIAJUKAN
    act(opened, "tarik", world.ana)
    at("2026-10-15 01:00")
    assert clock.close_late(dt.date(2026, 10, 15)) == 1
    with pytest.raises(Refused, match="hanya dapat satu kali"):
        act(opened, "buka", world.kabid, "Jaringan kantor putus lagi")


def test_at_most_five_are_reopened_a_month(world, at, rules_changed):
    rules_changed(reopen_limit=1)
    first, second = log(world, world.ana), log(world, world.ana, "09:00", "09:30")
    at("2026-10-09 01:00")
    assert clock.close_late(dt.date(2026, 10, 9)) == 2
    act(first, "buka", world.kabid, "Jaringan kantor putus")
    with pytest.raises(Refused, match="itu batasnya"):
        act(second, "buka", world.kabid, "Jaringan kantor putus")


def test_what_was_not_mended_is_rejected(world, at):
    item = act(submitted(world, world.ana), "kembalikan", world.kabid, REASON)
    at("2026-10-08 00:10")
    assert (clock.close_returned(dt.date(2026, 10, 8)), clock.close_returned(dt.date(2026, 10, 8))) == (1, 0)
    item.refresh_from_db()
    assert (item.state, item.alasan) == (S.DITOLAK, "Tidak diperbaiki sampai batas waktunya.")


def test_undecided_ones_go_up_and_the_superior_of_the_superior_decides(world, at):
    item = submitted(world, world.ana)
    at("2026-10-13 00:10")
    assert (clock.escalate(dt.date(2026, 10, 13)), clock.escalate(dt.date(2026, 10, 13))) == (1, 0)
    item.refresh_from_db()
    assert (item.state, item.jabatan_penilai.nama) == (S.DIESKALASI, "Kepala Dinas")
    with pytest.raises(NotAllowed):
        act(item, "setujui", world.kabid)
    with pytest.raises(Refused, match="tahap sekarang"):
        act(item, "kembalikan", world.kepala, REASON)
    assert act(item, "setujui", world.kepala).state == S.DISETUJUI
    assert Notification.objects.filter(user=world.kepala.user, event="erk.eskalasi").count() == 1


def test_the_system_approves_only_where_the_rules_say_so(world, at, rules_changed):
    item = submitted(world, world.ana)
    at("2026-10-13 00:10")
    clock.escalate(dt.date(2026, 10, 13))
    at("2026-11-20 00:10")
    assert clock.approve_overdue(dt.date(2026, 11, 20)) == 0
    rules_changed(auto_approve=True)
    assert clock.approve_overdue(dt.date(2026, 11, 20)) == 1
    item.refresh_from_db()
    assert (item.state, item.menit_setuju, item.putus_oleh) == (S.DISETUJUI_SISTEM, 30, None)


def test_an_audit_finding_cancels_only_after_the_employee_was_heard(world, at):
    item = act(submitted(world, world.ana), "setujui", world.kabid)
    with pytest.raises(Refused, match="Belum ada temuan"):
        act(item, "batalkan_audit", world.bkpsdm, "Foto bukti dipakai dua kali")
    act(item, "temukan", world.bkpsdm, "Foto bukti dipakai dua kali")
    with pytest.raises(Refused, match="waktunya belum habis"):
        act(item, "batalkan_audit", world.bkpsdm, "Foto bukti dipakai dua kali")
    act(item, "tanggapi", world.ana, "Foto itu memang dari hari yang sama")
    done = act(item, "batalkan_audit", world.bkpsdm, "Tanggapan tidak menjelaskan fotonya")
    assert (done.state, done.menit_setuju) == (S.DIBATALKAN, 30)


def test_a_locked_month_refuses_everything(world):
    item = submitted(world, world.ana)
    Aktivitas.objects.filter(pk=item.pk).update(terkunci=True)
    for action, who in (
        ("setujui", world.kabid),
        ("tolak", world.kabid),
        ("kembalikan", world.kabid),
        ("tarik", world.ana),
    ):
        with pytest.raises(Refused, match="sudah final"):
            act(item, action, who, REASON)


def test_copying_a_day_makes_drafts_without_descriptions_and_names_what_was_left_out(world, at):
    log(world, world.ana, "08:00", "09:00")
    log(world, world.ana, "10:00", "11:00")
    at("2026-10-06 16:00")
    tuesday = dt.date(2026, 10, 6)
    log(world, world.ana, "10:30", "11:30", tuesday)
    copied = activity.copy_day(fresh(world.ana.user), MONDAY, tuesday)
    assert [(row.state, row.uraian, row.mulai) for row in copied.made] == [(S.DRAF, "", dt.time(8))]
    assert copied.skipped == [
        "Menyusun konsep surat, 10.00: Jam ini bertumpuk dengan “Menyusun konsep surat” pukul 10.30–11.30."
    ]


def test_only_an_untouched_draft_is_removed_and_the_audit_row_stays(world):
    draft = log(world, world.ana)
    with pytest.raises(NotAllowed):
        activity.discard(fresh(world.budi.user), draft, draft.version)
    activity.discard(fresh(world.ana.user), draft, draft.version)
    assert not Aktivitas.objects.exists()
    assert AuditEntry.objects.filter(action="hapus", object_id=str(draft.pk)).count() == 1
    item = submitted(world, world.ana)
    with pytest.raises(Refused, match="belum pernah diajukan"):
        activity.discard(fresh(world.ana.user), item, item.version)


def test_a_vacant_superior_is_passed_over_and_a_plh_decides(world, at):
    from erk.models import Penempatan

    Penempatan.objects.filter(pegawai=world.kabid).update(akhir=dt.date(2026, 9, 30))
    item = submitted(world, world.ana)
    assert item.jabatan_penilai.nama == "Kepala Dinas"
    assert act(item, "setujui", world.kepala).state == S.DISETUJUI


def test_wita_an_entry_at_0745_belongs_to_the_regions_day(sumbawa_barat, world, at):
    """The server may stand in WIB: at 07.45 WITA it is 06.45 there; at 00.30 WITA it is still yesterday."""
    from core import dates

    at("2026-10-05 07:45")
    assert dates.clock(dates.now()) == "pukul 07.45 WITA"
    draft = log(world, world.ana, "07:30", "07:45")
    assert act(draft, "ajukan", world.ana).diajukan_pada == dt.datetime(2026, 10, 4, 23, 45, tzinfo=dt.UTC)
    at("2026-10-09 00:30")
    with pytest.raises(Refused) as refusal:
        log(world, world.ana, "10:00", "10:30")
    assert "sudah lewat" in faults(refusal)["tanggal"]
