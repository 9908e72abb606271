"""Drafts: begun from the wizard's answers, saved step by step, thrown away when not wanted."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import audit
from core.errors import Refused, Stale
from core.models import User
from hayu.domain import facts
from hayu.domain.machine import machine
from hayu.enums import Action, Channel, Role, State
from hayu.models import Report
from hayu.rules.kbli import Activity

MAX_DRAFTS = 10


def begin(
    user: User,
    activity: Activity,
    *,
    scope: int | None = None,
    capital: int | None = None,
    sales: int | None = None,
    desk: bool = False,
    request: HttpRequest | None = None,
) -> Report:
    """Return a draft for this activity: the one already begun and still empty, else a new one.

    So a double click or a second visit of the wizard never leaves two. `desk` files on behalf of a walk-in.
    Raises Refused when a person keeps too many drafts.
    """
    channel = Channel.LOKET if desk else Channel.WEB
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        mine = Report.objects.filter(state=State.DRAF, filed_by=user, channel=channel)
        same = mine.filter(kbli_version=activity.version, kbli_code=activity.code, business_name="").first()
        data: dict[str, Any] = {"scope_number": scope, "capital": capital, "yearly_sales": sales}
        if same:
            facts.apply(same, {key: value for key, value in data.items() if value is not None})
            same.save()
            return same
        if mine.count() >= MAX_DRAFTS:
            raise Refused(f"Anda menyimpan {MAX_DRAFTS} draf. Kirim atau buang salah satunya dahulu.")
        report = Report(
            applicant=None if desk else user,
            filed_by=user,
            channel=channel,
            kbli_version=activity.version,
            kbli_code=activity.code,
        )
        if not desk:
            data |= {"holder_name": user.full_name, "nik": user.nik, "phone": user.phone}
        facts.apply(report, data)
        started: Report = machine.begin(report, Action.BUAT, user, request=request)
        return started


def save(report: Report, data: dict[str, Any], user: User, version: int | None = None) -> Report:
    """Write cleaned facts into a draft; Stale when it was changed meanwhile, Refused when it is no draft."""
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.state != State.DRAF:
            raise Refused("Laporan ini sudah dikirim, jadi tidak lagi diubah sebagai draf.")
        if version is not None and version != locked.version:
            raise Stale("Draf ini sudah berubah di jendela lain. Muat ulang halaman, lalu isi lagi bila perlu.")
        facts.apply(locked, data)
        locked.version += 1
        locked.save()
    return locked


def discard(report: Report, user: User, request: HttpRequest | None = None) -> None:
    """Throw a draft away; that it existed stays in the audit chain."""
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.state != State.DRAF:
            raise Refused("Laporan yang sudah dikirim tidak dapat dibuang; Anda dapat menutup usahanya.")
        role = Role.LOKET if locked.channel == Channel.LOKET else Role.PEMOHON
        audit.record(locked, "buang", actor=user, role=role, source=State.DRAF, request=request)
        locked.delete()
