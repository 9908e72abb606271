"""Profiles for tests of the rules: Bandung's, and changes of it."""

import copy
import json
from typing import Any

import rendered

from sabilulungan.rules.profile import Profile


def bandung() -> dict[str, Any]:
    """Return the section `grants` of Kota Bandung, as the kit renders it."""
    path = rendered.folders()["sabilulungan"] / "sabilulungan.json"
    return json.loads(path.read_text(encoding="utf-8"))["grants"]


def profile(**changes: Any) -> Profile:
    """Return Bandung's profile with changed keys."""
    return Profile.read({**copy.deepcopy(bandung()), **changes})


def six_steps() -> Profile:
    """Return a region without a consideration team: the registry sorts, step 5 is off, another window."""
    steps = bandung()["steps"]
    for step in steps:
        if step["code"] == "KLASIFIKASI":
            step["owner"] = "TU"
        if step["code"] == "PERIKSA_TP":
            step["on"] = False
    signers = ["KEPALA_OPD", "CAMAT", "LURAH"]
    return profile(steps=steps, window={"opens": "01-01", "closes": "02-31"}, recommendation_signers=signers)
