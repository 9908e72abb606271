"""Region data of the two regions E-RK is tested with, made from the official codes and the profile's defaults."""

import csv
import datetime as dt
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from kit.profile.schema.performance import Performance

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "regions" / "data"
BANDUNG, SUMBAWA_BARAT = "32.73", "52.07"
_TERMS = {"kota": ("Wali Kota", "Perwal", "Kepwal", "Pemkot"), "kabupaten": ("Bupati", "Perbup", "Kepbup", "Pemkab")}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def performance(**changes: Any) -> dict[str, Any]:
    """Return the section `performance` as the renderer writes it, with some fields changed."""
    return Performance.model_validate_json(json.dumps(changes)).model_dump(mode="json")


def region_json(code: str) -> dict[str, Any]:
    """Return the region's values as core reads them."""
    regency = next(row for row in _rows("regencies.csv") if row["code"] == code)
    province = next(row for row in _rows("provinces.csv") if row["code"] == code[:2])
    head, regulation, decision, short = _TERMS[regency["kind"]]
    days = ("monday", "tuesday", "wednesday", "thursday", "friday")
    return {
        "kit": {"version": "0.1.0"},
        "region": {
            "code": code,
            "kind": regency["kind"],
            "name": regency["name"],
            "short_name": regency["short_name"],
            "abbreviation": "",
            "province_code": code[:2],
            "province_name": province["name"],
            "seat": regency["seat"],
            "letter_place": regency["seat"],
            "motto": "",
        },
        "terms": {
            "head": head,
            "deputy": f"Wakil {head}",
            "head_spelling": head,
            "government_long": f"Pemerintah {regency['name']}",
            "government_short": f"{short} {regency['short_name']}",
            "regulation": f"Peraturan {head}",
            "regulation_abbr": regulation,
            "decision": f"Keputusan {head}",
            "decision_abbr": decision,
            "office_generic": "Perangkat Daerah",
            "level3": "kecamatan",
            "level4_urban": "kelurahan",
            "level4_rural": "desa",
        },
        "brand": {
            "emblem": None,
            "colors": {"primary": "#0B5FA5", "accent": "#E0A100"},
            "credit": {"text": "Hasil replikasi dari Pemerintah Kota Bandung", "url": "https://www.bandung.go.id/"},
            "footer": f"© Pemerintah {regency['name']}",
            "app_names": {},
        },
        "locale": {"timezone": regency["tz"], "tz_label": regency["tz_abbr"], "languages": ["id"]},
        "calendar": {
            "workdays": list(days),
            "hours": {day: {"work": "07.30-16.00", "rest": "12.00-13.00"} for day in days[:4]}
            | {"friday": {"work": "07.30-16.30", "rest": "11.30-13.00"}},
            "ramadan": [{"first": "2026-02-18", "last": "2026-03-19", "hours": {}}],
        },
        "doc": {"address": {"street": "Jl. Contoh No. 1", "postal_code": "10000", "phone": "", "email": ""}},
        "apps": {"enabled": ["erk"]},
    }


def write(code: str, directory: Path | None = None, **changes: Any) -> Path:
    """Write a region's data into a directory of its own and return it."""
    target = directory or Path(tempfile.mkdtemp(prefix=f"kit-region-{code}-"))
    target.mkdir(parents=True, exist_ok=True)
    (target / "region.json").write_text(json.dumps(region_json(code)), encoding="utf-8")
    app = {"app": {"name": "E-RK", "slogan": "Kerja tercatat, tunjangan adil"}, "performance": performance(**changes)}
    (target / "erk.json").write_text(json.dumps(app), encoding="utf-8")
    _write_csv(target / "holidays.csv", ("date", "kind", "name"), _rows("holidays.csv"))
    columns = ("code", "parent", "level", "kind", "name", "postal_code")
    districts = [row for row in _rows("districts.csv") if row["regency_code"] == code]
    places = [
        {"code": row["code"], "parent": code, "level": 3, "kind": "kecamatan", "name": row["name"], "postal_code": ""}
        for row in districts
    ]
    _write_csv(target / "wilayah.csv", columns, places)
    return target


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def use(directory: Path) -> None:
    """Let the running process serve this region; `core.region.forget()` has the rest read it anew."""
    from core import region

    os.environ["KIT_REGION_DIRS"] = str(directory)
    region.forget()


def month(text: str) -> dt.date:
    """Return the first day of a month written like "2026-10"."""
    return dt.date.fromisoformat(f"{text}-01")
