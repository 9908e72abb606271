"""All sixteen signs, each seeded with a case and a near miss; points, closing with a reason, and the sample."""

import datetime as dt
import hashlib

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from test_months import OCTOBER, approved, october, whole_month  # noqa: F401  (a fixture)
from world import fresh, submitted, user_of

from core import dates, files
from core.errors import NotAllowed, Refused
from core.models import StoredFile
from erk.domain import anomalies, closing
from erk.domain.anomalies import SIGNS
from erk.domain.closing import OFFICE_MONTHS
from erk.enums import AnomalyCode as A
from erk.enums import Role
from erk.models import Aktivitas, Anomali, BulanOpd, Cuti, Katalog, Kehadiran, Lembur, Rapat, Sampel
from erk.rules import anomalies as rules

REASON = "Bukti dan agenda kegiatannya sesuai"


@pytest.fixture
def days(world, october):  # noqa: F811
    """Return the working days of October; recaps of everybody stand, computed in November."""
    closing.compute(OCTOBER)
    return october


def signs_of(who) -> dict[str, dict]:
    anomalies.search(OCTOBER)
    return dict(Anomali.objects.filter(pegawai=who, bulan=OCTOBER).values_list("kode", "rincian"))


def put(world, who, day: dt.date, start: int, minutes: int, **columns) -> Aktivitas:
    """Store an approved activity that attracts no other sign unless asked to."""
    row = approved(world, who, day, minutes, start=start)
    early = {"created_at": dates.at(day, dt.time(17)), "putus_pada": dates.at(day, dt.time(17, 30))}
    Aktivitas.objects.filter(pk=row.pk).update(**early | columns)
    return row


def test_a_quiet_month_has_no_sign(world, days):
    for index, day in enumerate(days):
        put(world, world.ana, day, 450, 35, sidik_teks=f"t{index}")
        put(world, world.ana, day, 600, 55, sidik_teks=f"u{index}")
    assert signs_of(world.ana) == {}


def test_overlapping_hours_after_an_import(world, days):
    put(world, world.ana, days[0], 480, 30)
    put(world, world.ana, days[0], 510, 35)
    assert A.TUMPANG not in signs_of(world.ana)
    late = put(world, world.ana, days[1], 480, 35)
    Aktivitas.objects.filter(pk=late.pk).update(state="DITOLAK", menit_setuju=None, alasan="x")
    overlapping = [
        rules.Entry("a", days[2], dt.time(8), dt.time(9), 60, 60, days[2]),
        rules.Entry("b", days[2], dt.time(8, 59), dt.time(9, 30), 30, 30, days[2]),
    ]
    assert rules.of_person(overlapping, rules.DayFacts(), days[-1], [])[A.TUMPANG] == {"hari": ["2026-10-05 08.59"]}


def test_more_than_eight_hours_needs_an_order(world, days):
    for day in days[:2]:
        put(world, world.ana, day, 420, 241)
        put(world, world.ana, day, 700, 241)
    Lembur.objects.create(pegawai=world.ana, tanggal=days[1], spt="SPT-1")
    assert signs_of(world.ana)[A.LEBIH_8_JAM] == {"hari": [str(days[0])]}


def test_work_on_leave_holidays_and_outside_the_clock(world, days):
    Cuti.objects.create(pegawai=world.ana, jenis="TAHUNAN", mulai=days[0], akhir=days[0], dokumen="1", disetujui=True)
    Kehadiran.objects.create(pegawai=world.ana, tanggal=days[1], status="ALPA", sumber="mesin")
    Kehadiran.objects.create(
        pegawai=world.ana, tanggal=days[2], status="HADIR", masuk="09:00", pulang="15:00", sumber="mesin"
    )
    saturday = dt.date(2026, 10, 10)
    for day, start in ((days[0], 480), (days[1], 480), (days[2], 901), (saturday, 480)):
        put(world, world.ana, day, start, 35)
    put(world, world.budi, days[2], 550, 35)
    assert signs_of(world.ana)[A.LIBUR] == {"hari": [str(day) for day in (days[0], days[1], days[2], saturday)]}
    assert A.LIBUR not in signs_of(world.budi)


def test_far_above_the_norm_in_a_third_of_the_work(world, days):
    for index, day in enumerate(days[:10]):
        put(world, world.ana, day, 480, 46, menit_norma=30 if index < 4 else 46)
        put(world, world.budi, day, 480, 46, menit_norma=30 if index < 3 else 46)
    assert signs_of(world.ana)[A.NORMA] == {"aktivitas": 4, "dari": 10}
    assert A.NORMA not in signs_of(world.budi)


def test_a_norm_that_is_a_range_is_judged_by_its_upper_edge(world, days):
    world.katalog.norma_maks = 40
    world.katalog.save()
    for index, day in enumerate(days[:10]):
        put(world, world.ana, day, 480, 61 if index < 4 else 60)
        put(world, world.budi, day, 480, 60)
    assert signs_of(world.ana)[A.NORMA] == {"aktivitas": 4, "dari": 10}
    assert A.NORMA not in signs_of(world.budi)


def test_copied_texts_of_oneself_and_of_colleagues(world, days):
    for index in range(10):
        put(world, world.ana, days[index], 480, 35, sidik_teks="sama")
        put(world, world.kabid, days[index], 480, 35, sidik_teks="k" if index < 9 else "lain")
    for index in range(5):
        put(world, world.budi, days[index], 480, 35, sidik_teks="sama")
    for index in range(4):
        put(world, world.kepala, days[index], 480, 35, sidik_teks="sama")
        put(world, world.cici, days[index], 480, 35, sidik_teks="sama")
    found = {
        who.nama: signs_of(who).get(A.SALIN) for who in (world.ana, world.budi, world.kabid, world.kepala, world.cici)
    }
    assert found == {"Ana": {"kali": 10}, "Budi": {"sama_dengan_rekan": 5}, "Kabid": None, "Kepala": None, "Cici": None}


def test_a_proof_used_again_on_another_day_or_by_another(world, days):
    rows = [
        put(world, world.ana, days[0], 480, 35),
        put(world, world.ana, days[0], 600, 35),
        put(world, world.budi, days[1], 480, 35),
    ]
    single = put(world, world.cici, days[0], 480, 35)
    for row, seal in (*((row, "a" * 64) for row in rows), (single, "b" * 64)):
        owner = files.owner_of(row)
        StoredFile.objects.create(
            owner_type=owner[0], owner_id=owner[1], kind="bukti-1", name="x.pdf", media_type=files.PDF,
            size=1, sha256=seal, path=f"p{row.pk}",
        )  # fmt: skip
    assert signs_of(world.ana)[A.BUKTI] == signs_of(world.budi)[A.BUKTI] == {"berkas": 1}
    assert signs_of(world.cici) == {}


def test_round_spans_and_the_same_total_for_three_months(world, days):
    for day in days[:10]:
        put(world, world.ana, day, 480, 60)
        put(world, world.budi, day, 480, 60 if day != days[0] and day != days[1] else 61)
    assert signs_of(world.ana)[A.BULAT] == {"aktivitas": 10, "dari": 10}
    assert A.BULAT not in signs_of(world.budi)
    flat = rules.of_person([], rules.DayFacts(), days[-1], [(6000, 6000), (6010, 6000), (6004, 6000)])
    assert flat == {A.BULAT: {"total": [6000, 6010, 6004]}}
    for odd in ((6011, 6000), (6004, 6300), (6299, 6300)):
        assert rules.of_person([], rules.DayFacts(), days[-1], [(6000, 6000), odd, (6004, 6000)]) == {}


def test_filing_in_the_last_two_days_of_the_window(world, days):
    """October closes for input on 4 November."""
    last = {"created_at": dates.at(dt.date(2026, 11, 3), dt.time(20))}
    for index in range(5):
        put(world, world.ana, days[index], 480, 35, **(last if index < 2 else {}))
        put(world, world.budi, days[index], 480, 35, **(last if index < 1 else {}))
    assert signs_of(world.ana)[A.KEJAR] == {"menit": 70, "dari": 175}
    assert A.KEJAR not in signs_of(world.budi)


def test_too_much_outside_the_catalogue(world, days):
    for index in range(5):
        free = {"katalog": world.lain}
        put(world, world.ana, days[index], 480, 35, **(free if index < 2 else {}))
        put(world, world.budi, days[index], 480, 35, **(free if index < 1 else {}))
    assert signs_of(world.ana)[A.LAIN2] == {"menit": 70, "dari": 175}
    assert A.LAIN2 not in signs_of(world.budi)


def test_minutes_on_a_day_whose_attendance_was_corrected_by_hand(world, days):
    for who, source in ((world.ana, "isian"), (world.budi, "berkas")):
        Kehadiran.objects.create(
            pegawai=who, tanggal=days[0], status="HADIR", masuk="07:00", pulang="16:00", sumber=source
        )
        put(world, who, days[0], 480, 35)
    assert (signs_of(world.ana)[A.HADIR], signs_of(world.budi)) == ({"hari": [str(days[0])]}, {})


def test_a_meeting_without_ones_name_on_its_list(world, days):
    item = Katalog.objects.create(
        kode="RPT-01", nama="Rapat", satuan="jam", norma=60, kelompok="Rapat", berlaku_mulai=dt.date(2026, 1, 1)
    )
    held = Rapat.objects.create(
        kode="R1", opd=world.dinas, judul="Rapat", tanggal=days[0], mulai="09:00", selesai="11:00"
    )
    held.hadir.add(world.budi)
    for who in (world.ana, world.budi):
        put(world, who, days[0], 540, 65, katalog=item)
    put(world, world.kabid, days[0], 720, 65, katalog=item)
    assert signs_of(world.ana)[A.RAPAT] == {"hari": [f"{days[0]} 09.00"]}
    assert A.RAPAT not in {**signs_of(world.budi), **signs_of(world.kabid)}


def test_one_device_for_three_people(world, days):
    for who in (world.ana, world.budi, world.kabid):
        put(world, who, days[0], 480, 35, perangkat="a" * 16)
    for who in (world.cici, world.camat):
        put(world, who, days[0], 480, 35, perangkat="b" * 16)
    assert signs_of(world.ana)[A.TITIP] == {"orang": 3}
    assert A.TITIP not in signs_of(world.cici)


def decisions(
    count: int, seconds: float, day: dt.date = dt.date(2026, 10, 6), strict: bool = False
) -> list[rules.Decision]:
    start = dates.at(day, dt.time(9))
    return [rules.Decision(start + dt.timedelta(seconds=seconds * n), strict) for n in range(count)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (decisions(51, 11), {"dalam_10_menit": 51}),
        (decisions(50, 11), None),
        (decisions(21, 2), {"detik_per_aktivitas": 1.9}),
        (decisions(20, 0), None),
        (decisions(13, 301, dt.date(2026, 11, 6)) + decisions(7, 301), {"pada_hari_terakhir": 13}),
        (decisions(12, 301, dt.date(2026, 11, 6)) + decisions(8, 301), None),
    ],
)
def test_approving_in_bulk(rows, expected):
    found = rules.of_superior(rows, dt.date(2026, 11, 6), dates.zone()).get(A.SETUJU_MASSAL)
    assert found == expected


def test_bulk_approval_is_found_in_the_log(world, days):
    for index in range(21):
        put(world, world.ana, days[index], 480, 35, putus_pada=dates.at(dt.date(2026, 11, 5), dt.time(9, 0, index)))
    assert signs_of(world.kabid)[A.SETUJU_MASSAL] == {"detik_per_aktivitas": 1.0}


def test_never_returning_anything_in_three_months():
    assert rules.never_strict(501, 0) == {A.TANPA_TOLAK: {"diputuskan": 501}}
    assert rules.never_strict(500, 0) == rules.never_strict(900, 1) == {}


def test_two_people_who_approve_each_other(world, days):
    put(world, world.ana, days[0], 480, 35, putus_oleh=world.budi.user)
    put(world, world.budi, days[0], 480, 35, putus_oleh=world.ana.user)
    put(world, world.cici, days[0], 480, 35, putus_oleh=world.ana.user)
    assert signs_of(world.ana)[A.SALING] == signs_of(world.budi)[A.SALING] == {"dengan": 1}
    assert A.SALING not in signs_of(world.cici)


def test_a_superior_who_approves_on_leave(world, days):
    Cuti.objects.create(pegawai=world.kabid, jenis="TAHUNAN", mulai=days[5], akhir=days[6], dokumen="1", disetujui=True)
    put(world, world.ana, days[0], 480, 35, putus_pada=dates.at(days[6], dt.time(8)))
    put(world, world.ana, days[1], 480, 35, putus_pada=dates.at(days[7], dt.time(8)))
    assert signs_of(world.kabid)[A.HANTU] == {"hari": [str(days[6])]}


def test_deciding_in_the_browser_the_work_was_written_in(world, days):
    put(world, world.ana, days[0], 480, 35, perangkat="a" * 16, perangkat_putus="a" * 16)
    put(world, world.ana, days[1], 480, 35, perangkat="a" * 16, perangkat_putus="b" * 16)
    put(world, world.budi, days[0], 480, 35)
    assert signs_of(world.kabid)[A.HANTU] == {"perangkat_sama": 1}


def test_a_decision_notes_its_browser(world, at):
    at("2026-10-05 15:00")
    waiting, batch = submitted(world, world.ana), submitted(world, world.budi)
    client = client_of(world.kabid.user)
    client.cookies[f"perangkat_{settings.SESSION_COOKIE_NAME}"] = "c" * 16
    reason = {"versi": waiting.version, "menit": "20", "alasan": "Rapat selesai lebih cepat"}
    client.post(reverse("erk:act", args=[waiting.kode, "setujui"]), reason)
    client.post(reverse("erk:batch"), {"pilih": f"{batch.kode}:{batch.version}"})
    noted = Aktivitas.objects.filter(state="DISETUJUI").values_list("perangkat_putus", flat=True)
    assert list(noted) == ["c" * 16] * 2


def test_every_code_has_points_as_in_the_table():
    table = "TUMPANG 30 LEBIH_8_JAM 15 LIBUR 20 NORMA 10 SALIN 15 BUKTI 20 BULAT 10 KEJAR 10 SETUJU_MASSAL 25"
    table += " TANPA_TOLAK 10 SALING 25 HANTU 20 RAPAT 15 TITIP 15 HADIR 15 LAIN2 5"
    words = table.split()
    assert dict(rules.POINTS) == {A(code): int(points) for code, points in zip(words[::2], words[1::2], strict=True)}
    assert len(A) == 16


def test_closed_signs_stay_open_ones_follow_the_facts(world, days):
    row = put(world, world.ana, days[0], 420, 481)
    assert set(signs_of(world.ana)) == {A.LEBIH_8_JAM}
    sign = Anomali.objects.get()
    for user, note, data in (
        (world.ana.user, REASON, {"putusan": "SAH"}),
        (world.kabid.user, REASON, {"putusan": "SAH"}),
        (world.bkpsdm, "ya", {"putusan": "SAH"}),
        (world.bkpsdm, REASON, {"putusan": "MUNGKIN"}),
    ):
        with pytest.raises(Refused):
            SIGNS.perform(sign.pk, "tutup", fresh(user), note=note, data=data)
    SIGNS.perform(sign.pk, "tutup", fresh(world.bkpsdm), note=REASON, data={"putusan": "SAH"})
    put(world, world.budi, days[0], 420, 481)
    assert anomalies.search(OCTOBER) == anomalies.Run(new=1, changed=0, gone=0, closed=1)
    Aktivitas.objects.all().delete()
    assert anomalies.search(OCTOBER) == anomalies.Run(new=0, changed=0, gone=1, closed=0)
    assert (Anomali.objects.get().state, row.pegawai) == ("DITUTUP", world.ana)


def test_nobody_closes_a_sign_about_oneself(world, days):
    from core.models import RoleAssignment

    RoleAssignment.objects.create(user=world.ana.user, role=Role.VERIFIKATOR_BKPSDM, valid_from=dt.date(2026, 1, 1))
    put(world, world.ana, days[0], 420, 481)
    anomalies.search(OCTOBER)
    with pytest.raises(NotAllowed):
        SIGNS.perform(Anomali.objects.get().pk, "tutup", fresh(world.ana.user), note=REASON, data={"putusan": "SAH"})


def test_the_sample_can_be_drawn_again_by_anybody(world, days):
    whole_month(world, world.ana, 2200, days)
    whole_month(world, world.budi, 2200, days)
    for day in days:
        approved(world, world.kabid, day, 30)
    assert anomalies.draw(OCTOBER) == 2
    assert anomalies.draw(OCTOBER) == 0
    codes = Aktivitas.objects.values_list("kode", flat=True)
    again = sorted(codes, key=lambda code: hashlib.sha256(f"32.73 2026-10 {code}".encode()).hexdigest())[:2]
    assert list(Sampel.objects.order_by("pk").values_list("aktivitas__kode", flat=True)) == again


def test_a_month_is_verified_only_after_signs_and_sample(world, days, at):
    for day in days[:2]:
        put(world, world.ana, day, 420, 481)
    Cuti.objects.create(pegawai=world.ana, jenis="TAHUNAN", mulai=days[0], akhir=days[0], dokumen="1", disetujui=True)
    put(world, world.ana, days[2], 480, 35, katalog=world.lain)
    anomalies.search(OCTOBER)
    assert anomalies.scores(OCTOBER)[world.ana.pk] == 35
    Kehadiran.objects.create(
        pegawai=world.ana, tanggal=days[2], status="HADIR", sumber="isian", masuk="07:00", pulang="16:00"
    )
    anomalies.search(OCTOBER)
    anomalies.draw(OCTOBER)
    closing.compute(OCTOBER)
    office = BulanOpd.objects.get(opd=world.dinas)
    at("2026-11-26 09:00")
    OFFICE_MONTHS.perform(office.pk, "tanda_tangani", fresh(world.kepala.user))
    with pytest.raises(Refused, match=r"1 pegawai dengan 40 poin atau lebih belum selesai diperiksa\. 1 sampel belum"):
        OFFICE_MONTHS.perform(office.pk, "verifikasi", fresh(world.bkpsdm))
    for sign in Anomali.objects.filter(pegawai=world.ana):
        SIGNS.perform(sign.pk, "tutup", fresh(world.bkpsdm), note=REASON, data={"putusan": "SAH"})
    sample = Sampel.objects.get()
    with pytest.raises(NotAllowed):
        anomalies.review(fresh(world.ana.user), sample, "SAH", REASON)
    anomalies.review(fresh(world.bkpsdm), sample, "SAH", REASON)
    with pytest.raises(Refused, match="sudah diperiksa"):
        anomalies.review(fresh(world.bkpsdm), sample, "SAH", REASON)
    assert OFFICE_MONTHS.perform(office.pk, "verifikasi", fresh(world.bkpsdm)).state == "VERIFIKASI"


def client_of(user) -> Client:
    client = Client()
    client.force_login(fresh(user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_pages_of_signs_and_sample(world, days):
    put(world, world.ana, days[0], 420, 481)
    anomalies.search(OCTOBER)
    anomalies.draw(OCTOBER)
    verifier, reader = client_of(world.bkpsdm), client_of(user_of("Inspektur", (Role.INSPEKTORAT, "")))
    address = reverse("erk:signs_of", args=[world.ana.kode, "2026-10"])
    assert address in verifier.get(reverse("erk:signs") + "?bulan=2026-10").content.decode()
    page = verifier.get(address).content.decode()
    assert f"pada {days[0]}" in page
    assert "Tutup tanda ini" not in reader.get(address).content.decode()
    act = reverse("erk:sign_act", args=[world.ana.kode, "2026-10", Anomali.objects.get().pk])
    wrong = verifier.post(act, {"versi": 1, "putusan": "SAH", "alasan": "pendek"})
    assert (wrong.status_code, "pendek</textarea>" in wrong.content.decode()) == (422, True)
    assert reader.post(act, {"versi": 1, "putusan": "SAH", "alasan": REASON}).status_code == 403
    assert verifier.post(act, {"versi": 1, "putusan": "SAH", "alasan": REASON}).status_code == 302
    sampled = reverse("erk:sample", args=[Sampel.objects.get().pk])
    assert sampled in verifier.get(reverse("erk:samples") + "?bulan=2026-10").content.decode()
    assert reader.post(sampled, {"versi": 1, "putusan": "SAH", "alasan": REASON}).status_code == 403
    assert verifier.post(sampled, {"versi": 1, "putusan": "SAH", "alasan": REASON}).status_code == 302
    assert Sampel.objects.get().oleh == world.bkpsdm


def test_a_browser_is_marked_once_and_its_mark_is_kept_with_the_work(world, at):
    at("2026-10-05 15:00")
    client = client_of(world.ana.user)
    client.get(reverse("erk:new"))
    (mark,) = [cookie.value for name, cookie in client.cookies.items() if name.startswith("perangkat_")]
    typed = {
        "katalog": "SRT", "tanggal": "5/10/2026", "mulai": "8", "selesai": "8.30", "volume": "1",
        "kunci": "", "ajukan": "1", "uraian": "Menyusun konsep surat undangan rapat koordinasi",
    }  # fmt: skip
    assert client.post(reverse("erk:new"), typed).status_code == 302
    assert Aktivitas.objects.get().perangkat == mark
