"""Who may see and do what, as predicates; `core.access.fetch` asks them."""

from django.contrib.auth.models import AnonymousUser

import rules
from core import files
from core.models import StoredFile, User
from hayu.domain import reads
from hayu.domain.machine import machine
from hayu.domain.people import OFFICERS, READS_ALL, holds
from hayu.enums import Role, State
from hayu.models import Inspection, Report


def _is_person(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_active


@rules.predicate
def owns(user: User, report: Report) -> bool:
    """Filed it from this account, or works at the desk it was filed at."""
    return _is_person(user) and (holds(user, Role.PEMOHON, report) or holds(user, Role.LOKET, report))


@rules.predicate
def is_draft(user: User, report: Report) -> bool:
    """The report was not sent yet."""
    return report.state == State.DRAF


@rules.predicate
def reads_file(user: User, report: Report) -> bool:
    """An officer who reads the whole file of a report that was sent: inspectors within their kecamatan."""
    if not _is_person(user) or report.state == State.DRAF:
        return False
    return user.has_role(*READS_ALL) or holds(user, Role.PENGAWAS, report)


@rules.predicate
def may_act(user: User, report: Report) -> bool:
    """Something of the transition table is open to this person now."""
    return _is_person(user) and bool(machine.available(report, user))


@rules.predicate
def is_officer(user: User) -> bool:
    """Holds a role of the office."""
    return _is_person(user) and user.has_role(*OFFICERS)


@rules.predicate
def reads_all(user: User) -> bool:
    """Reads the list of all files."""
    return _is_person(user) and user.has_role(*READS_ALL, Role.PENGAWAS)


@rules.predicate
def works_at_desk(user: User) -> bool:
    """Files on behalf of walk-ins."""
    return _is_person(user) and user.has_role(Role.LOKET)


@rules.predicate
def reads_settings(user: User) -> bool:
    """Sees the region's rules in force."""
    return _is_person(user) and user.has_role(Role.ADMIN_WILAYAH, Role.AUDITOR)


rules.add_perm("hayu.view_report", owns | reads_file)
rules.add_perm("hayu.own_report", owns)
rules.add_perm("hayu.edit_draft", owns & is_draft)
rules.add_perm("hayu.act", may_act)
rules.add_perm("hayu.work", is_officer)
rules.add_perm("hayu.read_all", reads_all)
rules.add_perm("hayu.desk", works_at_desk)
rules.add_perm("hayu.settings", reads_settings)


def _reads_report_file(user: User | AnonymousUser, stored: StoredFile) -> bool:
    report = Report.objects.filter(pk=stored.owner_id).first()
    return report is not None and user.has_perm("hayu.view_report", report)


def _reads_inspection_file(user: User | AnonymousUser, stored: StoredFile) -> bool:
    inspection = Inspection.objects.select_related("report").filter(pk=stored.owner_id).first()
    return inspection is not None and user.has_perm("hayu.view_report", inspection.report)


files.register_guard(Report._meta.label_lower, _reads_report_file, reads.note_file)
files.register_guard(Inspection._meta.label_lower, _reads_inspection_file, reads.note_file)
