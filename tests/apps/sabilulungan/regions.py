"""Other regions' grant rules, for tests."""

from typing import Any

from helpers import bandung


def six_steps() -> dict[str, Any]:
    """Return a region without a consideration team: the registry sorts, and the window closes in February."""
    values = bandung()
    for step in values["steps"]:
        if step["code"] == "KLASIFIKASI":
            step["owner"] = "TU"
        if step["code"] == "PERIKSA_TP":
            step["on"] = False
    signers = ["KEPALA_OPD", "CAMAT", "LURAH"]
    window = {"opens": "01-01", "closes": "02-31"}
    return {**values, "window": window, "ceilings": [], "recommendation_signers": signers}


def without_clerk() -> dict[str, Any]:
    """Return a region where the system passes on what the head leaves lying, and routes by field of activity."""
    values = bandung()
    for step in values["steps"]:
        step["automatic"] = step["code"] in ("DISPOSISI", "KLASIFIKASI")
    return values
