"""The outbox: sent once, tried again, never lost."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from core import notify
from core.models import Notification, User
from core.notify import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana():
    return User.objects.create(username="ana", full_name="Ana", email="ana@contoh.invalid")


@pytest.fixture
def broken_mail(settings):
    settings.EMAIL_BACKEND = "test_notify.BrokenBackend"


class BrokenBackend:
    """A mail server that never answers."""

    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError("Connection refused")


def test_a_message_reaches_inbox_and_mail_once(ana, settings):
    settings.BASE_URL = "https://hayu.contoh.invalid"
    notify.queue([Message("terbit", "Terbit", "Sudah terbit.", user=ana, link="/laporan/1/")])
    assert notify.unread(ana) == 1
    assert notify.send_due() == (1, 0)
    assert notify.send_due() == (0, 0)
    assert [(m.to, m.subject, m.body) for m in mail.outbox] == [
        (["ana@contoh.invalid"], "Terbit", "Sudah terbit.\n\nhttps://hayu.contoh.invalid/laporan/1/\n")
    ]


def test_the_link_of_an_app_below_a_path_names_the_path_once(ana, settings):
    settings.BASE_URL = "https://subang.go.id/erk/"
    notify.queue([Message("terbit", "Terbit", "Isi.", user=ana, link="/erk/laporan/1/")])
    notify.send_due()
    assert mail.outbox[0].body == "Isi.\n\nhttps://subang.go.id/erk/laporan/1/\n"


def test_an_account_without_address_still_has_its_inbox():
    user = User.objects.create(username="budi", full_name="Budi")
    notify.queue([Message("terbit", "Terbit", "Sudah terbit.", user=user)])
    assert notify.send_due() == (0, 0)
    assert notify.mark_read(user) == 1
    assert notify.unread(user) == 0


def test_failing_mail_is_tried_three_times_then_listed(ana, broken_mail):
    notify.queue([Message("terbit", "Terbit", "Isi.", user=ana)])
    start = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        assert notify.send_due() == (0, 1)
        assert notify.send_due() == (0, 0)
        clock.shift(dt.timedelta(minutes=5))
        assert notify.send_due() == (0, 1)
        clock.shift(dt.timedelta(minutes=30))
        assert notify.send_due() == (0, 1)
        clock.shift(dt.timedelta(days=1))
        assert notify.send_due() == (0, 0)
    row = Notification.objects.get()
    assert (row.mail, row.attempts, row.last_error) == ("FAILED", 3, "ConnectionRefusedError: Connection refused")


def test_a_message_to_nobody_is_refused_by_the_database():
    with pytest.raises(IntegrityError), transaction.atomic():
        notify.queue([Message("terbit", "Terbit", "Isi.")])


def test_one_reads_only_ones_own(ana):
    other = User.objects.create(username="budi", full_name="Budi")
    (row,) = notify.queue([Message("terbit", "Terbit", "Isi.", user=ana)])
    assert notify.mark_read(other, [row.pk]) == 0
    assert notify.unread(ana) == 1


def test_an_address_that_is_none_holds_nobody_else_up():
    wrong = "ana@contoh.invalid\nBcc: x@y.invalid"
    notify.queue([Message("terbit", "Terbit", "Isi.", address=one) for one in (wrong, "budi@contoh.invalid")])
    assert notify.send_due() == (1, 1)
    assert [letter.to for letter in mail.outbox] == [["budi@contoh.invalid"]]
    row = Notification.objects.get(address=wrong)
    assert (row.mail, row.attempts, row.last_error.partition(":")[0]) == ("QUEUED", 1, "BadHeaderError")


def test_a_subject_of_several_lines_is_sent_on_one(ana):
    notify.queue([Message("terbit", "Anda ditunjuk sebagai Plt.\r\nBcc: x@y.invalid", "Isi.", user=ana)])
    assert notify.send_due() == (1, 0)
    assert (mail.outbox[0].subject, mail.outbox[0].recipients()) == (
        "Anda ditunjuk sebagai Plt. Bcc: x@y.invalid",
        ["ana@contoh.invalid"],
    )
