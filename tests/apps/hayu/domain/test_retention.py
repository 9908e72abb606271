"""Personal data end with the region's period: applications after 5 years, permits after 10, once and in the log."""

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from office import LEGAL, WHY, planned

from build import NIK, draft, photo, visit
from core import audit, dates, files
from core.calendar import calendar
from core.models import Notification, StoredFile
from hayu.domain import complaints, receipts, retention
from hayu.domain.machine import machine as reports
from hayu.domain.permits import supervision, tracking
from hayu.domain.permits.issued import machine as permits
from hayu.domain.queries import erasures, monthly, search
from hayu.enums import Action, AppAction, ComplaintAction, Erased, InspectionAction, PermitAction, State
from hayu.enums import AppState as S
from hayu.models import Application, Complaint, Permit, Report, SurveyAnswer

TODAY = dates.today()


def taken(day: dt.date = TODAY) -> dict[str, int]:
    """Run it, and return how many of each kind were taken."""
    return {kind: number for kind, number in retention.run(day).items() if number}


def ago(years: int, more: int = 1) -> dt.datetime:
    """Return a moment so many years and some days before today."""
    return dates.at(TODAY.replace(year=TODAY.year - years, day=min(TODAY.day, 28)) - dt.timedelta(days=more))


@pytest.fixture
def refused(office):
    application = office.application(S.DITOLAK)
    Application.objects.filter(pk=application.pk).update(decided_at=ago(5))
    return application


def texts(row) -> str:
    """Return every value of a row as one text."""
    return " ".join(str(getattr(row, field.attname)) for field in row._meta.fields)


def test_an_application_without_a_permit(office, refused, django_capture_on_commit_callbacks):
    """Names, numbers, answers, documents and their files are gone; what statistics count is as before."""
    kept = office.application(S.DITOLAK)
    first = ago(5).date().replace(day=1)
    before = monthly.lines(first)
    paths = [files.absolute(row) for row in files.current(refused)]
    assert all(path.is_file() for path in paths)
    assert paths
    with django_capture_on_commit_callbacks(execute=True):
        assert taken() == {"PERMOHONAN": 1}
    refused.refresh_from_db()
    assert (refused.state, refused.holder_name, refused.anonymised_on) == (S.DITOLAK, "Data dihapus", TODAY)
    said = texts(refused)
    for personal in ("Ani Suryani", NIK, "1234567890", "Kenanga", "STR yang dilampirkan", "Contoh nomor str"):
        assert personal in texts(kept)
        assert personal not in said
    assert not [path for path in paths if Path(path).exists()]
    assert monthly.lines(first) == before
    entry = audit.history(refused).last()
    assert (entry.action, entry.actor, entry.role, entry.data["berkas"]) == ("anonimkan", None, "SISTEM", len(paths))
    assert audit.verify() == []
    kept.refresh_from_db()
    assert kept.anonymised_on is None
    assert taken() == {}


def test_nobody_finds_or_tracks_it_any_more(office, refused):
    digits = refused.phone[-4:]
    assert tracking.track(refused.receipt, digits, "1.2.3.4").application == refused
    retention.run(TODAY)
    assert tracking.track(refused.receipt, digits, "1.2.3.4").application is None
    assert search.find(office.auditor, NIK).number == 0
    owner, officer = Client(), Client()
    owner.force_login(office.owner)
    officer.force_login(office.auditor)
    address = f"/permohonan/{refused.public_id}/"
    assert owner.get(address).status_code == 404
    page = officer.get(address).content.decode()
    assert "Data pribadi sudah dihapus" in page
    assert "Ani Suryani" not in page


def test_not_a_day_too_early_and_never_what_is_open(office):
    closed, running = office.application(S.DIBATALKAN), office.application(S.PERLU_PERBAIKAN)
    Application.objects.filter(pk=closed.pk).update(decided_at=dates.at(retention.years_before(TODAY, 5)))
    Application.objects.filter(pk=running.pk).update(sent_at=ago(20))
    assert taken() == {}
    assert taken(TODAY + dt.timedelta(days=1)) == {"PERMOHONAN": 1}


def test_a_permit_takes_its_application_along(office, django_capture_on_commit_callbacks):
    application = office.application(S.TERBIT)
    SurveyAnswer.objects.create(
        application=application, type_code="SIP-NAKES", suggestion="Hubungi saya, Ani.",
        **{f"u{number}": 4 for number in range(1, 10)},
    )  # fmt: skip
    permit = application.permit
    day = calendar().add(TODAY, 0)
    row = planned(office, permit)
    supervision.machine.perform(row.pk, InspectionAction.JADWALKAN, office.inspector, data={"day": day})
    permits.perform(permit.pk, PermitAction.CABUT, office.signer, note="Diminta Ani.", data={"ground": "PERMINTAAN"})
    Application.objects.filter(pk=application.pk).update(decided_at=ago(9))
    assert taken() == {}  # its permit ended today
    Permit.objects.filter(pk=permit.pk).update(ended_on=ago(10).date())
    with django_capture_on_commit_callbacks(execute=True):
        assert taken() == {"IZIN": 1}
    application, permit = Application.objects.get(), Permit.objects.get()
    assert (permit.holder, permit.holder_name, permit.object_text) == (None, "Data dihapus", "Data dihapus")
    assert "Ani" not in texts(application) + texts(permit) + application.survey.suggestion
    assert (application.survey.u1, permit.number, permit.sha256 != "") == (4, application.permit_number, True)
    assert StoredFile.objects.count() == 0
    page = Client().get(f"/cek/{permit.code}/").content.decode()
    assert "Dicabut" in page


def test_who_complained_is_forgotten(office):
    complaint = complaints.file(
        kind="PUNGUTAN", text="Petugas meminta uang kepada Ibu Ani di loket.", name="Budi", contact="b@contoh.invalid"
    )
    complaints.machine.perform(complaint.pk, ComplaintAction.TELAAH, office.inspector)
    complaints.machine.perform(complaint.pk, ComplaintAction.JAWAB, office.inspector, note="Uang dikembalikan.")
    Complaint.objects.update(answered_at=ago(5))
    assert taken() == {"PENGADUAN": 1}
    complaint.refresh_from_db()
    assert (complaint.reporter_name, complaint.reporter_contact) == ("", "")
    assert "Ani" not in complaint.text
    assert complaint.answer == "Uang dikembalikan."


def test_the_position_of_a_visit_becomes_coarse(office):
    application = office.application(S.PERTIMBANGAN_TEKNIS, "REKLAME-T")
    application.visits.update(latitude="-6.903412", longitude="107.618734")
    office.act(application, AppAction.TIDAK_LAYAK, office.technical, WHY, **LEGAL)
    office.act(application, AppAction.SETUJUI_TOLAK, office.division, "Setuju.")
    Application.objects.update(decided_at=ago(5))
    assert taken() == {"PERMOHONAN": 1}
    visit = application.visits.get()
    assert (str(visit.latitude), str(visit.longitude), visit.note) == ("-6.900000", "107.620000", "")
    assert files.current(visit) == []


@pytest.fixture
def ended(world):
    """A report closed ten years ago, once found wanting and mended, with its receipt and its owner's messages."""
    report = world.report(State.PERLU_PEMBETULAN, nib="1234567890123", latitude=-6.917, longitude=107.619)
    data = {"photos": [photo("blue")]}
    reports.perform(report.pk, Action.BETULKAN, world.owner, note="Dapur sudah dibersihkan.", data=data)
    reports.perform(report.pk, Action.CATAT_HASIL, world.inspector, note="Ibu Ani hadir.", data=visit())
    receipts.pdf(Report.objects.get(pk=report.pk))
    reports.perform(report.pk, Action.TUTUP, world.owner, data={"closed_on": TODAY}, note="Pindah.")
    Report.objects.update(ended_on=ago(10).date())
    return Report.objects.get(pk=report.pk)


def test_a_business_report_ends_with_its_files(world, ended, django_capture_on_commit_callbacks):
    """Owner, place, photos, proofs, receipts and messages are gone; number, kind of business and kecamatan stay."""
    paths = [files.absolute(row) for row in StoredFile.objects.all()]
    assert len(paths) == 4  # two photos of visits, a proof, a receipt
    with django_capture_on_commit_callbacks(execute=True):
        assert taken() == {"LAPORAN": 1}
    assert taken() == {}
    found, seen = Report.objects.get(), ended.inspections.first()
    said = texts(found) + texts(seen)
    for personal in ("Ani", NIK, "1234567890", "Melati", "107.619", "-6.917"):
        assert personal in texts(ended) + "Ani"
        assert personal not in said
    assert (found.applicant, found.filed_by, found.number, found.kbli_code) == (None, None, ended.number, "96100")
    assert (found.district_code, found.capital, found.anonymised_on) == (ended.district_code, ended.capital, TODAY)
    assert (str(seen.latitude), seen.note, found.phone_token) == ("-6.900000", "", "")
    assert not [path for path in paths if path.exists()]
    assert StoredFile.objects.count() == Notification.objects.filter(object_id=str(found.pk)).count() == 0
    entry = audit.history(found).last()
    assert (entry.action, entry.role, entry.data["berkas"], entry.data["pesan"]) == ("anonimkan", "SISTEM", 4, 6)
    assert audit.verify() == []
    page = Client().get(f"/cek/{found.code}/").content.decode()
    assert "Tutup" in page
    assert "Bandingkan" not in page  # nothing is kept that a copy could be compared with
    officer = Client()
    officer.force_login(world.auditor)
    page = officer.get(f"/lapor/{found.public_id}/").content.decode()
    assert "Data pribadi sudah dihapus" in page
    assert "Ani Suryani" not in page


def test_a_report_that_runs_or_ended_later_stays(world, ended):
    running = world.report(code="95320", started_on=dt.date(2001, 1, 1))
    Report.objects.filter(pk=running.pk).update(registered_at=ago(20), confirmed_on=ago(20).date())
    Report.objects.filter(pk=ended.pk).update(ended_on=retention.years_before(TODAY, 10))
    assert taken() == {}
    assert taken(TODAY + dt.timedelta(days=1)) == {"LAPORAN": 1}


def test_drafts_left_behind_go_altogether(office, django_capture_on_commit_callbacks):
    """Both lanes, with their files; a draft touched since stays, and one sent meanwhile is no draft."""
    left, fresh, own = office.draft(), office.draft("SKP"), draft(office.owner)
    paths = [files.absolute(row) for row in files.current(left)]
    for row in (left, own):
        type(row).objects.filter(pk=row.pk).update(updated_at=ago(5))
    with django_capture_on_commit_callbacks(execute=True):
        assert taken() == {"DRAF": 2}
    assert (list(Application.objects.all()), Report.objects.count()) == ([fresh], 0)
    assert paths
    assert not [path for path in paths if path.exists()]
    gone = audit.history(left).last()
    assert (gone.action, gone.actor, gone.role, gone.data["berkas"]) == ("buang", None, "SISTEM", len(paths))
    assert audit.verify() == []
    assert taken() == {}


def test_the_statement_counts_and_names_nobody(office, refused):
    """Two days of one month are one line; the page has what is due, what was taken, and nothing of whom."""
    other = office.application(S.DITOLAK)
    taken()
    Application.objects.filter(pk=other.pk).update(decided_at=ago(5))
    client = Client()
    client.force_login(office.auditor)
    (before, *_rest) = erasures.standing(TODAY.year, TODAY)
    assert (before.years, before.due, before.taken, before.files) == (5, 1, 1, 4)
    taken()
    assert [(line.number, line.files) for line in erasures.lines(TODAY.year)] == [(2, 8)]
    page = client.get("/masa-simpan/").content.decode()
    assert "2 data pribadi dihapus" in page
    answer = client.get("/masa-simpan/?ekspor=csv")
    csv = b"".join(answer.streaming_content).decode()
    assert csv.splitlines()[1:] == [f"{TODAY:%Y-%m},Permohonan yang berakhir tanpa izin,2,8"]
    for said in (page, csv):
        assert "Ani" not in said
        assert refused.receipt not in said
    assert client.get("/masa-simpan/?tahun=x").status_code == 200
    assert "Tidak ada data pribadi yang dihapus tahun 2020" in client.get("/masa-simpan/?tahun=2020").content.decode()


def test_reports_and_drafts_have_periods_of_their_own_where_the_region_names_them(monkeypatch):
    """Otherwise a report is kept like a permit and a draft like an application; no period, or none above 0: no end."""
    given: dict[str, int] = {}
    monkeypatch.setattr(retention, "region", lambda: {"privacy": {"retention": given}})
    for kept, expected in (
        ({"applications": 5, "permits": 10}, [5, 10, 5, 10, 5, 10]),
        ({"applications": 5, "permits": 10, "reports": 7, "drafts": 1}, [5, 10, 5, 7, 1, 7]),
        ({"permits": 0}, [None] * 6),
    ):
        given.clear()
        given.update(kept)
        assert [retention.period(kind) for kind in Erased] == expected


def test_no_period_no_end(refused):
    assert not retention.reports_due(TODAY, None).exists()
    assert not retention.drafts_due(Report, TODAY, None).exists()
    assert not retention.applications_due(TODAY, None).exists()
    assert not retention.permits_due(TODAY, None).exists()
    assert not retention.complaints_due(TODAY, None).exists()
