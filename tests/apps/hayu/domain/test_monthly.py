"""The monthly report: what came in, what was decided and how fast."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from office import LEGAL, WHY

from build import registered, visit
from core import dates, wilayah
from core.calendar import calendar
from hayu.domain import complaints, survey
from hayu.domain.machine import machine as reports
from hayu.domain.permits import signers
from hayu.domain.queries import applications, monthly, officers, permits, places, semester, small, stages
from hayu.enums import Action, AppAction, ComplaintAction, Element, Outcome, SampleRule
from hayu.enums import AppState as S
from hayu.interfaces import papers
from hayu.models import Application, Permit
from hayu.rules import kbli


@pytest.fixture
def month(office):
    """Four permits decided after 1, 2, 3 and 9 days of five, one refusal, one file open and late."""
    for days in (1, 2, 3, 9):
        Application.objects.filter(pk=office.application(S.TERBIT).pk).update(used_days=days)
    office.application(S.DITOLAK)
    Application.objects.filter(pk=office.application(S.PERLU_PERBAIKAN).pk).update(used_days=6)
    return {line.code: line for line in monthly.lines(dates.today().replace(day=1))}


def test_numbers_of_a_type(month):
    line = month["SIP-NAKES"]
    assert (line.received, line.issued, line.refused, line.open, line.overdue) == (6, 4, 1, 1, 1)
    assert (line.median, line.p90, line.on_time) == (2, 9, 80)
    assert month["SKP"].received == 0


def test_median_and_tail_of_all_types(month):
    found = applications.decided_in(dates.today().replace(day=1), dates.today())
    assert (found.decided, found.issued, found.on_time, found.p90) == (5, 4, 80, 9)


def test_public_numbers_by_type_and_month(office, month):
    """Each type's own speed, the permits of this month, and a satisfaction only where ten answered."""
    today = dates.today()
    first = today.replace(day=1)
    office.application(S.TERBIT, "REKLAME-I")
    found = applications.decided_by_type(first, today)
    assert {code: (speed.decided, speed.issued, speed.on_time, speed.p90) for code, speed in found.items()} == {
        "REKLAME-I": (1, 1, 100, 0), "SIP-NAKES": (5, 4, 80, 9)
    }  # fmt: skip
    assert list(permits.by_month((first - dt.timedelta(days=1)).replace(day=1), today).values()) == [0, 5]
    for _ in range(10):
        survey.answer(office.application(S.DIBATALKAN), dict.fromkeys(Element.values, 4))
    assert {code: str(ikm.index) for code, ikm in survey.by_type(first, today).items()} == {"SIP-NAKES": "100.00"}
    page = Client().get("/angka/").content.decode()
    assert "Izin terbit tiap bulan" in page
    assert "80 %" in page
    assert "Ani Suryani" not in page


def test_why_files_were_returned(month):
    assert monthly.reasons(dates.today().replace(day=1)) == [("Profesi", 1)]


def test_page_and_export_say_the_same(office, month):
    client = Client()
    client.force_login(office.signer)
    page = client.get("/laporan-bulanan/").content.decode()
    assert "80 %" in page
    assert page.count("<table") == 2
    csv = b"".join(client.get("/laporan-bulanan/?ekspor=csv").streaming_content).decode()
    assert "SIP-NAKES,Surat Izin Praktik tenaga kesehatan,6,4,1,0,0,1,1,2,9,80,0,,0" in csv
    assert client.get("/laporan-bulanan/?bulan=2020-13").status_code == 200
    assert "Desember 2019" in client.get("/laporan-bulanan/?bulan=2019-12").content.decode()


def test_open_and_overdue_are_those_of_the_end_of_the_month(office):
    """A file sent in March, late from April on, decided in May: open in March, late in April, neither in May."""
    with time_machine.travel(dates.at(dt.date(2026, 3, 26), dt.time(10)), tick=False):
        application = office.application(S.VERIFIKASI_BERKAS)
    with time_machine.travel(dates.at(dt.date(2026, 5, 6), dt.time(10)), tick=False):
        office.act(application, AppAction.USUL_TOLAK, office.checker, WHY, **LEGAL)
        office.act(application, AppAction.SETUJUI_TOLAK, office.division, "Setuju.")
    found = {month: next(line for line in monthly.lines(dt.date(2026, month, 1)) if line.code == "SIP-NAKES")
             for month in (2, 3, 4, 5)}  # fmt: skip
    assert [(line.received, line.open, line.overdue, line.refused) for line in found.values()] == [
        (0, 0, 0, 0), (1, 1, 0, 0), (0, 1, 1, 0), (0, 0, 0, 1)
    ]  # fmt: skip


def test_month_by_kecamatan_on_the_map_and_in_the_table(office):
    """Two applications, a permit and a report of one kecamatan, a report of another; the picture follows the tab."""
    here = wilayah.villages()[0]
    there = next(place for place in wilayah.villages() if place.parent != here.parent)
    office.application(S.TERBIT)
    office.sent()
    registered(office.owner)
    registered(office.owner, village_code=there.code)
    first = dates.today().replace(day=1)
    found = {part.code: part for part in places.month(first)}
    assert len(found) == len(wilayah.districts())
    parts = [found[place.parent] for place in (here, there)]
    assert [(part.received, part.issued, part.reported) for part in parts] == [(2, 1, 1), (0, 0, 1)]
    assert sum(part.received + part.issued + part.reported for part in found.values()) == 5
    client = Client()
    client.force_login(office.signer)
    page = client.get("/laporan-bulanan/?peta=usaha").content.decode()
    assert page.count("1 usaha lapor") >= 2
    assert "permohonan masuk</title>" not in page
    assert f"Permohonan masuk terbanyak di {parts[0].name}" in client.get("/laporan-bulanan/").content.decode()
    assert "Belum ada izin terbit bulan ini" in client.get("/laporan-bulanan/?bulan=2019-12&peta=izin").content.decode()
    csv = b"".join(client.get("/laporan-bulanan/?tabel=tempat&ekspor=csv").streaming_content).decode()
    assert f"{here.parent},{parts[0].name},2,1,1" in csv
    assert len(csv.splitlines()) == 1 + len(found)


def test_board_says_how_long_each_stage_took(office):
    """Four days: two of the file check, none of the advice, two of the draft, whose share of five is one."""
    days = [dt.date(2026, 3, 2), *calendar().working_days(dt.date(2026, 3, 3), dt.date(2026, 3, 13))]

    def on(day: int):
        return time_machine.travel(dates.at(days[day], dt.time(10)), tick=False)

    with on(0):
        application = office.sent()
    with on(3):
        office.act(application, AppAction.AMBIL, office.checker)
        items = list(application.type.items(application.kind))
        office.act(application, AppAction.TERUSKAN, office.checker, checked=items, visit=False)
        office.act(application, AppAction.REKOMENDASI, office.technical, verdict="LAYAK")
    with on(4):
        office.act(application, AppAction.SUSUN, office.section)
        office.act(application, AppAction.PARAF, office.division)
        office.act(application, AppAction.TANDA_TANGANI, office.signer, signer=signers.TrialSigner())
        found = stages.recent(dates.today())
        client = Client()
        client.force_login(office.signer)
        page = client.get("/papan/").content.decode()
    assert [(stage.name, stage.share, stage.files, stage.median, stage.over) for stage in found] == [
        ("berkas", 40, 1, 2, 0), ("lapangan", 40, 1, 0, 0), ("naskah", 20, 1, 2, 1),
    ]  # fmt: skip
    assert found[2].over_share == 100
    assert "Berapa lama tiap tahap" in page
    assert [stage.files for stage in stages.recent(days[4] + dt.timedelta(days=91))] == [0, 0, 0]


def test_board_counts_colours(office, month):
    found = applications.board(office.signer)
    assert (found.total, found.red, [row.used_days for row in found.late]) == (1, 1, [6])


def test_board_tells_what_ends_soon_and_how_far_the_sample_is(office):
    permit = Permit.objects.get(application=office.application(S.TERBIT, "REKLAME-T"))
    today = dates.today()
    assert permits.expiring(today) == {}
    assert permits.expiring(permit.ends_on - dt.timedelta(days=90)) == {"REKLAME-T": 1}
    report = registered(office.owner)
    reports.perform(report.pk, Action.PILIH_SAMPEL, None, data={"rule": SampleRule.ACAK})
    assert officers.sample_audit() == officers.SampleAudit(chosen=1, inspected=0, wrong=0, overdue=0)
    reports.perform(report.pk, Action.CATAT_HASIL, office.inspector, data=visit(Outcome.TIDAK_SESUAI))
    assert officers.sample_audit() == officers.SampleAudit(chosen=1, inspected=1, wrong=1, overdue=0)


def test_month_as_pdf_a(office, month):
    client = Client()
    client.force_login(office.signer)
    answer = client.get("/laporan-bulanan/?ekspor=pdf")
    assert answer.content.startswith(b"%PDF-")
    assert b"pdfaid:part" in answer.content
    assert answer["Content-Disposition"] == f'attachment; filename="laporan-{dates.today():%Y-%m}.pdf"'
    first, now = dates.today().replace(day=1), dates.now()
    given = first, monthly.lines(first), places.month(first), now
    assert papers.month(*given) == papers.month(*given)


def test_half_years_follow_each_other():
    half = semester.half_of("2026-2", dates.today())
    assert (half.first, half.last) == (dt.date(2026, 7, 1), dt.date(2026, 12, 31))
    assert [half.moved(by).key for by in (-2, -1, 1, 2)] == ["2025-2", "2026-1", "2027-1", "2027-2"]
    for text in ("", "2026", "2026-3", "0000-1", "٢٠٢٦-1", "x-1"):
        assert semester.half_of(text, dt.date(2026, 6, 30)).key == "2026-1"


def test_half_year_tells_elements_complaints_and_standards(office, month):
    """Ten answers, the lowest element named; a complaint answered late, one still open past its day."""
    for number in range(10):
        application = office.application(S.DIBATALKAN)
        values = dict.fromkeys(Element.values, 4) | {"u3": 2 if number < 5 else 3}
        survey.answer(application, values)
    start = dates.today()
    told = [complaints.file(kind="PELAYANAN", text="Petugas loket lama sekali melayani warga.") for _ in range(3)]
    for complaint, days in zip(told, (4, 12), strict=False):
        with time_machine.travel(dates.at(calendar().add(start, days), dt.time(9)), tick=False):
            complaints.machine.perform(complaint.pk, ComplaintAction.TELAAH, office.inspector)
            complaints.machine.perform(complaint.pk, ComplaintAction.JAWAB, office.inspector, note="Sudah diperbaiki.")
    half = semester.half_of("", start)
    with time_machine.travel(dates.at(calendar().add(start, 12), dt.time(9)), tick=False):
        found = semester.report(half)
    line = next(line for line in found.complaints if line.received)
    assert (line.name, line.received, line.answered, line.in_time, line.open_late, line.days) == (
        "Pelayanan lambat atau tidak baik", 3, 2, 1, 1, 8
    )  # fmt: skip
    assert [name for name, _mean, lowest in found.elements if lowest] == ["Waktu"]
    assert found.index_words == "95,83 (A, sangat baik)"
    assert {standard.words for standard in found.standards} == {"lengkap"}
    assert found.decided.decided == 5
    client = Client()
    client.force_login(office.signer)
    page = client.get(f"/laporan-semester/?semester={half.key}").content.decode()
    assert "95,83" in page
    assert client.get(f"/laporan-semester/?semester={half.key}&ekspor=pdf").content.startswith(b"%PDF-")


def test_reports_and_load_of_a_month(office):
    """Two laundries and a café, one visited and not as reported; each officer's files count once."""
    for code in ("96100", "96100", "56303"):
        report = registered(office.owner, code, capital=20_000_000, workers=3)
    reports.perform(report.pk, Action.PILIH_SAMPEL, None, data={"rule": SampleRule.ACAK})
    reports.perform(report.pk, Action.CATAT_HASIL, office.inspector, data=visit(Outcome.TIDAK_SESUAI))
    office.application(S.TERBIT)
    office.application(S.PERLU_PERBAIKAN)
    first = dates.today().replace(day=1)
    found = small.month(first)
    assert (found.received, found.capital, found.jobs, found.visited, found.wrong_share) == (3, 60_000_000, 9, 1, 100)
    assert [number for _, number in found.kinds] == [2, 1]
    assert sorted(number for _, number in found.groups) == [1, 2]
    assert {name for name, _ in found.groups} <= set(kbli.sections().values())
    assert found.scales == [("Mikro", 3)]
    assert dict(small.load(first)) == {"Verifikator": 2, "Teknis": 1}
    assert small.month(dt.date(2019, 12, 1)).received == 0
    assert papers.month(first, [], [], dates.now()).startswith(b"%PDF-")


def test_pledge_and_questions_say_the_region_s_own_numbers(client, db):
    page = client.get("/tanya-jawab/").content.decode()
    assert "Maklumat pelayanan" in page
    assert "Rp500 juta" in page
    assert "10 hari kerja" in page
