"""The public register of numbers from OSS and SIMBG: businesses and buildings, nobody's name."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from core import dates
from core.models import User
from core.region import region
from hayu.enums import ReferralState
from hayu.models import Referral

COLUMNS = (
    "system", "number", "name", "kbli_version", "kbli_code", "district_code", "village_code", "state", "created_at",
    "checked_on",
)  # fmt: skip


def public() -> QuerySet[Referral]:
    """Return the numbers the public sees, with the columns the public sees, newest first."""
    return Referral.objects.exclude(state=ReferralState.DICORET).only(*COLUMNS).order_by("-created_at", "-pk")


def mine(user: User) -> QuerySet[Referral]:
    """Return what a person wrote down, newest first."""
    return Referral.objects.filter(applicant=user).order_by("-created_at", "-pk")


def open_data(rows: QuerySet[Referral]) -> Iterator[dict[str, Any]]:
    """Yield each number as open data."""
    for row in rows.iterator(chunk_size=1000):
        yield as_open_data(row)


def as_open_data(row: Referral) -> dict[str, Any]:
    """Return one number as open data, under plain names."""
    activity = row.activity
    return {
        "sistem": row.system,
        "nomor": row.number,
        "nama": row.name,
        "kbli_versi": row.kbli_version,
        "kbli": row.kbli_code,
        "kegiatan": activity.title if activity else "",
        "kecamatan_kode": row.district_code,
        "kecamatan": row.district,
        "keadaan": row.state,
        "dicatat": dates.local(row.created_at).date().isoformat(),
        "dicocokkan": row.checked_on.isoformat() if row.checked_on else None,
        "wilayah": str(region().region.code),
    }
