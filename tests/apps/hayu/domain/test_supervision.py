"""Inspections of issued permits: plan, day, visit with photos and position, findings, what follows, the end."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from office import minutes, planned

from build import NIK, person, photo
from core import dates, files
from core.calendar import calendar
from core.errors import NotAllowed, Refused
from core.models import Notification
from hayu.domain import complaints
from hayu.domain.permits import supervision
from hayu.domain.permits.issued import machine as permits
from hayu.domain.permits.supervision import TABLE, machine
from hayu.domain.queries import officers, visits
from hayu.enums import AppAction, AppState, FollowUp, Outcome, PermitAction, PermitFinding, PermitState, Trigger
from hayu.enums import InspectionAction as Act
from hayu.enums import InspectionState as S
from hayu.models import Supervision

SEEN = "Papan dan isinya dilihat bersama pemegang izin."
BAD = {"outcome": Outcome.TIDAK_SESUAI, "findings": [PermitFinding.MELEBIHI.value]}


@pytest.fixture
def permit(office):
    return office.application(AppState.TERBIT).permit


def today() -> dt.date:
    return calendar().add(dates.today(), 0)


def visited(office, permit, **changes) -> Supervision:
    """Return an inspection with its minutes, made on the next working day."""
    row = planned(office, permit)
    with time_machine.travel(dates.at(today(), dt.time(10)), tick=False):
        machine.perform(row.pk, Act.JADWALKAN, office.inspector, data={"day": today()})
        machine.perform(row.pk, Act.MULAI, office.inspector)
        return machine.perform(row.pk, Act.CATAT, office.inspector, note=SEEN, data=minutes(**changes))


def test_rows_are_those_of_the_specification():
    assert [(row.source, row.target) for row in TABLE[1:]] == [
        ((S.DIRENCANAKAN, S.DIJADWALKAN), S.DIJADWALKAN), ((S.DIJADWALKAN,), S.BERJALAN), ((S.BERJALAN,), S.SELESAI),
        ((S.SELESAI,), S.TINDAK_LANJUT), ((S.SELESAI, S.TINDAK_LANJUT), S.DITUTUP),
    ]  # fmt: skip


def test_from_plan_to_end_when_all_is_well(office, permit):
    done = visited(office, permit)
    assert (done.state, done.outcome, done.officer) == (S.SELESAI, Outcome.SESUAI, office.inspector)
    assert len(files.current(done)) == 1
    with pytest.raises(Refused, match="Tidak ada temuan"):
        machine.perform(done.pk, Act.TINDAK_LANJUTI, office.inspector, note=SEEN)
    closed = machine.perform(done.pk, Act.TUTUP, office.inspector, note="Sesuai izin.")
    assert closed.state == S.DITUTUP
    told = Notification.objects.filter(user=office.owner, event="izin.pemeriksaan").get()
    assert told.link == f"/pemeriksaan-izin/{done.public_id}/"


def test_findings_are_followed_up_before_the_end(office, permit):
    done = visited(office, permit, **BAD)
    with pytest.raises(Refused, match="Tindak lanjuti dahulu"):
        machine.perform(done.pk, Act.TUTUP, office.inspector, note="Selesai.")
    data = {"follow_up": FollowUp.PEMBETULAN}
    followed = machine.perform(done.pk, Act.TINDAK_LANJUTI, office.inspector, note="Kecilkan papannya.", data=data)
    assert followed.fix_by == calendar().add(dates.today(), 14)
    assert "Kecilkan papannya." in Notification.objects.get(event="izin.temuan").body
    permit.refresh_from_db()
    assert permit.warnings == 0
    assert machine.perform(done.pk, Act.TUTUP, office.inspector, note="Sudah dikecilkan.").state == S.DITUTUP


def test_a_warning_is_given_on_the_permit_too_or_not_at_all(office, permit):
    done, data = visited(office, permit, **BAD), {"follow_up": FollowUp.PERINGATAN}
    followed = machine.perform(done.pk, Act.TINDAK_LANJUTI, office.inspector, note="Kecilkan papannya.", data=data)
    permit.refresh_from_db()
    assert (permit.warnings, permit.answer_by) == (1, followed.fix_by)
    machine.perform(done.pk, Act.TUTUP, office.inspector, note="Dibetulkan.")
    again = visited(office, permit, **BAD)
    with pytest.raises(Refused):  # the first warning still runs
        machine.perform(again.pk, Act.TINDAK_LANJUTI, office.inspector, note="Masih sama.", data=data)
    again.refresh_from_db()
    assert (again.state, again.follow_up) == (S.SELESAI, "")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"photos": []}, "photo_1"), ({"latitude": 48.8, "longitude": 2.3}, "latitude"),
        ({"latitude": None}, "latitude"), ({"outcome": ""}, "outcome"), ({"findings": ["SYARAT"]}, "findings"),
        ({"outcome": Outcome.TIDAK_SESUAI}, "findings"), (BAD | {"findings": ["LAIN"]}, "findings"),
    ],
)  # fmt: skip
def test_minutes_are_whole_or_nothing_is_written(office, permit, change, field):
    with pytest.raises(Refused) as refusal:
        visited(office, permit, **change)
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert Supervision.objects.get().state == S.BERJALAN


def test_days_and_people(office, permit):
    row = planned(office, permit)
    for day in (dates.today() - dt.timedelta(days=1), calendar().add(dates.today(), 31), None):
        with pytest.raises(Refused):
            machine.perform(row.pk, Act.JADWALKAN, office.inspector, data={"day": day})
    day = calendar().add(dates.today(), 5)
    machine.perform(row.pk, Act.JADWALKAN, office.inspector, data={"day": day})
    with pytest.raises(Refused, match="dijadwalkan"):
        machine.perform(row.pk, Act.MULAI, office.inspector)
    with time_machine.travel(dates.at(day, dt.time(10)), tick=False):
        machine.perform(row.pk, Act.MULAI, office.inspector)
        with pytest.raises(NotAllowed, match="memulai"):
            machine.perform(row.pk, Act.CATAT, person("lain", "PENGAWAS"), note=SEEN, data=minutes())
        with pytest.raises(NotAllowed):
            machine.perform(row.pk, Act.CATAT, office.signer, note=SEEN, data=minutes())


def test_one_at_a_time_and_only_what_holds(office, permit):
    planned(office, permit)
    assert not supervision.may_plan(office.inspector, permit)
    with pytest.raises(Refused, match="sedang dalam pemeriksaan"):
        planned(office, permit)
    other = office.application(AppState.TERBIT).permit
    permits.perform(other.pk, PermitAction.CABUT, office.signer, note=SEEN, data={"ground": "PERMINTAAN"})
    with pytest.raises(Refused, match="tidak berlaku lagi"):
        planned(office, type(other).objects.get(pk=other.pk))


def test_nobody_inspects_the_own_permit_and_kecamatan_is_a_limit(office, permit):
    own = person("pengawas_pemilik", "PENGAWAS", nik=NIK)
    elsewhere = person("pengawas_sana", "PENGAWAS", scope="32.73.99")
    row = planned(office, permit)
    for user in (own, elsewhere):
        assert list(supervision.open_to(user)) == []
        with pytest.raises(NotAllowed):
            machine.perform(row.pk, Act.JADWALKAN, user, data={"day": today()})


def test_a_suspended_permit_is_restored_after_an_inspection_found_it_mended(office, permit):
    with time_machine.travel(dates.at(dates.today(), dt.time(6)), tick=False):
        permits.perform(permit.pk, PermitAction.BEKUKAN, office.signer, note=SEEN, data={"bahaya": True})
    visited(office, type(permit).objects.get(pk=permit.pk))
    restored = permits.perform(permit.pk, PermitAction.PULIHKAN, office.signer, note="Sudah diperiksa ulang.")
    assert (restored.state, restored.suspended_until) == (PermitState.BERLAKU, None)


def test_what_waits_stands_on_the_first_page(office, permit):
    """The inspector's open inspections; the head's suspensions past their ninety days, not a day earlier."""
    planned(office, permit)
    permits.perform(permit.pk, PermitAction.BEKUKAN, office.signer, note=SEEN, data={"bahaya": True})
    inspector, head = Client(), Client()
    inspector.force_login(office.inspector)
    assert "1 hal menunggu Anda" in inspector.get("/tugas/").content.decode()
    for days, listed in ((90, []), (91, [permit])):
        with time_machine.travel(dates.at(dates.today() + dt.timedelta(days=days), dt.time(9)), tick=False):
            assert list(officers.overdue_suspensions(office.signer)) == listed
            head.force_login(office.signer)
            page = head.get("/tugas/").content.decode()
            assert "Tugas saya" in page
            assert (permit.number in page) == bool(listed)
    assert list(officers.overdue_suspensions(office.inspector)) == []


def test_calendar_has_visits_and_inspections_each_for_its_readers(office):
    """Beside each other on their day; whoever may not open one does not see it; what was missed stands first."""
    day, permit = calendar().add(dates.today(), 1), office.application(AppState.TERBIT, "SKP").permit
    visit = office.application(AppState.PENINJAUAN, "REKLAME-T")
    office.act(visit, AppAction.JADWALKAN, office.technical, day=day)
    row = planned(office, permit)
    machine.perform(row.pk, Act.JADWALKAN, office.inspector, data={"day": day})

    def numbers(user, wanted=visits.appointed, days=None) -> list[str]:
        return [found.number for found in wanted(user, *(days or (dates.today(), day)))]

    assert numbers(office.inspector) == numbers(office.signer) == [visit.receipt, permit.number]
    assert (numbers(office.technical), numbers(office.second)) == ([visit.receipt], [visit.receipt])
    assert numbers(person("pengawas_sana", "PENGAWAS", scope="32.73.99")) == []
    assert numbers(office.inspector, days=(day + dt.timedelta(days=1), day + dt.timedelta(days=9))) == []
    client = Client()
    client.force_login(office.inspector)
    page = client.get("/kalender/").content.decode()
    assert "2 kunjungan dalam dua minggu" in page
    assert f"/pemeriksaan-izin/{row.public_id}/" in page
    assert "Harinya sudah lewat" not in page
    client.force_login(office.technical)
    assert row.public_id not in client.get("/kalender/").content.decode()
    later = calendar().add(day, 1)
    with time_machine.travel(dates.at(later, dt.time(10)), tick=False):
        assert numbers(office.inspector, visits.missed, (later,)) == [visit.receipt, permit.number]
        machine.perform(row.pk, Act.MULAI, office.inspector)
        machine.perform(row.pk, Act.CATAT, office.inspector, note=SEEN, data=minutes())
        assert numbers(office.inspector, visits.missed, (later,)) == [visit.receipt]
        client.force_login(office.inspector)
        assert "Harinya sudah lewat" in client.get("/kalender/").content.decode()


def test_pages_from_a_complaint_to_the_minutes(office, permit):
    """The complaint stays with who handles it: the holder reads minutes and day, neither why nor who complained."""
    text = "Papan di depan rumah kami jauh lebih besar dari izinnya."
    complaint = complaints.file(kind="USAHA", text=text, related=permit.number)
    officer, owner = Client(), Client()
    officer.force_login(office.inspector)
    owner.force_login(office.owner)
    handle = officer.get(reverse("hayu:complaint_handle", args=[complaint.public_id])).content.decode()
    plan = f"{reverse('hayu:supervision_plan', args=[permit.code])}?pengaduan={complaint.public_id}"
    assert plan in handle
    answer = officer.post(plan, {"trigger": "", "note": "Diadukan tetangga."})
    assert "Diadukan tetangga." in answer.content.decode()
    address = officer.post(plan, {"trigger": Trigger.PENGADUAN, "note": "Diadukan tetangga."}).url
    row = Supervision.objects.get()
    assert (row.complaint, address) == (complaint, f"/pemeriksaan-izin/{row.public_id}/")
    act = f"{address}tindakan/"
    officer.post(f"{act}jadwalkan_pemeriksaan/", {"day": f"{today():%d/%m/%Y}", "version": row.version})
    with time_machine.travel(dates.at(today(), dt.time(10)), tick=False):
        officer.force_login(office.inspector)  # whatever the hour now: sessions end
        row.refresh_from_db()
        officer.post(f"{act}mulai/", {"version": row.version})
        row.refresh_from_db()
        form = officer.get(f"{act}catat_pemeriksaan/").content.decode()
        assert f'data-keep="{act}catat_pemeriksaan/"' in form
        given = {"outcome": "TIDAK_SESUAI", "findings": ["MELEBIHI"], "latitude": "-6,9", "longitude": "107,6",
                 "note": SEEN, "photo_1": photo(), "version": row.version}  # fmt: skip
        assert officer.post(f"{act}catat_pemeriksaan/", given).status_code == 302
    officer.force_login(office.inspector)  # back in today's hour, with a sign-in of today's hour
    told = owner.get(address).content.decode()
    assert SEEN in told
    assert "melebihi izin" in told
    for hidden in (complaint.number, "Diadukan tetangga", text, "Ada pengaduan"):
        assert hidden not in told
        assert hidden in officer.get(address).content.decode() or hidden == text
    picture = reverse("core:file", args=[files.current(row)[0].public_id])
    assert [b"".join(client.get(picture).streaming_content) != b"" for client in (owner, officer)] == [True, True]
    stranger = Client()
    stranger.force_login(office.stranger)
    assert stranger.get(picture).status_code == 404


def test_lists_take_the_same_queries_for_one_and_three(office, permit, django_assert_max_num_queries):
    client = Client()
    client.force_login(office.inspector)
    planned(office, permit)
    client.get("/pemeriksaan-izin/")
    with django_assert_max_num_queries(16) as one:
        client.get("/pemeriksaan-izin/")
    for _ in range(2):
        planned(office, office.application(AppState.TERBIT).permit)
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert client.get("/pemeriksaan-izin/").content.decode().count('class="record"') == 3
