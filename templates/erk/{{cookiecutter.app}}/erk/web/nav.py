"""The navigation: what a person can do here, what waits first."""

from django.http import HttpRequest
from django.urls import reverse

from core.web.nav import NavItem, people_desk
from erk.domain.queries import approval
from erk.enums import ActivityState
from erk.models import Aktivitas


def items(request: HttpRequest) -> list[NavItem]:
    """Return the entries of this person; visitors get the public page only."""
    user = request.user
    if not user.is_authenticated:
        return [NavItem("Gambaran umum", reverse("erk:home"), "bar-chart-line")]
    found = []
    if user.has_perm("erk.log"):
        returned = Aktivitas.objects.filter(pegawai__user=user, state=ActivityState.DIKEMBALIKAN).count()
        found += [
            NavItem("Hari ini", reverse("erk:today"), "calendar-check", returned),
            NavItem("Catatan saya", reverse("erk:log"), "journal-check", short="Catatan"),
            NavItem("Tunjangan saya", reverse("erk:slip"), "wallet2", short="Tunjangan"),
        ]
    if user.has_perm("erk.lead"):
        waiting = approval.waiting_for(user).count()
        found.insert(
            1 if found else 0, NavItem("Persetujuan", reverse("erk:inbox"), "clipboard-check", waiting, "Setujui")
        )
        found.append(NavItem("Tim saya", reverse("erk:team"), "people", short="Tim"))
    if user.has_perm("erk.view_recaps"):
        found.append(NavItem("Rekap bulanan", reverse("erk:recap"), "table", short="Rekap"))
    if user.has_perm("erk.view_workload"):
        found.append(NavItem("Beban kerja", reverse("erk:workload"), "speedometer2", short="Beban"))
    if user.has_perm("erk.view_findings"):
        found.append(NavItem("Pemeriksaan", reverse("erk:audit_list"), "search", short="Periksa"))
    found += people_desk(user)
    found.append(NavItem("Gambaran umum", reverse("erk:public"), "bar-chart-line", short="Umum"))
    return found
