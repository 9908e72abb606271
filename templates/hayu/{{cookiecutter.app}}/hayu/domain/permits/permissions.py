"""Who may see and do what in lane IZIN, as predicates; registered by import."""

from django.contrib.auth.models import AnonymousUser

import rules
from core import files
from core.models import StoredFile, User
from hayu.domain import reads
from hayu.domain.permits import people
from hayu.enums import AppState, Role
from hayu.models import Application, Permit, Visit

_DESK_OFFICE = (Role.VERIFIKATOR, Role.TIM_TEKNIS, Role.PENGAWAS)
_READS_ALL = (Role.KASI, Role.KABID, Role.PENANDATANGAN, Role.PENETAP_RETRIBUSI, Role.BENDAHARA, Role.AUDITOR)


def _is_person(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_active


@rules.predicate
def owns(user: User, application: Application) -> bool:
    """Filed from this account, or at the desk where the person works."""
    if not _is_person(user):
        return False
    return people.holds(user, Role.PEMOHON, application) or people.holds(user, Role.LOKET, application)


@rules.predicate
def reads_application(user: User, application: Application) -> bool:
    """An officer whose work it is, within their types, office or kecamatan; never a draft."""
    if not _is_person(user) or application.state == AppState.DRAF:
        return False
    return user.has_role(*_READS_ALL) or any(people.holds(user, role, application) for role in _DESK_OFFICE)


@rules.predicate
def is_draft(user: User, application: Application) -> bool:
    """Not sent yet."""
    return application.state == AppState.DRAF


@rules.predicate
def checks(user: User, application: Application) -> bool:
    """The verifier who has the file now."""
    return application.state == AppState.VERIFIKASI_BERKAS and application.officer_id == user.pk


@rules.predicate
def holds(user: User, permit: Permit) -> bool:
    """The permit is this person's."""
    return _is_person(user) and permit.holder_id == user.pk


@rules.predicate
def reads_permit(user: User, permit: Permit) -> bool:
    """An officer who reads the register whole: inspectors within their kecamatan."""
    if not _is_person(user):
        return False
    return user.has_role(*_READS_ALL, Role.VERIFIKATOR) or people.holds_permit(user, Role.PENGAWAS, permit)


@rules.predicate
def in_office(user: User) -> bool:
    """Works on applications."""
    return _is_person(user) and user.has_role(*people.OFFICE)


@rules.predicate
def signs(user: User) -> bool:
    """Signs permits."""
    return _is_person(user) and user.has_role(Role.PENANDATANGAN)


@rules.predicate
def leads(user: User) -> bool:
    """Sees boards and reports of the whole office."""
    return _is_person(user) and user.has_role(Role.KASI, Role.KABID, Role.PENANDATANGAN, Role.AUDITOR)


@rules.predicate
def edits_catalogue(user: User) -> bool:
    """Edits permit types."""
    return _is_person(user) and user.has_role(Role.ADMIN_WILAYAH)


rules.add_perm("hayu.view_application", owns | reads_application)
rules.add_perm("hayu.own_application", owns)
rules.add_perm("hayu.edit_application", owns & is_draft)
rules.add_perm("hayu.check_application", checks)
rules.add_perm("hayu.view_permit", holds | reads_permit)
rules.add_perm("hayu.own_permit", holds)
rules.add_perm("hayu.permit_office", in_office)
rules.add_perm("hayu.sign", signs)
rules.add_perm("hayu.board", leads)
rules.add_perm("hayu.edit_catalogue", edits_catalogue)


def _reads_application_file(user: User | AnonymousUser, stored: StoredFile) -> bool:
    found = Application.objects.select_related("type_version").filter(pk=stored.owner_id).first()
    return found is not None and user.has_perm("hayu.view_application", found)


def _reads_visit_file(user: User | AnonymousUser, stored: StoredFile) -> bool:
    found = Visit.objects.select_related("application__type_version").filter(pk=stored.owner_id).first()
    return found is not None and user.has_perm("hayu.view_application", found.application)


def _reads_permit_file(user: User | AnonymousUser, stored: StoredFile) -> bool:
    found = Permit.objects.filter(pk=stored.owner_id).first()
    return found is not None and user.has_perm("hayu.view_permit", found)


files.register_guard(Application._meta.label_lower, _reads_application_file, reads.note_file)
files.register_guard(Visit._meta.label_lower, _reads_visit_file, reads.note_file)
files.register_guard(Permit._meta.label_lower, _reads_permit_file, reads.note_file)
