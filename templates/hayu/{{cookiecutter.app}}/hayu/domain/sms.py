"""Short messages through the region's gateway (profile: `notify.whatsapp_sms`), and the list of what was not delivered.

Only what an applicant must not miss goes out this way, and only while the record is still in the state the message
speaks of: nobody is told to pay what is paid.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from core import dates
from core.models import Notification, RoleAssignment, User
from core.notify import Message, queue
from core.region import region
from core.sms import Gateway
from hayu.enums import AppState, PermitState, Role
from hayu.models import Application, Permit, ShortMessage

MAX_ATTEMPTS = 3
RETRY_AFTER = (dt.timedelta(minutes=5), dt.timedelta(minutes=30), dt.timedelta(hours=3))
LENGTH = 160
# Event and the state it speaks of, of an application or a permit; an event of no state stays true.
EVENTS: dict[str, tuple[str, ...]] = {
    "izin.diterima": (),
    "izin.perlu_perbaikan": (AppState.PERLU_PERBAIKAN,),
    "izin.ingatkan": (AppState.PERLU_PERBAIKAN,),
    "izin.peninjauan": (AppState.PENINJAUAN, AppState.PENINJAUAN_DITUNDA),
    "izin.tagihan": (AppState.MENUNGGU_PEMBAYARAN,),
    "izin.terbit": (AppState.TERBIT,),
    "izin.ditolak": (AppState.DITOLAK,),
    "izin.terlambat": AppState.running(),
    "izin.dianggap_kabul": AppState.running(),
    "izin.keberatan_dikabulkan": AppState.running(),
    "izin.keberatan_ditolak": (AppState.DITOLAK,),
    "izin.akan_berakhir": (PermitState.BERLAKU,),
    "izin.peringatan": (PermitState.BERLAKU,),
    "izin.dibekukan": (PermitState.DIBEKUKAN,),
    "izin.dipulihkan": (PermitState.BERLAKU,),
    "izin.dicabut": (PermitState.DICABUT,),
}
_RECENT = dt.timedelta(days=3)


def collect() -> int:
    """Queue a short copy of each recent message of an event applicants must not miss; return how many."""
    rows = Notification.objects.filter(
        event__in=EVENTS, created_at__gte=dates.now() - _RECENT, short_message=None,
        object_type__in=[Application._meta.label_lower, Permit._meta.label_lower],
    )  # fmt: skip
    made = [ShortMessage(notification=row) for row in rows.order_by("pk")[:500] if _written(row)]
    return len(ShortMessage.objects.bulk_create(made, ignore_conflicts=True))


def to_walk_in(about: Application | Permit, event: str, subject: str) -> None:
    """Queue a message to whoever was served at the desk and left neither account nor mail address.

    Nothing where the region has no gateway, or where the event is none that must not be missed.
    """
    if event in EVENTS and region().notify.whatsapp_sms == "gateway":
        ShortMessage.objects.create(
            event=event, subject=subject[:150], object_type=about._meta.label_lower, object_id=str(about.pk)
        )


def send_due(way: Gateway, limit: int = 200) -> tuple[int, int]:
    """Send what waits, each at most three times; return (sent, failed this time)."""
    due = Q(state=ShortMessage.State.QUEUED) & (Q(next_attempt_at=None) | Q(next_attempt_at__lte=dates.now()))
    sent = failed = 0
    for key in list(ShortMessage.objects.filter(due).order_by("pk").values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            row = ShortMessage.objects.select_for_update(skip_locked=True, of=("self",)).filter(due, pk=key).first()
            if row is None:
                continue
            if _send(row, way):
                sent += 1
            else:
                failed += 1
    return sent, failed


def _send(row: ShortMessage, way: Gateway) -> bool:
    written = _written(row.told)
    if written is None:
        row.delete()  # it would say what is no longer so
        return False
    try:
        way.send(*written)
    except OSError as error:
        row.last_error = str(error)[:200]
        row.next_attempt_at = dates.now() + RETRY_AFTER[min(row.attempts, len(RETRY_AFTER) - 1)]
        if row.attempts + 1 >= MAX_ATTEMPTS:
            row.state = ShortMessage.State.FAILED
    else:
        row.state, row.sent_at, row.last_error = ShortMessage.State.SENT, dates.now(), ""
    row.attempts += 1
    row.save()
    return row.state == ShortMessage.State.SENT


def _written(notification: Notification | ShortMessage) -> tuple[str, str] | None:
    """Return telephone number and text; None when the state has passed, or the message is an officer's."""
    about: Application | Permit | None
    if notification.object_type == Permit._meta.label_lower:
        about = Permit.objects.select_related("application").filter(pk=notification.object_id).first()
        application, number = (about.application, f"Izin {about.number}") if about else (None, "")
    else:
        about = application = Application.objects.filter(pk=notification.object_id).first()
        number = f"Resi {application.receipt}" if application else ""
    states = EVENTS[notification.event]
    if about is None or application is None or (states and about.state not in states):
        return None
    if not application.phone or notification.user_id != application.applicant_id:
        return None
    return application.phone, f"{region().terms.government_short}: {notification.subject}. {number}."[:LENGTH]


def digest(day: dt.date) -> int:
    """Tell the administrators once a day what could not be delivered the day before; return how many messages."""
    begin, end = dates.at(day - dt.timedelta(days=1)), dates.at(day)
    mails = Notification.objects.filter(mail=Notification.Mail.FAILED, created_at__gte=begin, created_at__lt=end)
    begun = Coalesce("notification__created_at", "created_at")
    failed = ShortMessage.objects.filter(state=ShortMessage.State.FAILED).annotate(begun=begun)
    texts = failed.filter(begun__gte=begin, begun__lt=end)
    lines = [f"surel: {row.subject} ({row.last_error})" for row in mails.order_by("pk")]
    lines += [
        f"pesan pendek: {row.told.subject} ({row.last_error})"
        for row in texts.select_related("notification").order_by("pk")
    ]
    if not lines:
        return 0
    held = RoleAssignment.objects.valid_on(day).filter(role=Role.ADMIN_WILAYAH).values("user")
    body = "\n".join(["Yang tidak sampai kemarin:", *lines[:100]])
    subject = f"{len(lines)} pesan tidak sampai"
    link = reverse("hayu:settings")
    queue(
        Message("hayu.tidak_sampai", subject, body, user=user, link=link)
        for user in User.objects.filter(pk__in=held, is_active=True)
    )
    return len(lines)
