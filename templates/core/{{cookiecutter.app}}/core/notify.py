"""Messages to people, through an outbox: written in the transaction of the act, sent after it is committed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Model, Q

from core import dates, links
from core.models import Notification, User

MAX_ATTEMPTS = 3
_RETRY_AFTER = (dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(hours=3))


@dataclass(frozen=True, slots=True)
class Message:
    """One message: to an account (inbox, and mail if it has an address) or to a bare mail address."""

    event: str
    subject: str
    body: str
    user: User | None = None
    address: str = ""
    link: str = ""


def queue(messages: Iterable[Message], about: Model | None = None) -> list[Notification]:
    """Put messages into inbox and outbox; they are sent by `send_outbox` once the transaction is committed."""
    rows = []
    for message in messages:
        address = message.address or (message.user.email if message.user else "")
        rows.append(
            Notification(
                user=message.user,
                address=address,
                event=message.event,
                subject=message.subject,
                body=message.body,
                link=message.link,
                object_type=about._meta.label_lower if about else "",
                object_id=str(about.pk) if about else "",
                mail=Notification.Mail.QUEUED if address else Notification.Mail.NONE,
            )
        )
    return Notification.objects.bulk_create(rows)


def send_due(limit: int = 200) -> tuple[int, int]:
    """Send waiting mail, each at most MAX_ATTEMPTS times; return (sent, failed this time).

    Each row is claimed in a transaction of its own, so two workers never send one message twice and a crash
    leaves at most the message under way to be tried again.
    """
    due = Q(mail=Notification.Mail.QUEUED) & (Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=dates.now()))
    keys = list(Notification.objects.filter(due).order_by("pk").values_list("pk", flat=True)[:limit])
    sent = failed = 0
    connection = get_connection()
    for key in keys:
        with transaction.atomic():
            row = Notification.objects.select_for_update(skip_locked=True).filter(due, pk=key).first()
            if row is None:
                continue
            if _send(row, connection):
                sent += 1
            else:
                failed += 1
    return sent, failed


def _send(row: Notification, connection: object) -> bool:
    link = f"\n\n{links.absolute(row.link)}" if row.link else ""
    subject = " ".join(row.subject.split())  # a header is one line; names in it may come from an import
    mail = EmailMessage(
        subject, f"{row.body}{link}\n", settings.DEFAULT_FROM_EMAIL, [row.address], connection=connection
    )
    try:
        mail.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors, an address that is none a ValueError
        row.last_error = f"{type(error).__name__}: {error}"[:200]
        row.mail = Notification.Mail.FAILED if row.attempts + 1 >= MAX_ATTEMPTS else Notification.Mail.QUEUED
        row.next_attempt_at = dates.now() + _RETRY_AFTER[min(row.attempts, len(_RETRY_AFTER) - 1)]
    else:
        row.mail, row.sent_at, row.last_error = Notification.Mail.SENT, dates.now(), ""
    row.attempts += 1
    row.save(update_fields=["mail", "sent_at", "attempts", "last_error", "next_attempt_at"])
    return row.mail == Notification.Mail.SENT


def unread(user: User) -> int:
    """Return how many messages of a person's inbox are unread."""
    return Notification.objects.filter(user=user, read_at__isnull=True).count()


def mark_read(user: User, keys: Iterable[int] | None = None) -> int:
    """Mark messages of a person as read (all of them without `keys`) and return how many were not."""
    rows = Notification.objects.filter(user=user, read_at__isnull=True)
    return (rows if keys is None else rows.filter(pk__in=list(keys))).update(read_at=dates.now())
