"""Announcements (pengumuman): written by the region's admin for a period, withdrawn with a reason, all on record."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from core import audit, dates
from core.errors import Refused
from core.models import User
from sabilulungan.enums import Role
from sabilulungan.models import Announcement

ON_HOME = 3


def standing(day: dt.date | None = None) -> QuerySet[Announcement]:
    """Return what the public sees on a day of the region, the newest first."""
    today = day or dates.today()
    return Announcement.objects.filter(withdrawn_at__isnull=True, first__lte=today, last__gte=today)


def past(day: dt.date | None = None) -> QuerySet[Announcement]:
    """Return what was announced until its last day, the newest first; withdrawn ones are gone from the public."""
    return Announcement.objects.filter(withdrawn_at__isnull=True, last__lt=day or dates.today())


def write(user: User, *, title: str, text: str, first: dt.date, last: dt.date) -> Announcement:
    """Announce, in the audit chain too."""
    with transaction.atomic():
        made = Announcement.objects.create(
            title=title.strip(), text=text.strip(), first=first, last=last, written_by=user, written_at=dates.now()
        )
        data = {"mulai": first.isoformat(), "sampai": last.isoformat()}
        audit.record(made, "umumkan", actor=user, role=Role.ADMIN_WILAYAH, note=made.title, data=data)
    return made


def withdraw(key: int, user: User, reason: str) -> Announcement:
    """Take an announcement back; Refused without a reason, or when it was withdrawn before."""
    if not reason.strip():
        raise Refused("Tulis mengapa pengumuman ini ditarik.")
    with transaction.atomic():
        found = Announcement.objects.select_for_update(of=("self",)).get(pk=key)
        if found.withdrawn_at:
            raise Refused("Pengumuman ini sudah ditarik.")
        found.withdrawn_at, found.withdrawn_by, found.reason = dates.now(), user, reason.strip()
        found.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
        audit.record(found, "tarik_pengumuman", actor=user, role=Role.ADMIN_WILAYAH, note=found.reason)
    return found
