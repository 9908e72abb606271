"""Who signs a permit and a letter (Permendagri 1/2023 art. 44): a permit is a decision and bears no titles."""

import datetime as dt

from core import region
from hayu.domain.permits import certificates


def test_a_letter_bears_titles_and_a_permit_none(monkeypatch):
    data = region.plain(region.region())
    data["offices"]["licensing"]["head"] = {
        "front_title": "Hj.", "name": "Rini Kusuma", "back_title": "S.E.", "named": True, "status": "Plt",
        "since": None, "until": "2026-11-30", "nip": "197001011995032001", "rank": "Pembina, IV/a",
    }  # fmt: skip
    monkeypatch.setattr("core.officials.region", lambda: region.Node(data))
    post = f"Plt. {data['licences']['delegation']['signer']}"
    day, later = dt.date(2026, 11, 30), dt.date(2026, 12, 1)
    known = {"post": post, "rank": "Pembina, IV/a", "nip": "197001011995032001"}
    assert certificates.signer(on=day) == known | {"name": "Hj. Rini Kusuma, S.E."}
    assert certificates.signer(decision=True, on=day) == known | {"name": "Rini Kusuma"}
    assert certificates.signer(on=later) == {"post": post, "name": "", "rank": None, "nip": None}
