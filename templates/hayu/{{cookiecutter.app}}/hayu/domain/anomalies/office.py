"""Signs in the work of the office, read from the log."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Count, F
from django.urls import reverse

from core import dates
from core.models import AuditEntry
from hayu.domain.anomalies.signs import Sign
from hayu.domain.permits.signing import PER_PAGE
from hayu.enums import AppAction, AppState
from hayu.models import Application, SigningBatch

DAYS = 180  # how far back the log is read
RETURNS, PAIR = 40, 60  # percent
FEWEST = 5
LAST_PART = 75  # percent of the service time
JUMPED = 20
TOO_FAST = dt.timedelta(seconds=10)
_TYPE = Application._meta.label_lower


def _entries(*actions: str) -> list[AuditEntry]:
    since = dates.now() - dt.timedelta(days=DAYS)
    rows = AuditEntry.objects.filter(object_type=_TYPE, action__in=actions, at__gte=since, actor__isnull=False)
    return list(rows.order_by("seq").only("actor_id", "actor_name", "object_id", "action", "data", "at"))


def clock_stopping() -> Iterator[Sign]:
    """Officers who return more than two fifths of the files they take."""
    taken: Counter[str] = Counter()
    back: dict[str, set[str]] = defaultdict(set)
    for entry in _entries(AppAction.AMBIL, AppAction.KEMBALIKAN):
        if entry.action == AppAction.AMBIL:
            taken[entry.actor_name] += 1
        else:
            back[entry.actor_name].add(entry.object_id)
    for name, number in taken.items():
        if number >= FEWEST and 100 * len(back[name]) > RETURNS * number:
            yield Sign("Menghentikan jam", f"{name} mengembalikan {len(back[name])} dari {number} berkas.")


def late_returns() -> Iterator[Sign]:
    """Files returned in the last quarter of their time."""
    for entry in _entries(AppAction.KEMBALIKAN):
        used, days = entry.data.get("terpakai", 0), entry.data.get("sla", 0)
        if days and 100 * used > LAST_PART * days:
            yield _about(
                entry, "Menghentikan jam", f"{entry.actor_name} mengembalikan berkas pada hari ke-{used} dari {days}."
            )


def new_faults() -> Iterator[Sign]:
    """Later returns that name what the first did not: not all faults were told at once."""
    first: dict[str, set[str]] = {}
    for entry in _entries(AppAction.KEMBALIKAN):
        items = set(entry.data.get("butir", []))
        if entry.data.get("putaran") == 1:
            first[entry.object_id] = items
        elif entry.object_id in first and items - first[entry.object_id]:
            yield _about(
                entry,
                "Kekurangan dicicil",
                f"{entry.actor_name} menambah kekurangan baru pada putaran ke-{entry.data['putaran']}.",
            )


def _about(entry: AuditEntry, check: str, sentence: str) -> Sign:
    found = Application.objects.filter(pk=entry.object_id).first()
    if found is None:
        return Sign(check, sentence)
    return Sign(check, f"{found.receipt}: {sentence}", reverse("hayu:application", args=[found.public_id]))


def queue_jumping() -> Iterator[Sign]:
    """Files taken while twenty older ones of their type wait, and decided before them."""
    waiting = Application.objects.filter(state__in=AppState.running()).order_by()
    for row in waiting.values("type_code").annotate(number=Count("pk")).filter(number__gte=JUMPED):
        oldest = waiting.filter(type_code=row["type_code"]).order_by("sent_at")[JUMPED - 1]
        jumped = Application.objects.filter(
            type_code=row["type_code"], state__in=[AppState.TERBIT, AppState.DITOLAK], sent_at__gt=oldest.sent_at,
            rounds=0, priority="",
        )  # fmt: skip
        for application in jumped.order_by("-decided_at")[:20]:
            yield Sign(
                "Menyela antrean",
                f"{application.receipt} diputus mendahului {JUMPED} permohonan lain yang lebih lama.",
                reverse("hayu:application", args=[application.public_id]),
            )


def speed() -> Iterator[Sign]:
    """Five approvals in a row less than ten seconds apart, and batches of more than fifty signatures."""
    runs: dict[int, list[AuditEntry]] = defaultdict(list)
    for entry in _entries(AppAction.REKOMENDASI, AppAction.TERUSKAN, AppAction.PARAF):
        run = runs[entry.actor_id or 0]
        if run and entry.at - run[-1].at >= TOO_FAST:
            run.clear()
        run.append(entry)
        if len(run) == FEWEST:
            day = dates.short_date(entry.at)
            yield Sign("Terlalu cepat", f"{entry.actor_name} menyetujui {FEWEST} berkas berturut-turut, {day}.")
    for batch in SigningBatch.objects.select_related("signer").order_by("-pk")[:500]:
        if len(batch.lines) > PER_PAGE:
            yield Sign("Terlalu cepat", f"{batch.signer.full_name} menandatangani {len(batch.lines)} izin sekaligus.")


def same_pair() -> Iterator[Sign]:
    """Applicants more than three fifths of whose many applications one officer checked, among several officers."""
    rows = Application.objects.sent().exclude(officer=None).exclude(nik_token="").order_by()
    if rows.values("officer").distinct().count() < 2:
        return
    totals = dict(rows.values_list("nik_token").annotate(number=Count("pk")).filter(number__gte=FEWEST))
    pairs = rows.filter(nik_token__in=totals).values("nik_token", "officer__full_name", name=F("holder_name"))
    for row in pairs.annotate(number=Count("pk")):
        if 100 * row["number"] > PAIR * totals[row["nik_token"]]:
            yield Sign(
                "Pasangan tetap",
                f"{row['officer__full_name']} memeriksa {row['number']} dari {totals[row['nik_token']]} permohonan "
                f"{row['name']}.",
            )
