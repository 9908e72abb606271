"""How those who sign are named under a document (Permendagri 1/2023 art. 44; regions.md section 5)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from core import dates
from core.region import region


def head_of_region(*, decision: bool = False, on: dt.date | None = None) -> dict[str, Any]:
    """Return the signature block of the head of region: "Wali Kota Bandung", or "Plt. Wali Kota Bandung"."""
    data = region()
    post = f"{data.terms.head} {data.region.short_name}"
    return _block(post, data.officials.head, leads=True, decision=decision, on=on)


def secretary(*, decision: bool = False, on: dt.date | None = None) -> dict[str, Any]:
    """Return the signature block of the regional secretary."""
    data = region()
    return _block(str(data.terms.secretary), data.officials.secretary, leads=True, decision=decision, on=on)


def head_of_office(office: str, *, post: str = "", decision: bool = False, on: dt.date | None = None) -> dict[str, Any]:
    """Return the signature block of the head of an office of the profile ("licensing"); `post`: signed as another."""
    entry = region().offices[office]
    return _block(post or str(entry.head_post), entry.head, leads=False, decision=decision, on=on)


def _block(post: str, person: Mapping[str, Any], *, leads: bool, decision: bool, on: dt.date | None) -> dict[str, Any]:
    """Return post, name, rank and NIP as they are printed.

    No titles under decisions and regulations; NIP and rank only of officials other than the head of region, deputy and
    secretary (`leads`); an acting one of these without titles either. Who is not named, or did not hold the post on
    that day, has no name: a dotted line is printed to sign over.
    """
    acting = person["status"] != "definitif"
    shown = f"{person['status']}. {post}" if acting else post
    if not person.get("named") or not _held(person, on or dates.today()):
        return {"post": shown, "name": "", "rank": None, "nip": None}
    name = str(person["name"])
    if not decision and not (leads and acting):
        name = " ".join(filter(None, (person["front_title"], name)))
        name = ", ".join(filter(None, (name, person["back_title"])))
    rank, nip = (None, None) if leads else (person.get("rank"), person.get("nip"))
    return {"post": shown, "name": name, "rank": rank, "nip": nip}


def _held(person: Mapping[str, Any], day: dt.date) -> bool:
    """Return whether a day lies in the time a person holds the post, as far as the profile says it."""
    since, until = (dt.date.fromisoformat(str(person[key])) if person.get(key) else None for key in ("since", "until"))
    return (since is None or since <= day) and (until is None or day <= until)
