"""The navigation: what a person can do here, what waits first."""

from django.http import HttpRequest
from django.urls import reverse

from core.web.nav import NavItem, people_desk
from erk.domain.people import standing

# permission, words, name of the page, icon, short words
DESKS = (
    ("erk.view_recaps", "Rekap bulanan", "recap", "table", "Rekap"),
    ("erk.view_board", "Penutupan bulan", "board", "list-check", "Tutup"),
    ("erk.handle_objections", "Sanggahan", "objections", "chat-left-text", "Sanggah"),
    ("erk.view_corrections", "Koreksi", "corrections", "arrow-repeat", "Koreksi"),
    ("erk.view_workload", "Beban kerja", "workload", "speedometer2", "Beban"),
    ("erk.view_listings", "Laporan", "listings", "file-earmark-text", "Laporan"),
    ("erk.view_findings", "Tanda dan sampel", "signs", "flag", "Tanda"),
    ("erk.view_findings", "Pemeriksaan", "audit_list", "search", "Periksa"),
    ("erk.view_plans", "SKP", "plans", "clipboard-check", "SKP"),
    ("erk.keep_staff", "Pegawai", "staff", "person-badge", "Pegawai"),
    ("erk.bring_data", "Masukkan data", "imports", "upload", "Data"),
    ("erk.answer_reports", "Laporan atasan", "reports", "signpost-split", "Atasan"),
    ("erk.keep_catalogue", "Katalog", "catalogue", "list", "Katalog"),
    ("erk.keep_region", "Kebijakan", "rulebook", "sliders", "Aturan"),
    ("erk.keep_region", "Gangguan sistem", "outages", "exclamation-triangle", "Gangguan"),
)


def items(request: HttpRequest) -> list[NavItem]:
    """Return the entries of this person; visitors get the public page only."""
    user = request.user
    if not user.is_authenticated:
        return [NavItem("Gambaran umum", reverse("erk:home"), "bar-chart-line")]
    now = standing(user)
    found = []
    if user.has_perm("erk.log"):
        found += [
            NavItem("Hari ini", reverse("erk:today"), "calendar-check", now.returned),
            NavItem("Catatan saya", reverse("erk:log"), "journal-check", short="Catatan"),
            NavItem("Tunjangan saya", reverse("erk:slip"), "wallet2", short="Tunjangan"),
        ]
    if user.has_perm("erk.lead"):
        inbox = NavItem("Persetujuan", reverse("erk:inbox"), "clipboard-check", now.waiting, "Setujui")
        found.insert(1 if found else 0, inbox)
        found.append(NavItem("Tim saya", reverse("erk:team"), "people", short="Tim"))
    for permission, words, page, icon, short in DESKS:
        if user.has_perm(permission):
            found.append(NavItem(words, reverse(f"erk:{page}"), icon, short=short))
    found += people_desk(user)
    found.append(NavItem("Gambaran umum", reverse("erk:public"), "bar-chart-line", short="Umum"))
    return found
