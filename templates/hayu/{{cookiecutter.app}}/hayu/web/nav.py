"""Entries of the navigation: what this person came to do, most needed first."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.web.nav import NavItem, people_desk
from hayu.domain import claims
from hayu.domain.people import OFFICERS
from hayu.domain.permits import supervision
from hayu.domain.queries import applications, officers, owners
from hayu.enums import Role


def items(request: HttpRequest) -> list[NavItem]:
    """Return the entries for this person."""
    user = request.user
    if not user.is_authenticated:
        return _public()
    return _officer(user) if user.has_role(*OFFICERS) else _applicant(user)


def _public() -> list[NavItem]:
    return [
        NavItem(_("Lapor usaha"), reverse("hayu:wizard"), "shop"),
        NavItem(_("Izin"), reverse("hayu:catalogue"), "file-earmark-text"),
        NavItem(_("Cek keaslian"), reverse("hayu:check"), "qr-code"),
        NavItem(_("Lacak"), reverse("hayu:track"), "search"),
        NavItem(_("Adukan"), reverse("hayu:complain"), "chat-left-text"),
        NavItem(_("Angka dan daftar"), reverse("hayu:statistics"), "bar-chart-line", 0, _("Angka")),
    ]


def _applicant(user: User) -> list[NavItem]:
    return [
        NavItem(_("Laporan saya"), reverse("hayu:mine"), "briefcase", owners.waiting(user), _("Laporan")),
        NavItem(
            _("Permohonan saya"),
            reverse("hayu:applications"),
            "file-earmark-text",
            applications.waiting_for_owner(user),
            _("Izin"),
        ),
        NavItem(_("Lapor usaha"), reverse("hayu:wizard"), "shop", 0, _("Lapor")),
        NavItem(_("Cek keaslian"), reverse("hayu:check"), "qr-code", 0, _("Cek")),
        NavItem(_("Daftar layanan"), reverse("hayu:catalogue"), "briefcase"),
        NavItem(_("Daftar usaha"), reverse("hayu:register"), "list"),
        NavItem(_("Angka"), reverse("hayu:statistics"), "bar-chart-line"),
    ]


def _watching(user: User) -> list[NavItem]:
    """Return what inspectors do after a permit was issued, and what the inspectorate reads."""
    entries = []
    if user.has_role(Role.PENGAWAS, *supervision.READERS):
        count = supervision.waiting(user).count()
        url = reverse("hayu:supervisions")
        entries.append(NavItem(_("Pemeriksaan izin"), url, "clipboard-check", count, _("Periksa")))
    if user.has_role(Role.PENGAWAS, Role.AUDITOR):
        entries.append(NavItem(_("Pengaduan masuk"), reverse("hayu:complaints"), "chat-left-text", 0, _("Aduan")))
    return entries


def _officer(user: User) -> list[NavItem]:
    entries = [NavItem(_("Tugas saya"), reverse("hayu:work"), "inbox", officers.waiting(user), _("Tugas"))]
    if user.has_perm("hayu.permit_office"):
        count = applications.queue(user).count()
        entries.append(NavItem(_("Antrean izin"), reverse("hayu:queue"), "file-earmark-text", count, _("Izin")))
        entries.append(NavItem(_("Kalender kunjungan"), reverse("hayu:calendar"), "calendar3", 0, _("Kalender")))
        entries.append(NavItem(_("Cari berkas"), reverse("hayu:search"), "search", 0, _("Cari")))
    entries += _watching(user)
    if user.has_perm("hayu.list_referrals"):
        entries.append(NavItem(_("Nomor dari luar"), reverse("hayu:referrals"), "signpost-split", 0, _("Rujuk")))
    if user.has_perm("hayu.sign"):
        entries.append(NavItem(_("Tanda tangan"), reverse("hayu:signing"), "pencil", 0, _("Teken")))
    if user.has_perm("hayu.board"):
        entries.append(NavItem(_("Papan waktu"), reverse("hayu:board"), "speedometer2", 0, _("Papan")))
        entries.append(NavItem(_("Perlu dilihat"), reverse("hayu:anomalies"), "flag"))
        entries.append(NavItem(_("Laporan bulanan"), reverse("hayu:monthly"), "table"))
    if user.has_perm("hayu.desk"):
        count = officers.drafts_of(user).count() + claims.waiting(user).count()
        entries.append(NavItem(_("Loket"), reverse("hayu:desk"), "person-check", count))
    if user.has_perm("hayu.read_all"):
        entries.append(NavItem(_("Berkas laporan"), reverse("hayu:files"), "folder2-open", 0, _("Berkas")))
    if user.has_perm("hayu.edit_catalogue"):
        entries.append(NavItem(_("Jenis izin"), reverse("hayu:types"), "sliders", 0, _("Jenis")))
        entries.append(NavItem(_("Impor"), reverse("hayu:import"), "upload"))
    if user.has_perm("hayu.settings"):
        entries.append(NavItem(_("Aturan daerah"), reverse("hayu:settings"), "gear", 0, _("Aturan")))
    entries += [
        *people_desk(user),
        NavItem(_("Cek keaslian"), reverse("hayu:check"), "qr-code", 0, _("Cek")),
        NavItem(_("Daftar usaha"), reverse("hayu:register"), "list", 0, _("Daftar")),
        NavItem(_("Daftar izin"), reverse("hayu:permits"), "list-check"),
        NavItem(_("Angka"), reverse("hayu:statistics"), "bar-chart-line"),
    ]
    if user.has_role(Role.LOKET, Role.ADMIN_WILAYAH):
        entries.append(NavItem(_("Lapor usaha"), reverse("hayu:wizard"), "shop"))
    return entries
