"""Reports of section 16: the pay list adds up, lists hold who belongs on them, papers carry the letterhead."""

import csv
import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from test_closing import do, office, people, until  # noqa: F401  (fixtures)
from test_imports import brought, faults, tried
from test_months import OCTOBER, approved, october  # noqa: F401  (a fixture)
from world import act, fresh, submitted, user_of

from core import dates
from core.errors import NotAllowed
from core.models import AuditEntry
from erk.domain import clock, closing, corrections, policy
from erk.domain.queries import listings, paylist
from erk.enums import ImportKind, MonthState, Role
from erk.interfaces.listings import LISTINGS, cover_document, recap_document
from erk.models import Aktivitas, BayarManual, KebijakanVersi, Kehadiran, Koreksi, Rekap
from erk.rules import budget, discipline
from erk.rules.policy import Policy


def client_of(user) -> Client:
    client = Client()
    client.force_login(fresh(user), backend="django.contrib.auth.backends.ModelBackend")
    return client


def csv_of(client: Client, name: str) -> list[list[str]]:
    response = client.get(reverse("erk:listing", args=[name]) + "?bulan=2026-10&ekspor=csv")
    return [line.split(",") for line in b"".join(response.streaming_content).decode().splitlines()]


def test_the_pay_list_is_the_sum_of_the_slips_by_budget_line(world, office, people, at, rules_changed):  # noqa: F811
    assert list(paylist.pay_lines(OCTOBER)) == []
    until(office, people, MonthState.DIBAYAR, at)
    rows = csv_of(client_of(people["treasurer"]), "daftar-bayar")
    total = sum(Rekap.objects.filter(opd=world.dinas, bulan=OCTOBER).values_list("tpp", flat=True))
    assert sum(int(row[-1]) for row in rows[1:]) == total > 0
    assert {row[6] for row in rows[1:]} == {budget.WORKLOAD}
    assert {row[0] for row in rows[1:]} == {"Dinas Dukcapil"}
    noted = AuditEntry.objects.get(action="unduh_laporan")
    assert (noted.actor, noted.data) == (
        people["treasurer"],
        {"laporan": "daftar-bayar", "bulan": "2026-10", "bentuk": "csv"},
    )


def test_other_criteria_have_a_line_of_their_own(world, october, rules_changed, at):  # noqa: F811
    rules_changed(tpp_classes=[{"grade": grade, "workload": 6_000_000, "other": 1_000_001} for grade in range(5, 16)])
    for day in october:
        approved(world, world.ana, day, 273)
    Kehadiran.objects.create(pegawai=world.ana, tanggal=october[0], status="ALPA", sumber="uji")
    closing.compute(OCTOBER)
    Rekap.objects.update(state="FINAL")
    lines = {row.line: row.amount for row in paylist.pay_lines(OCTOBER) if row.recap.pegawai == world.ana}
    recap = world.ana.rekap.get()
    assert lines == {budget.WORKLOAD: recap.tpp - 950_001, budget.CONDITIONS: 950_001}
    assert recap.tpp == 6_650_001


def test_each_criterion_the_ceilings_name_has_its_budget_line(world, october):  # noqa: F811
    named = {"achievement": 2_000_001, "place": 300_000, "scarcity": 200_001}
    row = {"workload": 6_000_000, "other": 1_000_001} | named
    classes = [{"grade": grade} | row for grade in range(5, 16)]
    values = policy.profile_values() | {"tpp_classes": classes, "valid_from": "2026-10-01"}
    version = Policy.from_values(values).version
    KebijakanVersi.objects.create(
        versi=version, berlaku=OCTOBER, dasar="Perwal 9/2026", nilai=values, diterbitkan_oleh=world.bkpsdm
    )
    policy.forget()
    for day in october:
        approved(world, world.ana, day, 273)
    Kehadiran.objects.create(pegawai=world.ana, tanggal=october[0], status="ALPA", sumber="uji")
    closing.compute(OCTOBER)
    Rekap.objects.update(state="FINAL")
    mine = [row for row in paylist.pay_lines(OCTOBER) if row.recap.pegawai == world.ana]
    assert {row.line: (row.words, row.amount) for row in mine} == {
        "5.1.01.02.01": ("Beban kerja", 3_799_999),  # 5,700,000 × 3,999,999 ÷ 6,000,000
        "5.1.01.02.02": ("Tempat bertugas", 285_000),
        "5.1.01.02.03": ("Kondisi kerja", 475_000),
        "5.1.01.02.04": ("Kelangkaan profesi", 190_001),
        "5.1.01.02.05": ("Prestasi kerja", 1_900_001),
    }
    recap = world.ana.rekap.get()
    assert sum(row.amount for row in mine) == recap.tpp == 6_650_001
    Koreksi.objects.create(
        rekap=recap, alasan="Alpa kedua", state="SELESAI", state_since=dates.at(dt.date(2026, 11, 20)),
        tpp_lama=recap.tpp, tpp_baru=6_300_001, selisih=-350_000, kebijakan=recap.kebijakan, rincian=recap.rincian,
        masukan=recap.masukan | {"t": "0.10"},
    )  # fmt: skip
    corrected = [row for row in paylist.pay_lines(OCTOBER) if row.words == "Koreksi 2026-10"]
    assert [(row.line[-2:], row.amount) for row in corrected] == [
        ("01", -200_000), ("02", -15_000), ("03", -25_000), ("04", -10_000), ("05", -100_000)
    ]  # fmt: skip


def test_a_correction_is_paid_with_the_list_of_its_month(world, office, people, at):  # noqa: F811
    until(office, people, MonthState.DIBAYAR, at)
    row = corrections.propose_for(fresh(people["verifier"]), world.ana.rekap.get(), "Surat tugas terlambat diterima")
    corrections.CORRECTIONS.perform(row.pk, "setujui", fresh(people["leader"]))
    Kehadiran.objects.create(pegawai=world.ana, tanggal=dt.date(2026, 10, 21), status="ALPA", sumber="uji")
    corrections.CORRECTIONS.perform(row.pk, "hitung", fresh(people["verifier"]))
    (line,) = [one for one in paylist.pay_lines(OCTOBER) if one.words.startswith("Koreksi")]
    assert (line.recap.pegawai, line.words, line.amount) == (world.ana, "Koreksi 2026-10", -300_000)


def test_what_was_paid_by_hand_comes_back_as_a_file_and_is_not_paid_twice(world, office, people, at):  # noqa: F811
    until(office, people, MonthState.FINAL, at)
    treasurer, due = people["treasurer"], Rekap.objects.get(pegawai=world.ana).tpp
    client = client_of(treasurer)
    rows = csv_of(client, "bahan-bayar")
    heads = [name.lstrip("\ufeff") for name in rows[0]]
    mine = dict(zip(heads, next(row for row in rows if world.ana.nip in row[0]), strict=True))
    assert list(mine.values()) == [world.ana.nip, "2026-10", str(due), "", "", ""]
    paid = mine | {
        "jumlah": str(due - 100_000),
        "tanggal_bayar": "20/11/2026",
        "sp2d": "SP2D/9",
        "dasar": "Layanan terhenti",
    }
    for change, part in (
        ({"jumlah": ""}, "belum diisi"), ({"jumlah": "0"}, "lebih dari nol"), ({"jumlah": "1,5"}, "sen"),
        ({"jumlah": "999.000.000"}, "melebihi pagu"), ({"bulan": "2026-11"}, "belum berakhir"),
        ({"tanggal_bayar": "27/11/2026"}, "sesudah hari ini"), ({"tanggal_bayar": "30/9/2026"}, "mendahului"),
        ({"sp2d": ""}, "belum diisi"), ({"nip": world.ana.nip[::-1]}, "bukan pegawai"),
    ):  # fmt: skip
        assert part in faults(tried(treasurer, ImportKind.BAYAR, paid | change))[2], change
    assert "ada dua kali" in faults(tried(treasurer, ImportKind.BAYAR, paid, paid))[3]
    with pytest.raises(NotAllowed):
        tried(people["verifier"], ImportKind.BAYAR, paid)
    brought(treasurer, ImportKind.BAYAR, paid)
    assert "sudah tercatat" in faults(tried(treasurer, ImportKind.BAYAR, paid))[2]
    lines = [row for row in paylist.pay_lines(OCTOBER) if row.recap.pegawai == world.ana]
    assert [(row.words, row.amount) for row in lines] == [
        ("Beban kerja dan prestasi kerja", due), ("Sudah dibayar manual", 100_000 - due)
    ]  # fmt: skip
    assert world.ana.nip not in {row[0] for row in csv_of(client, "bahan-bayar")}
    assert csv_of(client, "bayar-manual")[1][3:] == [
        str(due - 100_000), "2026-11-20", "SP2D/9", "Layanan terhenti", str(due), "100000"
    ]  # fmt: skip
    slip = client_of(world.ana.user).get(reverse("erk:slip"), {"bulan": "2026-10"})
    assert "sudah dibayar manual" in slip.content.decode()
    BayarManual.objects.all().delete()
    do(office, "bayar", treasurer, tanggal=dt.date(2026, 11, 26), sp2d="SP2D/7")
    assert "selisihnya lewat koreksi" in faults(tried(treasurer, ImportKind.BAYAR, paid))[2]


@pytest.mark.parametrize(
    ("days", "in_a_row", "words"),
    [
        (2, 2, ""), (3, 3, "teguran lisan"), (4, 1, "teguran tertulis"), (6, 1, "teguran tertulis"),
        (7, 1, "pernyataan tidak puas"), (10, 9, "pernyataan tidak puas"), (11, 1, "potongan 25 % selama 6 bulan"),
        (14, 1, "potongan 25 % selama 9 bulan"), (17, 1, "potongan 25 % selama 12 bulan"),
        (21, 1, "penurunan jabatan 12 bulan"), (25, 1, "pembebasan dari jabatan 12 bulan"), (28, 1, "pemberhentian"),
        (10, 10, "pemberhentian dan penghentian gaji (10 hari kerja berturut-turut)"),
    ],
)  # fmt: skip
def test_the_ladder_of_pp_94(days, in_a_row, words):
    assert discipline.step(days, in_a_row) == words


def test_the_watch_list_counts_the_year_and_days_in_a_row(world, october):  # noqa: F811
    for day in (dt.date(2026, 3, 2), *october[1:4]):
        Kehadiran.objects.create(pegawai=world.ana, tanggal=day, status="ALPA", sumber="uji")
    for day in (dt.date(2025, 12, 1), *october[:2]):
        Kehadiran.objects.create(pegawai=world.budi, tanggal=day, status="ALPA", sumber="uji")
    (row,) = listings.watched(OCTOBER)
    assert (row.employee, row.days, row.in_a_row, row.step) == (world.ana, 4, 3, "teguran tertulis")


def test_below_75_percent_is_judged_exactly(world, october):  # noqa: F811
    for index, day in enumerate(october):
        approved(world, world.ana, day, 204 + (index < 12))
        approved(world, world.budi, day, 204 + (index < 11))
    closing.compute(OCTOBER)
    names = {row.pegawai.nama for row in listings.below(OCTOBER)}
    assert ("Ana" in names, "Budi" in names) == (False, True)


def test_diligence_and_catalogue_use(world, october):  # noqa: F811
    for day, minutes in ((october[0], 45), (october[1], 30)):
        row = approved(world, world.ana, day, minutes)
        type(row).objects.filter(pk=row.pk).update(
            diajukan_pada=row.putus_pada - dt.timedelta(hours=4), menit_norma=30, menit_setuju=30
        )
    (superior,) = listings.diligence(OCTOBER)
    assert (superior.name, superior.decided, superior.hours, superior.strict, superior.bulk) == (
        "Kabid", 2, 4, Decimal("0.5"), Decimal("0.5"),
    )  # fmt: skip
    (item,) = listings.catalogue_use(OCTOBER)
    assert (item["katalog__kode"], item["times"], item["minutes"], item["at_cap"]) == ("SRT", 2, 60, 1)


def test_who_lets_work_pass_undecided_is_in_the_report(world, at):
    at("2026-10-05 15:00")
    submitted(world, world.ana, "08:00", "08:30")
    submitted(world, world.budi, "08:00", "08:30")
    at("2026-10-13 02:00")
    assert clock.escalate(dates.today()) == 2
    (superior,) = listings.diligence(OCTOBER)
    assert (superior.name, superior.decided, superior.passed) == ("Kabid", 0, 2)
    assert listings.diligence(dt.date(2026, 11, 1)) == []
    act(Aktivitas.objects.filter(pegawai=world.ana).get(), "setujui", world.kepala)
    names = {row.name: (row.decided, row.passed) for row in listings.diligence(OCTOBER)}
    assert names == {"Kepala": (1, 0), "Kabid": (0, 2)}


def test_each_report_is_for_its_roles_only(world, office):  # noqa: F811
    expected = {row.name: {role.value for role in row.roles} for row in LISTINGS}
    found: dict[str, set[str]] = {name: set() for name in expected}
    for role in Role:
        client = client_of(user_of(f"Orang-{role}", (role, "DUKCAPIL")))
        for name in expected:
            if client.get(reverse("erk:listing", args=[name]) + "?bulan=2026-10").status_code == 200:
                found[name].add(role.value)
    assert found == expected


def test_the_national_export_holds_what_was_approved(world, office):  # noqa: F811
    rows = csv_of(client_of(world.bkpsdm), "e-kinerja")
    assert len(rows) == 1 + 22
    assert rows[0][:4] == ["\ufeffNIP", "Tanggal", "RHK", "Kegiatan"]
    assert rows[1][:4] == [world.ana.nip, "2026-10-01", "", "Menyusun konsep surat"]


def test_the_printed_recap_adds_up_in_every_row(world, office):  # noqa: F811
    recaps = closing.recaps_of(office).select_related("pegawai", "jabatan")
    rows = recap_document(office, recaps, closing.totals(office)[1])["baris"]
    assert {row["nip"]: (row["pagu"], row["tpp"]) for row in rows} == {
        row.pegawai.nip_terbaca: (row.pagu, row.tpp) for row in recaps
    }
    assert all(row["prod"] + row["dis"] + row["lain"] - row["potongan"] == row["tpp"] for row in rows)
    assert {row["potongan"] >= 0 for row in rows} == {True}


def test_papers_are_pdf_and_pay_goes_to_those_named(world, office):  # noqa: F811
    address = reverse("erk:office_pdf", args=["DUKCAPIL", "2026-10"])
    paper = client_of(world.kepala.user).get(address)
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
    assert AuditEntry.objects.filter(action="lihat_data_terlindungi", actor=world.kepala.user).exists()
    for user in (user_of("P", (Role.PIMPINAN, "")), user_of("A", (Role.ADMIN_OPD, "DUKCAPIL")), world.camat.user):
        assert client_of(user).get(address).status_code == 404
    own = client_of(world.ana.user).get(reverse("erk:log_pdf") + "?bulan=2026-10")
    assert (own.status_code, own.content[:5], own["Cache-Control"]) == (200, b"%PDF-", "private, no-store")


def test_inspectors_take_the_audit_log_of_a_month_with_them(world, office, people, at, django_assert_max_num_queries):  # noqa: F811
    until(office, people, MonthState.FINAL, at)
    inspector = client_of(user_of("Inspektur", (Role.INSPEKTORAT, "")))
    address = reverse("erk:listing", args=["jejak-audit"]) + "?bulan=2026-11"
    answer = inspector.get(address + "&ekspor=csv")
    rows = list(csv.DictReader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    entries = list(AuditEntry.objects.order_by("seq"))  # the download itself is the last of them
    assert [(int(row["Nomor"]), row["Segel"]) for row in rows] == [(one.seq, one.hash) for one in entries]
    signed = next(row for row in rows if row["Tindakan"] == "tanda_tangani")
    assert (signed["Pelaku"], signed["Peran"], signed["Dari"], signed["Menjadi"]) == (
        "Kepala", "KEPALA_OPD", "PRATINJAU", "REKAP_OPD",
    )  # fmt: skip
    assert inspector.get(address.replace("-11", "-10")).content.decode().count("<tr>") == 0
    with django_assert_max_num_queries(12):
        assert "tanda_tangani" in inspector.get(address).content.decode()
    for name in ("treasurer", "verifier", "head"):
        assert client_of(people[name]).get(address).status_code == 404


def test_the_cover_says_what_the_pay_list_adds_up_to(world, office, people, at):  # noqa: F811
    address = reverse("erk:cover_pdf", args=["DUKCAPIL", "2026-10"])
    assert client_of(people["treasurer"]).get(address).status_code == 404
    paid = until(office, people, MonthState.DIBAYAR, at)
    said = cover_document(paid, paylist.pay_lines(OCTOBER, world.dinas), "Perwal 126/2018")
    assert (said["orang"], said["jumlah"], said["sp2d"]) == (4, paid.jumlah, "SP2D/7")
    (line,) = said["baris"]
    assert (line["kode"], line["orang"], line["jumlah"]) == (budget.WORKLOAD, 4, paid.jumlah)
    paper = client_of(people["treasurer"]).get(address)
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
