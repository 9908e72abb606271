"""The month after its preview: objection, signature, verification, final, paid, correction; and who may not."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from test_months import OCTOBER, approved, october, recap_of, whole_month  # noqa: F401  (a fixture)
from world import fresh, log, user_of

from core.errors import NotAllowed, Refused
from core.models import Notification
from erk.domain import closing, corrections, months, objections, outages, statements
from erk.domain.closing import OFFICE_MONTHS
from erk.domain.corrections import CORRECTIONS
from erk.domain.objections import OBJECTIONS
from erk.enums import CorrectionState, MonthState, ObjectionState, Role
from erk.models import Aktivitas, BulanOpd, GangguanLayanan, Kehadiran, Koreksi, Opd, Rekap, Sanggah

REASON = "Surat tugas baru diterima sesudah bulan ditutup"


@pytest.fixture
def people(world):
    """Return the actors: head, two verifiers, treasurer, leader, administrator of the agency."""
    return {
        "head": world.kepala.user,
        "verifier": world.bkpsdm,
        "second": user_of("Verifikator-dua", (Role.VERIFIKATOR_BKPSDM, "")),
        "treasurer": user_of("Bendahara", (Role.KEUANGAN, "")),
        "leader": user_of("Pimpinan", (Role.PIMPINAN, "")),
        "admin": user_of("Admin-opd", (Role.ADMIN_OPD, "DUKCAPIL")),
        "other_admin": user_of("Admin-lain", (Role.ADMIN_OPD, "KEC01")),
        "other_head": world.camat.user,
        "employee": world.ana.user,
    }


@pytest.fixture
def office(world, october) -> BulanOpd:  # noqa: F811
    """Return the agency's October in preview, computed on 20 November, objections until the 25th."""
    whole_month(world, world.ana, 6000, october)
    closing.compute(OCTOBER)
    return BulanOpd.objects.get(opd=world.dinas, bulan=OCTOBER)


def do(office: BulanOpd, action: str, who, note: str = "", **data) -> BulanOpd:
    return OFFICE_MONTHS.perform(office.pk, action, fresh(who), note=note, data=data)


def until(office: BulanOpd, people, state: MonthState, at) -> BulanOpd:
    """Take a month to a state the way people do."""
    at("2026-11-26 09:00")
    steps = (
        (MonthState.REKAP_OPD, "tanda_tangani", "head", {}),
        (MonthState.VERIFIKASI, "verifikasi", "verifier", {}),
        (MonthState.FINAL, "finalkan", "verifier", {}),
        (MonthState.DIBAYAR, "bayar", "treasurer", {"tanggal": dt.date(2026, 11, 26), "sp2d": "SP2D/7"}),
    )
    for reached, action, who, data in steps:
        if office.state == state:
            break
        office = do(office, action, people[who], **data)
        assert office.state == reached
    return office


def test_the_preview_opens_once_with_its_window_and_tells_everybody(world, office, people):
    assert (office.state, office.sanggah_sampai) == (MonthState.PRATINJAU, dt.date(2026, 11, 25))
    assert set(BulanOpd.objects.values_list("opd__kode", flat=True)) == {"DUKCAPIL", "KEC01", "SETDA"}
    told = Notification.objects.filter(event="erk.pratinjau")
    assert told.count() == Rekap.objects.filter(bulan=OCTOBER).count()
    closing.compute(OCTOBER)
    assert (BulanOpd.objects.count(), told.count()) == (3, Rekap.objects.filter(bulan=OCTOBER).count())


def test_the_way_to_the_payment_seals_people_and_sum(world, office, people, at):
    paid = until(office, people, MonthState.DIBAYAR, at)
    total = sum(Rekap.objects.filter(opd=world.dinas, bulan=OCTOBER).values_list("tpp", flat=True))
    assert (paid.orang, paid.jumlah, paid.sp2d, paid.dibayar_pada) == (4, total, "SP2D/7", dt.date(2026, 11, 26))
    assert set(Rekap.objects.filter(opd=world.dinas).values_list("state", flat=True)) == {"DIBAYAR"}
    assert set(Rekap.objects.filter(opd=world.kecamatan).values_list("state", flat=True)) == {"PRATINJAU"}
    assert not Aktivitas.objects.filter(pegawai=world.ana, terkunci=False).exists()


# From each state: which acts exist, and the roles that may do them; every other pair is refused.
MAY = {
    (MonthState.PRATINJAU, "tanda_tangani"): {"head"},
    (MonthState.REKAP_OPD, "verifikasi"): {"verifier", "second"},
    (MonthState.REKAP_OPD, "kembalikan"): {"verifier", "second"},
    (MonthState.VERIFIKASI, "finalkan"): {"verifier", "second"},
    (MonthState.VERIFIKASI, "kembalikan"): {"verifier", "second"},
    (MonthState.FINAL, "bayar"): {"treasurer"},
}
ACTS = ("tanda_tangani", "verifikasi", "kembalikan", "finalkan", "bayar")


@pytest.mark.parametrize("state", [MonthState.PRATINJAU, *(pair[0] for pair in MAY if pair[1] != "kembalikan")])
def test_every_act_in_every_state_by_everybody(world, office, people, at, state):
    office = until(office, people, state, at)
    allowed = set()
    for action in ACTS:
        for name, user in people.items():
            before = transaction.savepoint()
            try:
                do(office, action, user, note=REASON, tanggal=dt.date(2026, 11, 26), sp2d="1")
                allowed.add((action, name))
            except Refused:
                pass
            transaction.savepoint_rollback(before)
    assert allowed == {
        (action, name) for (at_state, action), names in MAY.items() if at_state == state for name in names
    }


def test_one_person_never_acts_under_two_duties(world, office, people, at):
    both = user_of("Serba-bisa", (Role.VERIFIKATOR_BKPSDM, ""), (Role.KEUANGAN, ""), (Role.KEPALA_OPD, "DUKCAPIL"))
    at("2026-11-26 09:00")
    signed = do(office, "tanda_tangani", both)
    with pytest.raises(NotAllowed, match="tahap lain berkas ini"):
        do(signed, "verifikasi", both)
    do(do(signed, "verifikasi", people["verifier"]), "finalkan", people["second"])
    with pytest.raises(NotAllowed, match="tahap lain"):
        do(office, "bayar", both, tanggal=dt.date(2026, 11, 26), sp2d="1")


def test_nobody_signs_while_objections_can_come_or_wait(world, office, people, at):
    at("2026-11-25 23:00")
    with pytest.raises(Refused, match="sanggahan sampai 25 Nov 2026"):
        do(office, "tanda_tangani", people["head"])
    objections.object_to(fresh(world.ana.user), recap_of(world.ana), REASON)
    at("2026-11-26 09:00")
    with pytest.raises(Refused, match="1 sanggahan yang belum diputuskan"):
        do(office, "tanda_tangani", people["head"])


def test_a_list_that_no_longer_follows_from_the_facts_goes_no_further(world, office, people, at):
    at("2026-11-26 09:00")
    approved(world, world.budi, dt.date(2026, 10, 6), 100)
    with pytest.raises(Refused, match="Rekap 1 pegawai tidak lagi sesuai dengan catatannya: Budi"):
        do(office, "tanda_tangani", people["head"])
    closing.compute(OCTOBER)
    signed = do(office, "tanda_tangani", people["head"])
    approved(world, world.budi, dt.date(2026, 10, 7), 100)
    result = months.compute(OCTOBER, opd=world.dinas)
    assert (result.signed, result.computed) == (1, 0)
    with pytest.raises(Refused, match="Budi"):
        do(signed, "verifikasi", people["verifier"])
    back = do(signed, "kembalikan", people["verifier"], note=REASON)
    assert (back.state, back.orang, back.jumlah) == (MonthState.PRATINJAU, 0, 0)
    assert months.compute(OCTOBER, opd=world.dinas).computed == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"tanggal": dt.date(2026, 11, 27), "sp2d": "1"}, "tanggal"),
        ({"tanggal": dt.date(2026, 11, 25), "sp2d": "1"}, "tanggal"),
        ({"tanggal": dt.date(2026, 11, 26), "sp2d": " "}, "sp2d"),
        ({"sp2d": "1"}, "tanggal"),
    ],
)
def test_a_payment_needs_its_day_and_its_order(world, office, people, at, data, field):
    office = until(office, people, MonthState.FINAL, at)
    with pytest.raises(Refused) as refusal:
        do(office, "bayar", people["treasurer"], **data)
    assert [fault.field for fault in refusal.value.faults] == [field]


def test_the_database_refuses_a_paid_month_without_its_order(world, office):
    with pytest.raises(IntegrityError), transaction.atomic():
        BulanOpd.objects.filter(pk=office.pk).update(state="DIBAYAR")
    with pytest.raises(IntegrityError), transaction.atomic():
        BulanOpd.objects.create(opd=world.dinas, bulan=OCTOBER, sanggah_sampai=OCTOBER, state="PRATINJAU")


def test_an_accepted_objection_computes_the_month_anew(world, office, people, at):
    Kehadiran.objects.create(pegawai=world.ana, tanggal=dt.date(2026, 10, 21), status="ALPA", sumber="uji")
    closing.compute(OCTOBER)
    assert recap_of(world.ana).tpp == 5_700_000
    filed = objections.object_to(fresh(world.ana.user), recap_of(world.ana), REASON)
    assert (filed.state, filed.batas) == (ObjectionState.DIAJUKAN, dt.date(2026, 11, 27))
    for name in ("employee", "other_admin", "verifier", "head"):
        with pytest.raises(Refused):
            OBJECTIONS.perform(filed.pk, "telaah", fresh(people[name]), note=REASON)
    OBJECTIONS.perform(filed.pk, "telaah", fresh(people["admin"]), note="Benar, surat tugasnya ada di kami")
    Kehadiran.objects.filter(pegawai=world.ana).update(status="DINAS_LUAR")
    for name in ("employee", "admin", "treasurer"):
        with pytest.raises(Refused):
            OBJECTIONS.perform(filed.pk, "terima", fresh(people[name]), note=REASON)
    done = OBJECTIONS.perform(filed.pk, "terima", fresh(people["verifier"]), note="Diperbaiki menurut surat tugas")
    assert (done.state, recap_of(world.ana).tpp) == (ObjectionState.DITERIMA, 6_000_000)
    assert Notification.objects.filter(user=world.ana.user, event="erk.sanggah_terima").count() == 1


def test_a_rejected_objection_changes_nothing_and_needs_a_reason(world, office, people):
    filed = objections.object_to(fresh(world.ana.user), recap_of(world.ana), REASON)
    OBJECTIONS.perform(filed.pk, "telaah", fresh(people["admin"]), note="Datanya sudah benar adanya")
    with pytest.raises(Refused, match="terlalu singkat"):
        OBJECTIONS.perform(filed.pk, "tolak", fresh(people["verifier"]), note="tidak")
    before = recap_of(world.ana).sidik
    done = OBJECTIONS.perform(filed.pk, "tolak", fresh(people["verifier"]), note="Kehadiran sesuai mesin absensi")
    assert (done.state, recap_of(world.ana).sidik) == (ObjectionState.DITOLAK, before)


def test_objections_are_one_at_a_time_in_time_and_about_the_own_month(world, office, people, at):
    with pytest.raises(NotAllowed):
        objections.object_to(fresh(world.budi.user), recap_of(world.ana), REASON)
    objections.object_to(fresh(world.ana.user), recap_of(world.ana), REASON)
    with pytest.raises(Refused, match="masih diproses"):
        objections.object_to(fresh(world.ana.user), recap_of(world.ana), REASON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Sanggah.objects.create(rekap=recap_of(world.ana), alasan="x", batas=OCTOBER, state="DIAJUKAN")
    at("2026-11-26 00:01")
    with pytest.raises(Refused, match="sudah lewat"):
        objections.object_to(fresh(world.budi.user), recap_of(world.budi), REASON)


def test_a_correction_pays_the_difference_and_keeps_the_old_slip(world, office, people, at):
    Kehadiran.objects.create(pegawai=world.ana, tanggal=dt.date(2026, 10, 21), status="ALPA", sumber="uji")
    closing.compute(OCTOBER)
    recap = recap_of(world.ana)
    with pytest.raises(Refused, match="belum final"):
        corrections.propose_for(fresh(people["verifier"]), recap, REASON)
    until(office, people, MonthState.DIBAYAR, at)
    recap = recap_of(world.ana)
    row = corrections.propose_for(fresh(people["verifier"]), recap, REASON)
    assert not corrections.is_open(world.ana.pk, dt.date(2026, 10, 21))
    for name in ("verifier", "treasurer", "head"):
        with pytest.raises(Refused):
            CORRECTIONS.perform(row.pk, "setujui", fresh(people[name]))
    CORRECTIONS.perform(row.pk, "setujui", fresh(people["leader"]))
    assert corrections.is_open(world.ana.pk, dt.date(2026, 10, 21))
    assert Aktivitas.objects.filter(pegawai=world.ana, terkunci=True).count() == 0
    Kehadiran.objects.filter(pegawai=world.ana).update(status="DINAS_LUAR")
    done = CORRECTIONS.perform(row.pk, "hitung", fresh(people["verifier"]))
    assert (done.tpp_lama, done.tpp_baru, done.selisih) == (5_700_000, 6_000_000, 300_000)
    assert (recap_of(world.ana).tpp, statements.of_recap(recap_of(world.ana)).slip.tpp) == (5_700_000, 5_700_000)
    assert not Aktivitas.objects.filter(pegawai=world.ana, terkunci=False).exists()
    paid = CORRECTIONS.perform(row.pk, "bayar", fresh(people["treasurer"]), data={"tanggal": dt.date(2026, 11, 26)})
    assert (paid.state, paid.dibayar_pada) == (CorrectionState.DIBAYAR, dt.date(2026, 11, 26))
    again = corrections.propose_for(fresh(people["verifier"]), recap, REASON)
    assert again.tpp_lama == 6_000_000


def test_a_rejected_or_cancelled_correction_leaves_the_month_locked(world, office, people, at):
    until(office, people, MonthState.FINAL, at)
    row = corrections.propose_for(fresh(people["verifier"]), recap_of(world.ana), REASON)
    with pytest.raises(Refused, match="masih terbuka"):
        corrections.propose_for(fresh(people["second"]), recap_of(world.ana), REASON)
    CORRECTIONS.perform(row.pk, "tolak", fresh(people["leader"]), note="Tidak cukup alasan untuk membuka")
    second = corrections.propose_for(fresh(people["verifier"]), recap_of(world.ana), REASON)
    CORRECTIONS.perform(second.pk, "setujui", fresh(people["leader"]))
    CORRECTIONS.perform(second.pk, "batalkan", fresh(people["verifier"]), note="Datanya ternyata sudah benar")
    assert list(Koreksi.objects.values_list("state", flat=True)) == ["DITOLAK", "DIBATALKAN"]
    assert not Aktivitas.objects.filter(pegawai=world.ana, terkunci=False).exists()


def test_agencies_close_one_after_the_other(world, at):
    """31 October is a Saturday: input ends on 4 November; the second wave two working days later."""
    Opd.objects.filter(pk=world.kecamatan.pk).update(gelombang=2)
    at("2026-11-05 10:00")
    months.compute(OCTOBER)
    states = dict(Rekap.objects.values_list("pegawai__nama", "state"))
    assert (states["Ana"], states["Cici"]) == ("TUTUP_INPUT", "TERBUKA")
    friday = dt.date(2026, 10, 30)
    assert log(world, world.cici, day=friday).batas == dt.date(2026, 11, 6)
    with pytest.raises(Refused, match="Aktivitas belum disimpan"):
        log(world, world.ana, day=friday)
    middle = dt.date(2026, 10, 14)
    at("2026-10-15 10:00")
    assert log(world, world.cici, day=middle).batas == log(world, world.ana, day=middle).batas == dt.date(2026, 10, 19)


def outage(day: str, since: str, until_clock: str, actor) -> list[GangguanLayanan]:
    from core import dates

    on = dt.date.fromisoformat(day)
    ends = (dates.at(on, dt.time.fromisoformat(clock)) for clock in (since, until_clock))
    return outages.record(*ends, "Listrik padam", actor=actor)


def test_an_hour_of_outage_moves_nothing_a_longer_one_a_day(world, at):
    at("2026-10-05 15:00")
    admin = user_of("Admin", (Role.ADMIN_WILAYAH, ""))
    draft = log(world, world.ana)
    assert draft.batas == dt.date(2026, 10, 8)
    at("2026-10-08 16:00")
    outage("2026-10-08", "08:00", "09:00", admin)
    draft.refresh_from_db()
    assert draft.batas == dt.date(2026, 10, 8)
    outage("2026-10-08", "10:00", "10:01", admin)
    draft.refresh_from_db()
    assert draft.batas == dt.date(2026, 10, 9)
    at("2026-10-09 10:00")
    assert log(world, world.ana, "09:00", "09:30").batas == dt.date(2026, 10, 9)


def test_an_outage_on_the_closing_day_moves_the_stage(world, at):
    at("2026-11-05 10:00")
    outage("2026-11-04", "08:00", "10:00", None)
    months.compute(OCTOBER)
    assert set(Rekap.objects.values_list("state", flat=True)) == {"TERBUKA"}


def test_outages_are_not_noted_twice_nor_before_they_end(world, at):
    at("2026-10-08 16:00")
    outage("2026-10-08", "08:00", "10:00", None)
    for since, until_clock, field in (
        ("09:00", "11:00", "mulai"),
        ("11:00", "11:00", "selesai"),
        ("15:00", "17:00", "selesai"),
    ):
        with pytest.raises(Refused) as refusal:
            outage("2026-10-08", since, until_clock, None)
        assert [fault.field for fault in refusal.value.faults] == [field]
    assert GangguanLayanan.objects.count() == 1


def test_the_heartbeat_notes_a_night_without_a_server_by_day(world, at):
    from core import dates

    at("2026-10-08 08:30")
    now = dates.now()
    assert outages.since_heartbeat(None, now) == "alive"
    assert outages.since_heartbeat(now - dt.timedelta(minutes=60), now) == "alive"
    seen = dates.at(dt.date(2026, 10, 7), dt.time(23, 0))
    assert outages.since_heartbeat(seen, now) == "stood still: 569 minutes noted"
    assert list(GangguanLayanan.objects.order_by("tanggal").values_list("menit", flat=True)) == [59, 510]
    assert outages.since_heartbeat(seen, now).startswith("stood still, noted before")


def client_of(user) -> Client:
    client = Client()
    client.force_login(fresh(user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_lead_through_the_month(world, office, people, at):
    employee = client_of(world.ana.user)
    slip = employee.get(reverse("erk:slip") + "?bulan=2026-10").content.decode()
    assert reverse("erk:object", args=["2026-10"]) in slip
    short = employee.post(reverse("erk:object", args=["2026-10"]), {"alasan": "salah"})
    assert short.status_code == 422
    assert "salah</textarea>" in short.content.decode()
    filed = employee.post(reverse("erk:object", args=["2026-10"]), {"alasan": REASON})
    address = filed.headers["Location"]
    assert "Telaah" not in employee.get(address).content.decode()
    desk = client_of(people["admin"])
    assert (
        reverse("erk:objection", args=[Sanggah.objects.get().pk])
        in desk.get(reverse("erk:objections")).content.decode()
    )
    typed = desk.post(f"{address}telaah/", {"versi": 1, "alasan": "ya"})
    assert (typed.status_code, "ya</textarea>" in typed.content.decode()) == (422, True)
    assert desk.post(f"{address}telaah/", {"versi": 1, "alasan": "Benar, ada surat tugas"}).status_code == 302
    verifier = client_of(people["verifier"])
    assert verifier.post(f"{address}tolak/", {"versi": 2, "alasan": "Kehadiran sudah sesuai"}).status_code == 302
    at("2026-11-26 09:00")
    page = reverse("erk:office_month", args=["DUKCAPIL", "2026-10"])
    board = client_of(people["head"]).get(reverse("erk:board") + "?bulan=2026-10").content.decode()
    assert page in board
    assert "Kecamatan Satu" not in board
    assert client_of(people["head"]).post(f"{page}tanda_tangani/", {"versi": 1}).status_code == 302
    refused = client_of(people["treasurer"]).post(f"{page}bayar/", {"versi": 2, "tanggal": "26/11/2026", "sp2d": "9"})
    assert (refused.status_code, "tidak dapat dilakukan pada tahap sekarang" in refused.content.decode()) == (422, True)
    assert client_of(people["treasurer"]).post(f"{page}karang/", {"versi": 2}).status_code == 404


def test_the_board_asks_equally_often_for_any_number_of_agencies(world, office, people, django_assert_max_num_queries):
    numbers = []
    for extra in (0, 5):
        for index in range(extra):
            agency = Opd.objects.create(kode=f"X{index}", nama=f"Dinas {index}", singkatan=f"D{index}", jenis="DINAS")
            BulanOpd.objects.create(opd=agency, bulan=OCTOBER, sanggah_sampai=OCTOBER, state="PRATINJAU")
        client = client_of(people["verifier"])
        with django_assert_max_num_queries(20) as captured:
            client.get(reverse("erk:board") + "?bulan=2026-10")
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]


def test_leaders_and_administrators_follow_the_month_without_seeing_pay(world, office, people):
    total = sum(Rekap.objects.filter(opd=world.dinas, bulan=OCTOBER).values_list("tpp", flat=True))
    shown = f"Rp{total:,}".replace(",", ".")
    page = reverse("erk:office_month", args=["DUKCAPIL", "2026-10"])
    seen = {name: shown in client_of(people[name]).get(page).content.decode() for name in ("head", "leader", "admin")}
    assert seen == {"head": True, "leader": False, "admin": False}
    assert client_of(people["other_head"]).get(page).status_code == 404
