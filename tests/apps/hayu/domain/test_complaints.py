"""Complaints: filed by anybody, answered in time, the reporter hidden from whom it concerns."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from build import person
from core import audit, dates, notify
from core.calendar import calendar
from core.errors import NotAllowed, Refused
from core.models import Notification
from hayu.domain import complaints
from hayu.domain.complaints import machine
from hayu.enums import AppState as S
from hayu.enums import ComplaintAction as Act
from hayu.enums import ComplaintState
from hayu.models import Complaint

TEXT = "Petugas meminta uang lima puluh ribu di loket tiga."
SECRET = {"name": "Budi Pelapor", "contact": "budi@contoh.invalid"}


def filed(**changes) -> Complaint:
    return complaints.file(**{"kind": "PUNGUTAN", "text": TEXT, **SECRET} | changes)


def later(days: int):
    return calendar().add(dates.today(), days)


def test_receipt_at_once_without_a_name(office):
    complaint = filed(name="", contact="")
    assert complaint.number == f"3273-ADUAN-{dates.today().year}-000001"
    assert (complaint.state, complaint.answer_by) == (ComplaintState.DITERIMA, later(10))


@pytest.mark.parametrize(("change", "field"), [({"text": "Lambat."}, "text"), ({"related": "XXXX"}, "about")])
def test_too_short_or_about_nothing_known(db, change, field):
    with pytest.raises(Refused) as refusal:
        filed(**change)
    assert [fault.field for fault in refusal.value.faults] == [field]
    assert Complaint.objects.count() == 0


def test_about_whatever_paper_one_holds(office, world_report):
    application = office.application(S.TERBIT)
    permit = application.permit
    for text, column in ((permit.code, "permit"), (permit.number, "permit"), (application.receipt, "application"),
                         (world_report.code, "report"), (world_report.number, "report")):  # fmt: skip
        assert getattr(filed(related=f" {text.lower()} "), column) is not None


@pytest.fixture
def world_report(office):
    from build import registered

    return registered(office.owner)


def test_answered_in_time_and_told_by_mail(office):
    complaint = filed()
    for action, note in ((Act.TELAAH, ""), (Act.TINDAK, "Petugas dipanggil."), (Act.JAWAB, "Uang dikembalikan.")):
        complaint = machine.perform(complaint.pk, action, office.inspector, note=note)
    assert (complaint.state, complaint.answer) == (ComplaintState.DIJAWAB, "Uang dikembalikan.")
    notify.send_due()
    assert (mail.outbox[-1].to, "Uang dikembalikan." in mail.outbox[-1].body) == ([SECRET["contact"]], True)
    assert machine.perform(complaint.pk, Act.TUTUP, office.inspector).state == ComplaintState.DITUTUP


def test_extended_once(office):
    complaint = filed()
    machine.perform(complaint.pk, Act.TELAAH, office.inspector)
    extended = machine.perform(complaint.pk, Act.PERPANJANG, office.inspector, note="Menunggu rekaman kamera.")
    assert extended.answer_by == later(17)
    with pytest.raises(Refused, match="pernah diperpanjang"):
        machine.perform(complaint.pk, Act.PERPANJANG, office.inspector, note="Lagi.")


def test_the_reporter_is_hidden_from_whom_it_concerns(office):
    """Who acted on the file neither sees nor handles the complaint; nothing of the reporter is in log or pages."""
    application = office.application(S.VERIFIKASI_BERKAS)
    office.checker.assignments.create(role="PENGAWAS", valid_from=dates.today())
    office.checker.forget_roles()
    complaint = filed(related=application.receipt)
    assert list(complaints.open_to(office.checker)) == []
    assert list(complaints.open_to(office.inspector)) == [complaint]
    with pytest.raises(NotAllowed):
        machine.perform(complaint.pk, Act.TELAAH, office.checker)
    with pytest.raises(NotAllowed):
        complaints.reveal(complaint, office.checker, "Ingin tahu siapa yang mengadu.")
    accused, handler, public = Client(), Client(), Client()
    accused.force_login(office.checker)
    handler.force_login(office.inspector)
    handle = reverse("hayu:complaint_handle", args=[complaint.public_id])
    assert accused.get(handle).status_code == 404
    pages = [handler.get(handle), public.get(reverse("hayu:complaint", args=[complaint.public_id])),
             handler.get("/pengaduan/masuk/")]  # fmt: skip
    told = " ".join(page.content.decode() for page in pages) + str(list(audit.history(complaint).values()))
    assert SECRET["name"] not in told
    assert SECRET["contact"] not in told
    assert TEXT not in pages[1].content.decode()


def test_opening_the_identity_is_logged_with_its_purpose(office):
    complaint = filed()
    client = Client()
    client.force_login(office.inspector)
    address = reverse("hayu:complaint_reveal", args=[complaint.public_id])
    assert client.post(address, {"purpose": "pendek"}).status_code == 409
    page = client.post(address, {"purpose": "Meminta keterangan tambahan kepada pelapor."}).content.decode()
    assert SECRET["name"] in page
    entry = audit.history(complaint).last()
    assert (entry.action, entry.actor, entry.role) == ("lihat_data_terlindungi", office.inspector, "PENGAWAS")


def test_the_form_keeps_what_was_typed(client, office):
    page = client.post("/pengaduan/", {"kind": "LAIN", "text": "pendek", "about": "ZZZ", "name": "Budi"})
    assert page.status_code == 409
    assert 'value="Budi"' in page.content.decode()
    done = client.post("/pengaduan/", {"kind": "LAIN", "text": TEXT, "name": "Budi"}, follow=True)
    complaint = Complaint.objects.get()
    assert complaint.number in done.content.decode()
    assert complaint.reporter_name == "Budi"
    assert Notification.objects.count() == 0


def test_an_inspector_of_another_matter_may_handle_it(office):
    other = person("pengawas2", "PENGAWAS")
    assert machine.perform(filed().pk, Act.TELAAH, other).officer == other


def test_late_ones_are_told_by_level_and_once_each(office):
    """Not looked at after 3 days, nearly due, then each day late; the heads hear only of what is late."""
    complaint, start = filed(), dates.today()

    def told(days: int, user) -> int:
        with time_machine.travel(dates.at(calendar().add(start, days), dt.time(9)), tick=False):
            complaints.escalate(dates.today())
            complaints.escalate(dates.today())
        return Notification.objects.filter(user=user, event="pengaduan.terlambat").count()

    assert [told(days, office.inspector) for days in (1, 3, 4, 7, 8, 10, 11, 12)] == [0, 0, 1, 1, 2, 2, 3, 4]
    assert Notification.objects.filter(user=office.signer, event="pengaduan.terlambat").count() == 2
    assert Notification.objects.filter(user=office.division).count() == 2
    complaint.refresh_from_db()
    assert (complaint.state, complaint.escalated) == (ComplaintState.DITERIMA, 4)
    bodies = " ".join(Notification.objects.values_list("body", flat=True))
    assert complaint.number in bodies
    assert SECRET["name"] not in bodies


def test_an_answer_ends_the_alarm_and_an_extension_begins_it_anew(office):
    complaint = filed()
    machine.perform(complaint.pk, Act.TELAAH, office.inspector)
    with time_machine.travel(dates.at(later(9), dt.time(9)), tick=False):
        assert complaints.escalate(dates.today()) == 1
        extended = machine.perform(complaint.pk, Act.PERPANJANG, office.inspector, note="Menunggu rekaman.")
        assert (extended.escalated, complaints.escalate(dates.today())) == (0, 0)
    with time_machine.travel(dates.at(calendar().add(extended.answer_by, -1), dt.time(9)), tick=False):
        assert complaints.escalate(dates.today()) == 1
        machine.perform(complaint.pk, Act.JAWAB, office.inspector, note="Sudah diganti.")
    with time_machine.travel(dates.at(calendar().add(extended.answer_by, 3), dt.time(9)), tick=False):
        assert complaints.escalate(dates.today()) == 0


def test_whom_it_concerns_hears_nothing_of_it(office):
    application = office.application(S.VERIFIKASI_BERKAS)
    office.checker.assignments.create(role="PENGAWAS", valid_from=dates.today())
    office.checker.forget_roles()
    filed(related=application.receipt)
    with time_machine.travel(dates.at(later(5), dt.time(9)), tick=False):
        complaints.escalate(dates.today())
    told = Notification.objects.filter(event="pengaduan.terlambat").values_list("user", flat=True)
    assert list(told) == [office.inspector.pk]
