"""The navigation: what a visitor, an applicant and an officer come for."""

from django.http import HttpRequest
from django.urls import reverse

from core.web.nav import NavItem, people_desk
from sabilulungan.domain.queries import lists
from sabilulungan.enums import Role


def items(request: HttpRequest) -> list[NavItem]:
    """Return the entries for this person."""
    user = request.user
    public = [
        NavItem("Semua usulan", reverse("list"), "search", short="Usulan"),
        NavItem("Statistik", reverse("statistics"), "bar-chart-line"),
        NavItem("Cara dan aturan", reverse("about"), "info-circle", short="Aturan"),
    ]
    if not user.is_authenticated:
        return public
    entries = [NavItem("Beranda", reverse("home"), "house")]
    if user.has_perm("sabilulungan.desk"):
        counts = lists.queue_counts(user)
        entries.insert(0, NavItem("Menunggu saya", reverse("desk"), "inbox", counts["all"], short="Menunggu"))
    if user.has_role(Role.OPERATOR) or not user.has_perm("sabilulungan.desk"):
        entries.insert(
            0, NavItem("Usulan saya", reverse("own"), "folder2-open", lists.needs_applicant(user), short="Usulan saya")
        )
    if user.has_perm("sabilulungan.open_window"):
        entries.append(NavItem("Masa pengajuan", reverse("windows"), "calendar3", short="Masa"))
    if user.has_perm("sabilulungan.grant_exception"):
        entries.append(NavItem("Pengecualian", reverse("exceptions"), "shield-check"))
    return [*entries, *people_desk(user), *public]
