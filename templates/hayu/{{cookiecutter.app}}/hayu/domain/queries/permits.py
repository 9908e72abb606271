"""The public register of permits: holders masked, no NIK, no telephone, no street."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Case as CaseOf
from django.db.models import Count, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from core.models import User
from core.region import region
from hayu.enums import PermitState
from hayu.models import Permit

COLUMNS = (
    "number", "code", "type_code", "holder_name", "object_text", "district_code", "village_code", "issued_on",
    "starts_on", "ends_on", "state", "ended_on", "type_version",
    "anonymised_on",
)  # fmt: skip


def public() -> QuerySet[Permit]:
    """Return every permit with the columns the public sees, newest first."""
    shown = [f"type_version__{name}" for name in ("code", "definition")]
    rows = Permit.objects.select_related("type_version").only(*COLUMNS, *shown)
    return rows.order_by("-issued_on", "-pk")


def mine(user: User) -> QuerySet[Permit]:
    """Return a person's own permits: those that hold first, then the newest."""
    holds = CaseOf(When(state__in=PermitState.active(), then=Value(0)), default=Value(1))
    return Permit.objects.filter(holder=user).select_related("type_version").order_by(holds, "-issued_on", "-pk")


def counted(column: str) -> dict[str, int]:
    """Return how many permits that hold each value of a column has, most first."""
    rows = Permit.objects.filter(state=PermitState.BERLAKU).order_by().values(column).annotate(number=Count("pk"))
    return {row[column]: row["number"] for row in sorted(rows, key=lambda row: (-row["number"], row[column]))}


def by_month(first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """Return how many permits were issued in each month from the first to the last day, by the month's first day."""
    months, day = {}, first.replace(day=1)
    while day <= last:
        months[day], day = 0, (day + dt.timedelta(days=32)).replace(day=1)
    rows = Permit.objects.filter(imported=False, issued_on__gte=first, issued_on__lte=last).order_by()
    return months | dict(rows.values_list(TruncMonth("issued_on")).annotate(number=Count("pk")))


def expiring(today: dt.date, days: int = 90) -> dict[str, int]:
    """Return how many permits of each type end within some calendar days, most first."""
    rows = Permit.objects.filter(
        state=PermitState.BERLAKU, ends_on__gte=today, ends_on__lte=today + dt.timedelta(days=days)
    )
    found = rows.order_by().values_list("type_code").annotate(number=Count("pk"))
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def open_data(rows: QuerySet[Permit]) -> Iterator[dict[str, Any]]:
    """Yield each permit as open data."""
    for permit in rows.iterator(chunk_size=1000):
        yield as_open_data(permit)


def as_open_data(permit: Permit) -> dict[str, Any]:
    """Return what is public of a permit, under plain names."""
    return {
        "nomor": permit.number,
        "jenis": permit.type_code,
        "nama_izin": permit.type.name,
        "pemegang": permit.masked_holder,
        "objek": permit.object_text,
        "kecamatan_kode": permit.district_code,
        "kecamatan": permit.district,
        "keadaan": permit.state,
        "terbit": permit.issued_on.isoformat(),
        "mulai": permit.starts_on.isoformat(),
        "sampai": permit.ends_on.isoformat() if permit.ends_on else None,
        "wilayah": str(region().region.code),
    }
