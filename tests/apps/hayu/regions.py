"""Region data of the two regions Hayu is tested with, made from the official codes and the profile's defaults."""

import csv
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from kit.profile.schema.licences import Licences

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "regions" / "data"
BOOTSTRAP = ROOT / "tests" / "apps" / "region_bootstrap" / "core" / "region.json"
BANDUNG, SUMBAWA_BARAT = "32.73", "52.07"
_WORDS = {"kota": ("Wali Kota", "Perwal", "Pemkot"), "kabupaten": ("Bupati", "Perbup", "Pemkab")}

PERMIT = {
    "code": "TAMBAT",
    "name": "Izin tambat perahu wisata",
    "summary": "Untuk pemilik perahu wisata.",
    "keywords": ["perahu", "dermaga"],
    "basis": ["Peraturan Bupati contoh"],
    "requirements": ["KTP pemohon", "Foto perahu"],
    "procedure": ["Datang ke loket {opd}."],
    "days": 4,
    "validity": "1 tahun",
    "cost": 50_000,
    "product": "Izin tambat",
}
OTHER_RULES: dict[str, Any] = {
    "capital_threshold": 300_000_000,
    "number_pattern": "503/{no:05}/{opd}/{tahun}",
    "report_basis": "Peraturan Bupati Sumbawa Barat Nomor 1 Tahun 2026 (contoh)",
    "excluded": [{"reason": "minuman beralkohol", "version": "2025", "codes": ["56301"]}],
    "catalogue": [PERMIT],
    "sampling": {"percent": 20, "near_limit": 250_000_000, "inspect_days": 10, "fix_days": 5},
}


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def licences(**changes: Any) -> dict[str, Any]:
    """Return the section `licences` as the renderer writes it, with some fields changed."""
    return Licences.model_validate_json(json.dumps(changes)).model_dump(mode="json")


def region_json(code: str) -> dict[str, Any]:
    """Return the region's values as core reads them."""
    data = json.loads(BOOTSTRAP.read_text(encoding="utf-8"))
    regency = next(row for row in _rows("regencies.csv") if row["code"] == code)
    province = next(row for row in _rows("provinces.csv") if row["code"] == code[:2])
    head, regulation, short = _WORDS[regency["kind"]]
    data["region"] |= {
        "code": code, "kind": regency["kind"], "name": regency["name"], "short_name": regency["short_name"],
        "province_code": code[:2], "province_name": province["name"], "seat": regency["seat"],
        "letter_place": regency["seat"],
    }  # fmt: skip
    data["terms"] |= {
        "head": head, "deputy": f"Wakil {head}", "head_spelling": head, "regulation": f"Peraturan {head}",
        "regulation_abbr": regulation, "government_long": f"Pemerintah {regency['name']}",
        "government_short": f"{short} {regency['short_name']}",
    }  # fmt: skip
    data["locale"] = {"timezone": regency["tz"], "tz_label": regency["tz_abbr"], "languages": ["id"]}
    data["brand"]["footer"] = f"© Pemerintah {regency['name']}"
    office = "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"
    data["offices"] = {
        "licensing": {
            "name": office, "short_name": "DPMPTSP", "code": "DPMPTSP", "head_post": f"Kepala {office}",
            "head": {"name": None, "status": "definitif"}, "address": None,
        }
    }  # fmt: skip
    return data


def write(code: str, directory: Path | None = None, **changes: Any) -> Path:
    """Write a region's data into a directory of its own and return it."""
    target = directory or Path(tempfile.mkdtemp(prefix=f"kit-region-{code}-"))
    target.mkdir(parents=True, exist_ok=True)
    (target / "region.json").write_text(json.dumps(region_json(code)), encoding="utf-8")
    app = {"app": {"name": "Hayu", "slogan": "Usaha kecil cukup lapor"}, "licences": licences(**changes)}
    (target / "hayu.json").write_text(json.dumps(app), encoding="utf-8")
    _write_csv(target / "holidays.csv", ("date", "kind", "name"), _rows("holidays.csv"))
    districts = [row for row in _rows("districts.csv") if row["regency_code"] == code]
    codes = {row["code"] for row in districts}
    places = [
        {"code": row["code"], "parent": code, "level": 3, "kind": "kecamatan", "name": row["name"], "postal_code": ""}
        for row in districts
    ] + [
        {**row, "parent": row["district_code"], "level": 4}
        for row in _rows("villages.csv")
        if row["district_code"] in codes
    ]
    _write_csv(target / "wilayah.csv", ("code", "parent", "level", "kind", "name", "postal_code"), places)
    return target


def _write_csv(path: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def use(directory: Path) -> None:
    """Let the running process serve this region."""
    from core import region
    from hayu.domain import policy

    os.environ["KIT_REGION_DIRS"] = str(directory)
    region.forget()
    policy.policy.cache_clear()
