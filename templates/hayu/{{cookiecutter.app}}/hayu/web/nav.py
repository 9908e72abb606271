"""Entries of the navigation: what this person came to do, most needed first."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from core.web.nav import NavItem, people_desk
from hayu.domain.people import OFFICERS
from hayu.domain.queries import officers, owners
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
        NavItem(_("Cek tanda lapor"), reverse("hayu:check"), "qr-code"),
        NavItem(_("Daftar usaha"), reverse("hayu:register"), "list"),
        NavItem(_("Angka"), reverse("hayu:statistics"), "bar-chart-line"),
    ]


def _applicant(user: User) -> list[NavItem]:
    return [
        NavItem(_("Laporan saya"), reverse("hayu:mine"), "briefcase", owners.waiting(user), _("Laporan")),
        NavItem(_("Lapor usaha"), reverse("hayu:wizard"), "shop", 0, _("Lapor")),
        NavItem(_("Cek tanda lapor"), reverse("hayu:check"), "qr-code", 0, _("Cek")),
        NavItem(_("Izin"), reverse("hayu:catalogue"), "file-earmark-text"),
        NavItem(_("Daftar usaha"), reverse("hayu:register"), "list"),
        NavItem(_("Angka"), reverse("hayu:statistics"), "bar-chart-line"),
    ]


def _officer(user: User) -> list[NavItem]:
    entries = [NavItem(_("Tugas saya"), reverse("hayu:work"), "inbox", officers.waiting(user), _("Tugas"))]
    if user.has_perm("hayu.desk"):
        entries.append(NavItem(_("Loket"), reverse("hayu:desk"), "person-check", officers.drafts_of(user).count()))
    if user.has_perm("hayu.read_all"):
        entries.append(NavItem(_("Berkas laporan"), reverse("hayu:files"), "folder2-open", 0, _("Berkas")))
    if user.has_perm("hayu.settings"):
        entries.append(NavItem(_("Aturan daerah"), reverse("hayu:settings"), "gear", 0, _("Aturan")))
    entries += [
        *people_desk(user),
        NavItem(_("Cek tanda lapor"), reverse("hayu:check"), "qr-code", 0, _("Cek")),
        NavItem(_("Daftar usaha"), reverse("hayu:register"), "list", 0, _("Daftar")),
        NavItem(_("Angka"), reverse("hayu:statistics"), "bar-chart-line"),
    ]
    if not user.has_role(Role.PENGAWAS, Role.PENANDATANGAN, Role.AUDITOR):
        entries.append(NavItem(_("Lapor usaha"), reverse("hayu:wizard"), "shop"))
    return entries
