"""The two regions Hayu is tested with, as the kit renders them; the second with rules of its own."""

import json
import os
from pathlib import Path
from typing import Any

import rendered

from kit.profile.schema.licences import Licences

BANDUNG = rendered.dirs("hayu", rendered.BANDUNG)

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
    "applications": {"return_rounds": 1, "mend_days": 6, "remind_on": [2], "expiry_notices": [45]},
}


def sumbawa_barat(directory: Path) -> str:
    """Return the region directories of Kabupaten Sumbawa Barat (WITA) with another threshold, catalogue and number."""
    core = rendered.folders(rendered.SUMBAWA_BARAT)["core"]
    app = json.loads((rendered.folders(rendered.SUMBAWA_BARAT)["hayu"] / "hayu.json").read_text(encoding="utf-8"))
    app["licences"] = Licences.model_validate_json(json.dumps(OTHER_RULES)).model_dump(mode="json")
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "hayu.json").write_text(json.dumps(app), encoding="utf-8")
    return os.pathsep.join([str(core), str(directory)])


def use(directories: str) -> None:
    """Let the running process serve this region."""
    from core import region
    from hayu.domain import policy

    os.environ["KIT_REGION_DIRS"] = directories
    region.forget()
    policy.policy.cache_clear()
