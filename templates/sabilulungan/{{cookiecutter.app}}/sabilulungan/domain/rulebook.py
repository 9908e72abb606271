"""The grant rules in force, the rules of an older case, and the windows open now."""

import datetime as dt
import functools
import hashlib
import json
from typing import Any

from django.db import transaction

from core import audit, dates
from core.models import User
from core.region import plain, region
from sabilulungan.enums import Phase
from sabilulungan.models import ProfileVersion, Proposal, WindowOpening
from sabilulungan.rules import window as windows
from sabilulungan.rules.profile import Profile
from sabilulungan.rules.window import Window

_written: dict[str, Any] = {}


def _content() -> tuple[str, str]:
    """Return digest and text of the rules in force; written anew only when the region's data were read anew."""
    grants = region().grants
    if _written.get("of") is not grants:
        text = json.dumps(plain(grants), sort_keys=True, ensure_ascii=False)
        _written.update(of=grants, content=(hashlib.sha256(text.encode()).hexdigest(), text))
    content: tuple[str, str] = _written["content"]
    return content


@functools.lru_cache(maxsize=64)
def _parsed(digest: str, text: str) -> Profile:  # the digest keeps the cache key honest when texts are long
    return Profile.read(json.loads(text))


def current() -> Profile:
    """Return the grant rules in force today."""
    return _parsed(*_content())


def current_digest() -> str:
    """Return the digest of the rules in force, as their version carries it."""
    return _content()[0]


def current_version() -> ProfileVersion:
    """Return the stored version of the rules in force, stored now if it is new."""
    digest, text = _content()
    version, _ = ProfileVersion.objects.get_or_create(digest=digest, defaults={"content": json.loads(text)})
    return version


@functools.lru_cache(maxsize=64)
def _stored(digest: str) -> Profile:
    stored = ProfileVersion.objects.values_list("content", flat=True).get(digest=digest)
    return Profile.read(_completed(stored, plain(region().grants)))


def _completed(stored: dict[str, Any], today: dict[str, Any]) -> dict[str, Any]:
    """Return an older kit's version with what it lacks: today's word on the later life, nobody's signature."""
    stored = {"recommendation_signers": [], **stored}
    if "after_approval" in stored:
        return stored
    later = [row for row in today["documents"] if row["phase"] != Phase.USULAN]
    documents = [{**row, "phase": Phase.USULAN.value} for row in stored["documents"]]
    return {**stored, "after_approval": today["after_approval"], "documents": documents + later}


def profile_of(proposal: Proposal) -> Profile:
    """Return the rules under which a case was filed; a draft follows the rules in force."""
    if proposal.profile_id is None:
        return current()
    return _stored(proposal.profile.digest)


def openings(day: dt.date | None = None) -> list[Window]:
    """Return the windows open on a day of the region: the profile's, and those opened by decision (R01)."""
    today = day or dates.today()
    decided = WindowOpening.objects.filter(opens__lte=today, closes__gte=today)
    found = {window.budget_year: window for window in windows.open_windows(current(), today)}
    found |= {row.budget_year: Window(row.budget_year, row.opens, row.closes, row.basis) for row in decided}
    return [found[year] for year in sorted(found)]


def next_opening(day: dt.date | None = None) -> Window:
    """Return the window that opens next."""
    today = day or dates.today()
    decided = WindowOpening.objects.filter(opens__gt=today).order_by("opens").first()
    following = windows.next_window(current(), today)
    if decided and decided.opens < following.opens:
        return Window(decided.budget_year, decided.opens, decided.closes, decided.basis)
    return following


def is_open(budget_year: int, day: dt.date | None = None) -> bool:
    """Return whether proposals for a budget year are taken on a day."""
    return any(window.budget_year == budget_year for window in openings(day))


def closed_sentence(day: dt.date | None = None) -> str:
    """Return the sentence that tells applicants when they may apply."""
    following = next_opening(day)
    return (
        f"Masa pengajuan sedang ditutup. Usulan untuk tahun anggaran {following.budget_year} diterima mulai "
        f"{dates.long_date(following.opens)} sampai {dates.long_date(following.closes)}."
    )


def open_window(*, budget_year: int, opens: dt.date, closes: dt.date, basis: str, user: User) -> WindowOpening:
    """Record a window opened by decision, with its basis, in the audit chain too."""
    with transaction.atomic():
        opening = WindowOpening.objects.create(
            budget_year=budget_year, opens=opens, closes=closes, basis=basis, opened_by=user
        )
        audit.record(opening, "buka_jendela", actor=user, role="ADMIN_WILAYAH", note=basis)
    return opening
