"""Signs of hayu.md section 18: each check finds what it is for, and nothing where all is well."""

import datetime as dt
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from office import minutes, pdf, planned

from build import OTHER_NIK, photo, registered, visit
from core import dates, files, identity
from core.calendar import calendar
from hayu.domain import anomalies
from hayu.domain.anomalies import businesses, papers
from hayu.domain.machine import machine as reports
from hayu.domain.permits import applications, certificates, supervision
from hayu.enums import Action, InspectionAction, SampleRule
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.models import Application, Permit, Report, SigningBatch
from hayu.rules.distance import metres


def sentences(check) -> list[str]:
    return [sign.sentence for sign in check()]


def test_nothing_where_all_is_well(office):
    """One honest permit and one honest report are no sign of anything."""
    office.application(S.TERBIT)
    registered(office.owner)
    assert anomalies.found() == []


def test_split_business(office):
    registered(office.owner, capital=300_000_000)
    registered(office.owner, capital=150_000_000)
    assert sentences(businesses.split) == []
    registered(office.owner, capital=50_000_000)
    assert sentences(businesses.split) == ["3 laporan satu pemilik bermodal Rp500.000.000 seluruhnya."]


def test_split_business_among_people_of_one_telephone(office):
    """Two people, two places, one telephone; one person's own second business is no sign twice."""
    registered(office.owner, capital=300_000_000, phone="+6281299990001")
    registered(office.stranger, capital=200_000_000, phone="+6281299990002", nik=OTHER_NIK, holder_name="Budi")
    assert sentences(businesses.split) == []
    registered(office.stranger, capital=250_000_000, phone="+6281299990001", nik=OTHER_NIK, holder_name="Budi")
    assert sentences(businesses.split) == ["2 laporan satu nomor telepon bermodal Rp550.000.000 seluruhnya."]


def test_reports_from_before_get_the_token_of_their_telephone(office):
    """The migration writes what saving a report writes."""
    report = registered(office.owner)
    Report.objects.update(phone_token="")
    import_module("hayu.migrations.0010_tokens_of_telephones").give_tokens(apps, None)
    assert Report.objects.get().phone_token == report.phone_token == identity.token(report.phone)


def test_capital_just_under_the_limit(office):
    for number in range(30):
        registered(office.owner, "56102", scope=2, capital=9_000_000 + number)
    for number in range(5):
        registered(office.owner, capital=490_000_000 if number < 3 else 5_000_000)
    assert [text.rpartition(": ")[2] for text in sentences(businesses.just_under)] == [
        "3 dari 5 laporan bermodal tepat di bawah batas."
    ]


def test_reused_document_of_different_people_only(office):
    first = office.sent()
    key = first.type.requirements[0].key
    own = office.sent("SIP-MED")
    assert sentences(papers.reused_documents) == []
    other = office.draft(user=office.stranger, nik=OTHER_NIK)
    applications.attach(other, key, pdf(b"palsu"), office.stranger)
    mine = office.draft()
    applications.attach(mine, key, pdf(b"palsu"), office.owner)
    office.act(other, Act.KIRIM, office.stranger, statement=True)
    office.act(mine, Act.KIRIM, office.owner, statement=True)
    found = [text for text in sentences(papers.reused_documents) if str(own.receipt) not in text]
    assert len(found) >= 1


def test_visit_far_away_and_photo_used_twice(office):
    near, far = (registered(office.owner, latitude=-6.9, longitude=lon) for lon in (107.6, 107.61))
    for report in (near, far):
        reports.perform(report.pk, Action.PILIH_SAMPEL, None, data={"rule": SampleRule.ACAK})
        reports.perform(report.pk, Action.CATAT_HASIL, office.inspector, data=visit(photos=[photo("green")]))
    assert sentences(papers.far_visits) == [f"Pengawas mencatat kunjungan 1104 m dari {far.business_name}."]
    assert sentences(papers.reused_photos) == ["Satu foto dipakai pada 2 kunjungan."]
    assert Report.objects.count() == 2


def test_visit_far_from_the_point_of_an_application(office):
    near = office.application(S.PERTIMBANGAN_TEKNIS, "REKLAME-T", latitude=-6.9, longitude=107.6)
    far = office.application(S.PERTIMBANGAN_TEKNIS, "RUANG", latitude=-6.9, longitude=107.61)
    assert sentences(papers.far_visits) == [f"Teknis mencatat kunjungan 1104 m dari titik {far.receipt}."]
    assert near.receipt not in str(sentences(papers.far_visits))


def test_inspections_of_permits_are_looked_at_too(office):
    """Far from the point of the permit, with a photo of another visit; the sign opens only to who reads inspections."""
    permit = office.application(S.TERBIT, "SKP", latitude=-6.9, longitude=107.61).permit
    row, day = planned(office, permit), calendar().add(dates.today(), 0)
    acts, reused = supervision.machine, photo("green")
    with time_machine.travel(dates.at(day, dt.time(10)), tick=False):
        acts.perform(row.pk, InspectionAction.JADWALKAN, office.inspector, data={"day": day})
        acts.perform(row.pk, InspectionAction.MULAI, office.inspector)
        acts.perform(
            row.pk, InspectionAction.CATAT, office.inspector, note="Dilihat.....", data=minutes(photos=[reused])
        )
    assert sentences(papers.far_visits) == [f"Pengawas mencatat kunjungan 1104 m dari titik izin {permit.number}."]
    report = registered(office.owner)
    reports.perform(report.pk, Action.PILIH_SAMPEL, None, data={"rule": SampleRule.ACAK})
    reports.perform(report.pk, Action.CATAT_HASIL, office.inspector, data=visit(photos=[photo("green")]))
    (sign,) = papers.reused_photos()
    assert (sign.sentence, sign.about) == ("Satu foto dipakai pada 2 kunjungan.", report)
    found = {user.username: [each.opens_to(user) for each in (sign, *papers.far_visits())]
             for user in (office.signer, office.auditor, office.section)}  # fmt: skip
    assert found == {"kepala": [True, True], "auditor": [True, True], "kasi": [False, False]}


def test_distance():
    assert metres((-6.9, 107.6), (-6.9, 107.6)) == 0
    assert metres((0, 0), (0, 1)) == 111_195


def test_tampering_with_file_and_number(office):
    permit = Permit.objects.get(application=office.application(S.TERBIT))
    stored = certificates.stored(permit)
    files.absolute(stored).write_bytes(b"%PDF-palsu")
    assert sentences(papers.tampered) == [f"Berkas {permit.number} berbeda dari yang ditandatangani."]
    forged = Permit.objects.get(pk=permit.pk)
    forged.pk, forged.application, forged.number, forged.code = None, office.sent("SKP"), "503/PALSU", "X"
    forged.save()
    assert "503/PALSU tidak mempunyai catatan penerbitan." in sentences(papers.tampered)


@pytest.fixture
def returned(office) -> list[Application]:
    """Five files taken by one officer, three of them returned."""
    rows = [office.application(S.VERIFIKASI_BERKAS) for _ in range(5)]
    for row in rows[:3]:
        flagged = [{"item": "syarat:ktp_pemohon", "reason": "Foto KTP buram."}]
        office.act(row, Act.KEMBALIKAN, office.checker, flagged=flagged)
    return rows


def test_clock_stopping(office, returned):
    assert sentences(anomalies.office.clock_stopping) == ["Verifikator mengembalikan 3 dari 5 berkas."]
    assert sentences(anomalies.office.late_returns) == []


def test_late_return_and_faults_in_instalments(office, returned):
    applications.attach(returned[0], "ktp_pemohon", pdf(b"baru"), office.owner)
    office.act(returned[0], Act.KIRIM_ULANG, office.owner)
    Application.objects.filter(pk=returned[0].pk).update(used_days=4)
    flagged = [{"item": "syarat:pasfoto_terbaru", "reason": "Pasfoto terlalu lama."}]
    office.act(returned[0], Act.KEMBALIKAN, office.checker, flagged=flagged)
    assert len(sentences(anomalies.office.late_returns)) == 1
    assert sentences(anomalies.office.new_faults) == [
        f"{returned[0].receipt}: Verifikator menambah kekurangan baru pada putaran ke-2."
    ]


def test_queue_jumping(office):
    decided = office.application(S.TERBIT, "SKP")
    for _ in range(20):
        row = office.sent("SKP")
        Application.objects.filter(pk=row.pk).update(sent_at=dates.now() - dt.timedelta(days=3))
    assert sentences(anomalies.office.queue_jumping) == [
        f"{decided.receipt} diputus mendahului 20 permohonan lain yang lebih lama."
    ]


def test_speed(office):
    assert sentences(anomalies.office.speed) == []
    for _ in range(5):
        office.application(S.PENETAPAN, "REKLAME-I")
    found = sentences(anomalies.office.speed)
    assert found == [f"Verifikator menyetujui 5 berkas berturut-turut, {dates.short_date(dates.now())}."]
    SigningBatch.objects.create(signer=office.signer, signature="UJI_COBA", lines=[[n, 1] for n in range(51)])
    assert "Kartini Rahayu menandatangani 51 izin sekaligus." in sentences(anomalies.office.speed)


def test_same_pair(office):
    for _ in range(5):
        office.application(S.VERIFIKASI_BERKAS)
    assert sentences(anomalies.office.same_pair) == []  # with one officer in all there is no choice to see
    office.act(office.sent("SKP", user=office.stranger, nik=OTHER_NIK), Act.AMBIL, office.second)
    assert sentences(anomalies.office.same_pair) == ["Verifikator memeriksa 5 dari 5 permohonan Ani Suryani."]


def test_page_lists_them_by_check(office, returned):
    client = Client()
    client.force_login(office.auditor)
    page = client.get("/perlu-dilihat/").content.decode()
    assert "Verifikator mengembalikan 3 dari 5 berkas." in page
    assert "Verifikator mengembalikan" not in client.get("/perlu-dilihat/?periksa=Lain").content.decode()
