"""What a superior does with a batch: every row visible, a tick for each, each decided for itself."""

from collections.abc import Iterable

from django.http import HttpRequest

from core.errors import AlreadyDone, Refused
from core.models import User
from erk.domain.activity import Outcome
from erk.domain.machine import ACTIVITIES
from erk.models import Aktivitas

BATCH = 20


def approve_batch(
    user: User, ticked: Iterable[tuple[Aktivitas, int]], *, device: str = "", request: HttpRequest | None = None
) -> list[Outcome]:
    """Approve ticked activities as counted; each pair holds the activity and the version its row was shown in.

    `device`: the mark of the browser it is done in.

    Returns one outcome a row; one that changed meanwhile or is no longer the person's to decide says why.
    Raises Refused when nothing or more than a batch was ticked.
    """
    rows = list(ticked)
    if not rows:
        raise Refused("Centang dahulu aktivitas yang sudah Anda baca.")
    if len(rows) > BATCH:
        raise Refused(f"Paling banyak {BATCH} aktivitas sekali setujui, agar setiap baris sempat dibaca.")
    return [_approve(user, activity, version, device, request) for activity, version in rows]


def _approve(user: User, activity: Aktivitas, version: int, device: str, request: HttpRequest | None) -> Outcome:
    try:
        data = {"perangkat": device}
        return Outcome(ACTIVITIES.perform(activity.pk, "setujui", user, version=version, data=data, request=request))
    except Refused as refusal:
        return Outcome(activity, refusal.sentence, repeated=isinstance(refusal, AlreadyDone))
