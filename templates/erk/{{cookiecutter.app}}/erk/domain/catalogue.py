"""Keep the catalogue in step with the national list and the region's own items (erk.md section 6)."""

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.db import transaction

from core import audit
from core.region import region
from erk.models import Katalog

SEED = Path(__file__).resolve().parent.parent / "data" / "katalog.csv"
OWN_GROUP = "Katalog daerah"
COLUMNS = ("nama", "satuan", "norma", "wajib_bukti", "maks_harian", "bebas", "kelompok")


def wanted() -> dict[str, dict[str, Any]]:
    """Return the items that should hold: the national list, then the region's own in place of or beside it."""
    with SEED.open(encoding="utf-8", newline="") as lines:
        items = {
            row["kode"]: {
                "nama": row["nama"],
                "satuan": row["satuan"],
                "norma": int(row["norma"]),
                "wajib_bukti": row["bukti"] == "1",
                "maks_harian": int(row["maks_harian"]) if row["maks_harian"] else None,
                "bebas": row["bebas"] == "1",
                "kelompok": row["kelompok"],
            }
            for row in csv.DictReader(lines)
        }
    for own in region().performance.activity_catalogue:
        items[own.code] = {
            "nama": own.name,
            "satuan": own.unit,
            "norma": own.norm,
            "wajib_bukti": own.proof,
            "maks_harian": own.daily_max,
            "bebas": False,
            "kelompok": items.get(own.code, {}).get("kelompok", OWN_GROUP),
        }
    return items


def sync(today: dt.date, since: dt.date | None = None) -> int:
    """Write new items and new versions of changed ones, valid from `since` (default today); return how many.

    Logged work keeps the version it was logged with. Items no longer wanted end the day before. Safe to run again.
    """
    start, changed = since or today, 0
    with transaction.atomic():
        current = {row.kode: row for row in Katalog.objects.select_for_update().filter(berlaku_akhir__isnull=True)}
        items = wanted()
        for code, values in items.items():
            row = current.get(code)
            if row and not row.dari_profil:
                continue
            if row and all(getattr(row, name) == values[name] for name in COLUMNS):
                continue
            if row:
                _end(row, start)
            version = Katalog.objects.filter(kode=code).count() + 1
            fresh = Katalog.objects.create(kode=code, versi=version, berlaku_mulai=start, **values)
            audit.record(fresh, "terbitkan_katalog", actor=None, data={"kode": code, "norma": fresh.norma})
            changed += 1
        for code in current.keys() - items.keys():
            if not current[code].dari_profil:
                continue
            _end(current[code], start)
            changed += 1
    return changed


def _end(row: Katalog, start: dt.date) -> None:
    row.berlaku_akhir = max(row.berlaku_mulai, start - dt.timedelta(days=1))
    row.save(update_fields=["berlaku_akhir"])
