"""Whoever is served at the desk is told what an account holder is told: by mail, or by short message."""

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from test_sms import Recorder

from build import PHONE, World, registered
from core import dates, notify
from core.models import Notification
from hayu.domain import reach, retention, sms
from hayu.domain.permits.issued import machine as permits
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.enums import PermitAction
from hayu.models import Application, Permit, ShortMessage

MAIL = "ani@contoh.invalid"
WHY = "Papan lebih besar dari yang diizinkan."


@pytest.fixture
def gateway(monkeypatch):
    """Let the region have a gateway for short messages."""
    here = sms.region()
    notified = SimpleNamespace(whatsapp_sms="gateway")
    monkeypatch.setattr(sms, "region", lambda: SimpleNamespace(notify=notified, terms=here.terms))


def told(event: str) -> Notification:
    return Notification.objects.get(event=event, user=None)


def test_by_mail_what_an_account_holder_reads(office, mailoutbox):
    """The same words to the address they left, the public page as the link; the desk hears nothing of its own."""
    mine = office.sent()
    theirs = office.sent("SKP", user=office.desk, email=MAIL)
    said, own = told("izin.diterima"), Notification.objects.get(event="izin.diterima", user=office.owner)
    assert own.body == said.body.removesuffix(f"\n\n{reach.AT_THE_DESK}").replace(theirs.receipt, mine.receipt).replace(
        theirs.type.name, mine.type.name
    ).replace(dates.long_date(theirs.due_on), dates.long_date(mine.due_on))
    assert (said.address, said.link) == (MAIL, f"/lacak/?resi={theirs.receipt}")
    assert Notification.objects.filter(user=office.desk).count() == 0
    notify.send_due()
    mail = next(mail for mail in mailoutbox if mail.to == [MAIL])
    assert theirs.receipt in mail.subject
    assert f"/lacak/?resi={theirs.receipt}" in mail.body
    way = Recorder()
    sms.collect()
    sms.send_due(way)
    assert [phone for phone, text in way.sent if theirs.receipt in text] == [PHONE]


def test_by_short_message_without_a_mail_address(office, gateway):
    """Only for the true state, at most three tries, then listed; the telephone number stands in no row."""
    application = office.sent("SKP", user=office.desk)
    assert [(row.event, row.notification) for row in ShortMessage.objects.all()] == [("izin.diterima", None)]
    way = Recorder()
    assert sms.send_due(way) == (1, 0)
    text = f"Pemkot Bandung: Permohonan diterima: {application.receipt}. Resi {application.receipt}."
    assert way.sent == [(PHONE, text)]
    items = [{"item": next(iter(application.type.items("BARU"))), "reason": "Tidak terbaca."}]
    office.act(application, Act.AMBIL, office.checker)
    office.act(application, Act.KEMBALIKAN, office.checker, flagged=items)
    office.act(application, Act.BATALKAN, office.desk)
    assert sms.send_due(way) == (0, 1)  # it was withdrawn: nobody is asked to mend it
    assert not ShortMessage.objects.filter(event="izin.perlu_perbaikan").exists()
    office.sent("SIP-NAKES", user=office.desk)
    moment = dates.now()
    for after in (0, 6, 40):
        with time_machine.travel(moment + dt.timedelta(minutes=after), tick=False):
            sms.send_due(Recorder(broken=True))
    assert sms.digest(dates.today() + dt.timedelta(days=1)) == 1
    assert "Permohonan diterima" in Notification.objects.get(user=office.admin).body


def test_nothing_waits_where_the_region_has_no_gateway(office):
    office.sent("SKP", user=office.desk)
    assert not ShortMessage.objects.exists()
    assert not Notification.objects.filter(event="izin.diterima").exists()


def test_of_a_permit_to_the_address_of_its_application(office, gateway):
    by_mail, by_phone = (
        Permit.objects.get(application=office.application(S.TERBIT, code, user=office.desk, **more))
        for code, more in (("SKP", {"email": MAIL}), ("REKLAME-I", {}))
    )
    for permit in (by_mail, by_phone):
        permits.perform(permit.pk, PermitAction.CABUT, office.signer, note=WHY, data={"ground": "PERMINTAAN"})
    said = told("izin.dicabut")
    assert (said.address, said.link) == (MAIL, reverse("hayu:check_code", args=[by_mail.code]))
    assert WHY in said.body
    assert [row.object_id for row in ShortMessage.objects.filter(event="izin.dicabut")] == [str(by_phone.pk)]


def test_of_a_reported_business(db):
    world = World()
    report = registered(world.desk, desk=True, email=MAIL)
    said = told("lapor.terdaftar")
    assert (said.address, said.link) == (MAIL, reverse("hayu:check_code", args=[report.code]))
    assert report.number in said.subject
    assert said.body.endswith(reach.REPORTED_AT_THE_DESK)


def test_the_desk_asks_for_the_address_and_a_wrong_one_stays_typed(office):
    client = Client()
    client.force_login(office.desk)
    address = client.post("/izin/skp/ajukan/", {"loket": "ya"}).url
    assert 'name="email"' in client.get(address).content.decode()
    wrong = client.post(address, {"email": "ani di contoh"}).content.decode()
    assert 'value="ani di contoh"' in wrong
    assert 'href="#id_email"' in wrong
    owner = Client()
    owner.force_login(office.owner)
    page = owner.get(owner.post("/izin/skp/ajukan/").url).content.decode()
    assert 'name="email"' not in page


def test_the_address_ends_with_the_period(office, gateway):
    """Mail address, messages and short messages go when the personal data go."""
    application = office.application(S.DITOLAK, user=office.desk)
    Application.objects.filter(pk=application.pk).update(email=MAIL, decided_at=dates.at(dt.date(2015, 1, 5)))
    assert ShortMessage.objects.filter(object_id=str(application.pk)).exists()
    assert retention.run(dates.today())["PERMOHONAN"] == 1
    application.refresh_from_db()
    assert (application.email, application.phone) == ("", "")
    assert not ShortMessage.objects.filter(object_id=str(application.pk)).exists()
