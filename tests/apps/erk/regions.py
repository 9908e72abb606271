"""Regions E-RK is tested with: real renders of shipped profiles, with parameters of the rules changed for a test."""

import datetime as dt
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import rendered

from kit.profile.schema.performance import Performance

BANDUNG, SUMBAWA_BARAT, BANTEN = rendered.BANDUNG, rendered.SUMBAWA_BARAT, rendered.BANTEN


def performance(**changes: Any) -> dict[str, Any]:
    """Return the section `performance` as the renderer writes it, national defaults with some fields changed."""
    return Performance.model_validate_json(json.dumps(changes)).model_dump(mode="json")


def write(code: str, directory: Path | None = None, *, ramadan: tuple[str, str] | None = None, **changes: Any) -> Path:
    """Write a region's rendered data into one directory and return it; `changes` are fields of `performance`."""
    target = directory or Path(tempfile.mkdtemp(prefix=f"kit-region-{code}-"))
    made = rendered.folders(code)
    for name in ("core", "erk"):
        shutil.copytree(made[name], target, dirs_exist_ok=True)
    app = json.loads((target / "erk.json").read_text(encoding="utf-8"))
    app["performance"] = Performance.model_validate_json(json.dumps(app["performance"] | changes)).model_dump(
        mode="json"
    )
    (target / "erk.json").write_text(json.dumps(app), encoding="utf-8")
    if ramadan:
        region = json.loads((target / "region.json").read_text(encoding="utf-8"))
        region["calendar"]["ramadan"] = [{"first": ramadan[0], "last": ramadan[1], "hours": {}}]
        (target / "region.json").write_text(json.dumps(region), encoding="utf-8")
    return target


def use(directory: Path) -> None:
    """Let the running process serve this region; `core.region.forget()` has the rest read it anew."""
    from core import region

    os.environ["KIT_REGION_DIRS"] = str(directory)
    region.forget()


def month(text: str) -> dt.date:
    """Return the first day of a month written like "2026-10"."""
    return dt.date.fromisoformat(f"{text}-01")
