"""The public register of reports: no personal number, no address, owners masked."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from core import dates
from core.region import region
from hayu.enums import ACTIVE, State
from hayu.models import Report
from hayu.rules import kbli, search

PUBLIC_COLUMNS = (
    "number", "business_name", "holder_name", "kbli_version", "kbli_code", "scope_number", "risk", "scale",
    "district_code", "village_code", "state", "registered_at", "confirmed_on", "inspected_at", "stale_since",
    "anonymised_on",
)  # fmt: skip


def public() -> QuerySet[Report]:
    """Return the reports the public sees, with the columns the public sees, newest first."""
    return Report.objects.registered().only(*PUBLIC_COLUMNS).order_by("-registered_at", "-pk")


def by_words(rows: QuerySet[Report], text: str) -> QuerySet[Report]:
    """Return the reports whose name, number or kind of business fits the words."""
    codes = [hit.activity.code for hit in search.find(text)[:6]]
    return rows.filter(
        Q(business_name__icontains=text)
        | Q(number__iexact=text.strip())
        | Q(kbli_version=kbli.CURRENT, kbli_code__in=codes)
    )


def by_section(rows: QuerySet[Report], letter: str) -> QuerySet[Report]:
    """Return the reports of a section of KBLI 2025."""
    codes = [item.code for item in kbli.activities().values() if item.section == letter]
    return rows.filter(kbli_version=kbli.CURRENT, kbli_code__in=codes)


def section_choices() -> list[tuple[str, str]]:
    """Return the sections of KBLI that have reports."""
    used = Report.objects.registered().order_by().values_list("kbli_code", flat=True).distinct()
    known = kbli.activities()
    letters = {known[code].section for code in used if code in known}
    return [(letter, title) for letter, title in kbli.sections().items() if letter in letters]


def state_choices() -> list[tuple[str, str]]:
    """Return the states the register may hold."""
    return [(state.value, str(state.label)) for state in State if state != State.DRAF]


@dataclass(frozen=True, slots=True)
class Numbers:
    """True numbers for the start page and the statistics."""

    total: int
    active: int
    this_year: int
    inspected: int
    waiting: int


def numbers() -> Numbers:
    """Return the numbers of the register, in one query."""
    start = dates.at(dates.today().replace(month=1, day=1))
    row: dict[str, int] = Report.objects.registered().aggregate(
        total=Count("pk"),
        active=Count("pk", filter=Q(state__in=ACTIVE)),
        this_year=Count("pk", filter=Q(registered_at__gte=start)),
        inspected=Count("pk", filter=Q(inspected_at__isnull=False)),
        waiting=Count("pk", filter=Q(state__in=[State.DIJADWALKAN_PERIKSA, State.PERLU_PEMBETULAN])),
    )
    return Numbers(**row)


def counted(column: str) -> dict[str, int]:
    """Return how many active reports each value of a column has, most first."""
    rows = Report.objects.active().order_by().values(column).annotate(number=Count("pk"))
    return {row[column]: row["number"] for row in sorted(rows, key=lambda row: (-row["number"], row[column]))}


def by_kind(limit: int = 8) -> list[tuple[str, int]]:
    """Return the most frequent kinds of business with their numbers."""
    rows = Report.objects.active().order_by().values("kbli_version", "kbli_code").annotate(number=Count("pk"))
    best = sorted(rows, key=lambda row: (-row["number"], row["kbli_code"]))[:limit]
    named = [(kbli.find(row["kbli_code"], row["kbli_version"]), row["number"]) for row in best]
    return [(activity.everyday, number) for activity, number in named if activity]


def by_month(months: int = 12) -> list[tuple[dt.date, int]]:
    """Return the reports of each of the last months, oldest first, in the region's time zone."""
    first = dates.today().replace(day=1)
    starts = [first]
    for _ in range(months - 1):
        starts.append((starts[-1] - dt.timedelta(days=1)).replace(day=1))
    starts.reverse()
    found = dict.fromkeys(starts, 0)
    moments = Report.objects.registered().filter(registered_at__gte=dates.at(starts[0]))
    for moment in moments.order_by().values_list("registered_at", flat=True).iterator():
        found[dates.local(moment).date().replace(day=1)] += 1
    return list(found.items())


def open_data(rows: QuerySet[Report]) -> Iterator[dict[str, Any]]:
    """Yield each report as open data: what is public of it, under plain names."""
    for report in rows.iterator(chunk_size=1000):
        yield as_open_data(report)


def as_open_data(report: Report) -> dict[str, Any]:
    """Return one report as open data."""
    return {
        "nomor": report.number,
        "nama_usaha": report.business_name,
        "pemilik": report.masked_holder,
        "kbli_versi": report.kbli_version,
        "kbli": report.kbli_code,
        "kegiatan": report.activity.title,
        "lingkup": report.scope_name,
        "risiko": report.risk,
        "skala": report.scale,
        "kecamatan_kode": report.district_code,
        "kecamatan": report.district,
        "keadaan": report.state,
        "terdaftar": dates.local(report.registered_at).date().isoformat(),
        "data_dibenarkan": report.confirmed_on.isoformat(),
        "terperiksa": report.inspected_at is not None,
        "data_lama": report.stale_since is not None,
        "wilayah": str(region().region.code),
    }
