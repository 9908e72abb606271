"""Whom a message about a matter reaches: the account it was filed from, or whoever was served at the desk.

A person served at the desk has no account. The mail address they left gets the same message, with the public page in
place of the private one; without it their telephone gets what must not be missed (hayu.md section 16).
"""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.http import urlencode

from core.notify import Message
from hayu.domain import sms
from hayu.models import Application, Permit, Report

AT_THE_DESK = (
    "Permohonan ini diajukan lewat loket kami, tanpa akun. Semua yang perlu Anda lakukan dapat diurus di loket; "
    "bawalah KTP dan nomor resi."
)
REPORTED_AT_THE_DESK = "Usaha ini dilaporkan lewat loket kami, tanpa akun. Yang perlu diubah dapat diurus di loket."


def applicant(application: Application, event: str, subject: str, body: str) -> Iterator[Message]:
    """Yield the message to the applicant; queue the short one to a walk-in with a telephone only."""
    if application.applicant_id:
        link = reverse("hayu:application", args=[application.public_id])
        yield Message(event, subject, body, user=application.applicant, link=link)
        return
    link = f"{reverse('hayu:track')}?{urlencode({'resi': application.receipt or ''})}"
    yield from _walk_in(application, application, event, subject, body, link)


def holder(permit: Permit, event: str, subject: str, body: str, link: str) -> Iterator[Message]:
    """Yield the message to the holder of a permit; `link` is the page of an account."""
    if permit.holder_id:
        yield Message(event, subject, body, user=permit.holder, link=link)
    elif permit.application:
        public = reverse("hayu:check_code", args=[permit.code])
        yield from _walk_in(permit, permit.application, event, subject, body, public)


def owner(report: Report, event: str, subject: str, body: str) -> Iterator[Message]:
    """Yield the message to the owner of a reported business."""
    if report.applicant_id:
        link = reverse("hayu:report", args=[report.public_id])
        yield Message(event, subject, body, user=report.applicant, link=link)
    elif report.email:
        link = reverse("hayu:check_code", args=[report.code])
        yield Message(event, subject, f"{body}\n\n{REPORTED_AT_THE_DESK}", address=report.email, link=link)


def _walk_in(
    about: Application | Permit, application: Application, event: str, subject: str, body: str, link: str
) -> Iterator[Message]:
    if application.email:
        yield Message(event, subject, f"{body}\n\n{AT_THE_DESK}", address=application.email, link=link)
    elif application.phone:
        sms.to_walk_in(about, event, subject)
