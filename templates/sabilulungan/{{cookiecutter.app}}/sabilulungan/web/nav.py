"""The navigation: what a visitor, an applicant and an officer come for."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from core.models import User
from core.web.nav import NavItem, people_desk
from sabilulungan.domain import aid, visits, voices
from sabilulungan.domain.queries import lists, unsigned
from sabilulungan.domain.queries.counts import together
from sabilulungan.enums import Role, VoiceState

_SIGN = "sign-"


def items(request: HttpRequest) -> list[NavItem]:
    """Return the entries for this person."""
    user = request.user
    public = [
        NavItem("Semua usulan", reverse("list"), "search", short="Usulan"),
        NavItem("Statistik", reverse("statistics"), "bar-chart-line"),
        NavItem("Pengumuman", reverse("announcements"), "bell"),
        NavItem("Cara dan aturan", reverse("about"), "info-circle", short="Aturan"),
    ]
    if not user.is_authenticated:
        return public
    counts = together(user, _waiting(user))
    entries = [NavItem("Beranda", reverse("home"), "house")]
    if "desk" in counts:
        entries.insert(0, NavItem("Menunggu saya", reverse("desk"), "inbox", counts["desk"], short="Menunggu"))
    if "own" in counts:
        entries.insert(0, NavItem("Usulan saya", reverse("own"), "folder2-open", counts["own"], short="Usulan saya"))
    if "area" in counts:
        entries.insert(0, NavItem("Keterangan wilayah", reverse("area"), "geo-alt", counts["area"], short="Wilayah"))
    if user.has_role(Role.KESBANGPOL):
        entries.insert(0, NavItem("Organisasi", reverse("organisations"), "people"))
    entries += [entry for permission, entry in _desks(counts) if user.has_perm(permission)]
    return [*entries, *people_desk(user), *public]


def _waiting(user: User) -> dict[str, QuerySet[Any]]:
    """Return what waits for this person, by the entry it stands behind."""
    desk = user.has_perm("sabilulungan.desk")
    applies = user.has_role(Role.OPERATOR) or not desk
    rows: dict[str, QuerySet[Any] | None] = {
        "desk": lists.queue(user) if desk else None,
        "own": lists.own(user).filter(lists.waits_for_applicant()) if applies else None,
        "area": visits.to_visit(user) if user.has_role(Role.WILAYAH) else None,
        "voices": voices.handled_by(user).filter(state=VoiceState.BARU) if _may(user, "answer_voices") else None,
        "aid": aid.waiting(user) if _may(user, "unplanned_aid") else None,
    }
    if _may(user, "sign_papers"):
        rows |= {f"{_SIGN}{code}": cases for code, cases in unsigned.queries(user).items()}
    return {name: found for name, found in rows.items() if found is not None}


def _desks(counts: dict[str, int]) -> list[tuple[str, NavItem]]:
    """Return the further desks with the permission each needs."""
    spoken, urgent = counts.get("voices", 0), counts.get("aid", 0)
    unsigned_papers = sum(count for name, count in counts.items() if name.startswith(_SIGN))
    return [
        ("sabilulungan.open_window", NavItem("Masa pengajuan", reverse("windows"), "calendar3", short="Masa")),
        (
            "sabilulungan.announce",
            NavItem("Tulis pengumuman", reverse("announcements_desk"), "bell", short="Tulis"),
        ),
        ("sabilulungan.grant_exception", NavItem("Pengecualian", reverse("exceptions"), "shield-check")),
        ("sabilulungan.read_lists", NavItem("Daftar nominatif", reverse("dnc"), "list-check", short="Daftar")),
        (
            "sabilulungan.sign_papers",
            NavItem("Tanda tangan", reverse("signing"), "pencil", unsigned_papers, short="Teken"),
        ),
        ("sabilulungan.answer_voices", NavItem("Suara warga", reverse("voices"), "people", spoken, short="Suara")),
        (
            "sabilulungan.unplanned_aid",
            NavItem("Bantuan mendesak", reverse("aid"), "exclamation-circle", urgent, short="Mendesak"),
        ),
        ("sabilulungan.oversee", NavItem("Pengawasan", reverse("oversight"), "shield-check", short="Awasi")),
        ("sabilulungan.keep_budget", NavItem("Anggaran", reverse("budget"), "cash-coin")),
        ("sabilulungan.keep_budget", NavItem("Pagu", reverse("envelopes"), "percent")),
        (
            "sabilulungan.chase_reports",
            NavItem("Laporan terlambat", reverse("missing_reports"), "clock-history", short="Terlambat"),
        ),
    ]


def _may(user: User, name: str) -> bool:
    return user.has_perm(f"sabilulungan.{name}")
