"""Signs among documents, photos, positions and numbers."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Value
from django.db.models.functions import Concat
from django.urls import reverse

from core import files
from core.models import AuditEntry, StoredFile
from hayu.domain.anomalies.signs import Sign
from hayu.domain.permits import certificates
from hayu.enums import PermitAction
from hayu.models import Application, Inspection, Permit, Report, Supervision, Visit
from hayu.rules.distance import metres

FAR = 200  # metres
NEWEST = 200  # permits whose file is read again

DOUBTFUL = "Kunjungan diragukan"
MOST = 5000  # visits of each kind that are measured, the newest
_APPLICATION, _VISIT, _INSPECTION, _SUPERVISION = (
    model._meta.label_lower for model in (Application, Visit, Inspection, Supervision)
)


def _twins(*owners: str) -> dict[str, set[tuple[str, int]]]:
    """Return the owners of each file content that more than one owner of these kinds has."""
    rows = StoredFile.objects.filter(owner_type__in=owners)
    owner = Concat("owner_type", Value(" "), "owner_id")
    hashes = rows.order_by().values("sha256").annotate(number=Count(owner, distinct=True)).filter(number__gt=1)
    found: dict[str, set[tuple[str, int]]] = defaultdict(set)
    twins = rows.filter(sha256__in=hashes.values("sha256")).values_list("sha256", "owner_type", "owner_id")
    for digest, kind, key in twins:
        found[digest].add((kind, int(key)))
    return found


def reused_documents() -> Iterator[Sign]:
    """The same document attached by different applicants."""
    for owners in _twins(_APPLICATION).values():
        rows = list(Application.objects.sent().filter(pk__in=[key for _, key in owners]).order_by("pk"))
        if len({row.nik_token for row in rows}) > 1:
            receipts = ", ".join(str(row.receipt) for row in rows[:4])
            yield Sign(
                "Berkas dipakai ulang", f"Berkas yang sama dilampirkan pemohon berbeda: {receipts}.",
                reverse("hayu:application", args=[rows[0].public_id]),
            )  # fmt: skip


def reused_photos() -> Iterator[Sign]:
    """The same photo in two visits."""
    for owners in _twins(_VISIT, _INSPECTION, _SUPERVISION).values():
        if len(owners) > 1:
            sentence = f"Satu foto dipakai pada {len(owners)} kunjungan."
            yield Sign(DOUBTFUL, sentence, *_page_of(*min(owners)))


def _page_of(kind: str, key: int) -> tuple[str, Report | Supervision | None]:
    """Return the page of a visit, and what it shows where not all may open it."""
    if kind == _VISIT:
        return _application_url(Visit.objects.select_related("application").get(pk=key).application), None
    if kind == _SUPERVISION:
        found = Supervision.objects.select_related("permit").get(pk=key)
        return reverse("hayu:supervision", args=[found.public_id]), found
    report = Inspection.objects.select_related("report").get(pk=key).report
    return reverse("hayu:report", args=[report.public_id]), report


def _application_url(application: Application) -> str:
    return reverse("hayu:application", args=[application.public_id])


def far_visits() -> Iterator[Sign]:
    """Visits recorded more than 200 m from the place they were for: of reports, applications and issued permits."""
    reports = Inspection.objects.select_related("report", "officer").filter(report__latitude__isnull=False)
    for row in reports.order_by("-visited_at")[:MOST]:
        if away := _far(row, row.report):
            sentence = f"{away} m dari {row.report.business_name}."
            yield Sign(DOUBTFUL, _seen_by(row, sentence), *_page_of(_INSPECTION, row.pk))
    visits = Visit.objects.exclude(visited_at=None).filter(application__latitude__isnull=False)
    for seen in visits.select_related("application", "officer").order_by("-visited_at")[:MOST]:
        if away := _far(seen, seen.application):
            sentence = f"{away} m dari titik {seen.application.receipt}."
            yield Sign(DOUBTFUL, _seen_by(seen, sentence), _application_url(seen.application))
    later = Supervision.objects.exclude(visited_at=None).filter(permit__application__latitude__isnull=False)
    for found in later.select_related("permit__application", "officer").order_by("-visited_at")[:MOST]:
        if away := _far(found, found.permit.application):
            sentence = f"{away} m dari titik izin {found.permit.number}."
            yield Sign(DOUBTFUL, _seen_by(found, sentence), *_page_of(_SUPERVISION, found.pk))


def _far(visit: Any, place: Report | Application | None) -> int:
    """Return how many metres a visit was from its place, 0 when it was near enough."""
    if place is None:
        return 0
    here, there = ((float(row.latitude), float(row.longitude)) for row in (visit, place))
    away = metres(here, there)
    return away if away > FAR else 0


def _seen_by(visit: Any, where: str) -> str:
    return f"{visit.officer.full_name} mencatat kunjungan {where}"


def tampered() -> Iterator[Sign]:
    """Permits whose number has no act in the log, or whose file is not the one that was signed."""
    logged = AuditEntry.objects.filter(object_type=Permit._meta.label_lower, action=PermitAction.TERBITKAN)
    known = set(logged.values_list("object_id", flat=True))
    for permit in Permit.objects.filter(imported=False).order_by("-pk")[:NEWEST]:
        url = reverse("hayu:issued", args=[permit.code])
        if str(permit.pk) not in known:
            yield Sign("Nomor diragukan", f"{permit.number} tidak mempunyai catatan penerbitan.", url)
        stored = certificates.stored(permit)
        if stored is None or not files.absolute(stored).is_file():
            yield Sign("Nomor diragukan", f"Berkas {permit.number} tidak ada.", url)
        elif hashlib.sha256(files.read(stored)).hexdigest() != permit.sha256:
            yield Sign("Nomor diragukan", f"Berkas {permit.number} berbeda dari yang ditandatangani.", url)
