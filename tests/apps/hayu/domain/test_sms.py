"""Short messages: only for the true state, three tries, failures told once a day."""

import datetime as dt

import time_machine

from build import PHONE
from core import dates
from core.calendar import calendar
from core.models import Notification
from hayu.domain import sms
from hayu.domain.permits import clock
from hayu.domain.permits.issued import machine as permits
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.enums import PermitAction
from hayu.models import ShortMessage


class Recorder:
    """A gateway that remembers, or refuses."""

    def __init__(self, *, broken: bool = False) -> None:
        self.sent: list[tuple[str, str]] = []
        self.broken = broken

    def send(self, phone: str, text: str) -> None:
        if self.broken:
            raise OSError("the gateway answered 503")
        self.sent.append((phone, text))


def test_sent_once_to_the_applicant(office):
    application = office.sent()
    assert (sms.collect(), sms.collect()) == (1, 0)
    way = Recorder()
    assert (sms.send_due(way), sms.send_due(way)) == ((1, 0), (0, 0))
    assert way.sent == [
        (PHONE, f"Pemkot Bandung: Permohonan diterima: {application.receipt}. Resi {application.receipt}.")
    ]


def test_never_for_a_state_that_has_passed(office):
    """The applicant mended before the message went out: it is dropped, not sent."""
    application = office.application(S.PERLU_PERBAIKAN)
    sms.collect()
    office.act(application, Act.BATALKAN, office.owner)
    way = Recorder()
    sms.send_due(way)
    assert [text for _phone, text in way.sent if "diperbaiki" in text] == []
    assert ShortMessage.objects.filter(notification__event="izin.perlu_perbaikan").count() == 0


def test_of_a_permit_to_its_holder_only(office):
    """A warning goes to the telephone of the application; what is deemed granted to the holder, not to the head."""
    permit = office.application(S.TERBIT).permit
    late = office.sent("REKLAME-I")
    permits.perform(permit.pk, PermitAction.PERINGATAN, office.inspector, note="Papan terlalu besar.")
    with time_machine.travel(dates.at(calendar().add(dates.today(), 3), dt.time(2)), tick=False):
        clock.escalate(dates.today())
        Notification.objects.update(created_at=dates.now())
        way = Recorder()
        sms.collect()
        sms.send_due(way)
        assert sms.collect() == 0  # what is not for the holder is not taken up again and again
    said = [text for _phone, text in way.sent]
    assert f"Pemkot Bandung: Peringatan atas izin Anda. Izin {permit.number}." in said
    assert [text for text in said if "dianggap dikabulkan" in text] == [
        f"Pemkot Bandung: Permohonan dianggap dikabulkan. Resi {late.receipt}."
    ]
    assert {phone for phone, _text in way.sent} == {PHONE}


def test_three_tries_then_listed_for_the_administrators(office):
    office.sent()
    sms.collect()
    moment = dates.now()
    for after in (0, 6, 40, 300):
        with time_machine.travel(moment + dt.timedelta(minutes=after), tick=False):
            sms.send_due(Recorder(broken=True))
    row = ShortMessage.objects.get()
    assert (row.state, row.attempts, row.last_error) == ("FAILED", 3, "the gateway answered 503")
    tomorrow = dates.today() + dt.timedelta(days=1)
    assert sms.digest(tomorrow) == 1
    told = Notification.objects.get(user=office.admin)
    assert told.subject == "1 pesan tidak sampai"
    assert PHONE not in told.body
    assert sms.digest(tomorrow + dt.timedelta(days=1)) == 0
