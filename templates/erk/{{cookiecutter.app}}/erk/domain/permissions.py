"""Who may see and do what, as predicates (erk.md section 4). Pay is narrower than minutes: UU 27/2022, section 17."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

import rules
from core import files
from core.models import StoredFile, User
from erk.domain.people import employee_of, leads, positions_of, standing
from erk.enums import ActivityState, Role
from erk.models import Aktivitas, BulanOpd, Opd, Pegawai, Rekap, Sanggah, Skp

Person = User | AnonymousUser
READERS = (Role.VERIFIKATOR_BKPSDM, Role.INSPEKTORAT)
EVERYWHERE = (*READERS, Role.KEUANGAN, Role.PIMPINAN, Role.ADMIN_WILAYAH)


def _signed_in(user: Person) -> bool:
    return bool(user.is_authenticated)


@rules.predicate
def is_employee(user: Person, obj: Any = None) -> bool:
    """Return whether the account belongs to an active employee: the one who logs."""
    return isinstance(user, User) and employee_of(user) is not None


@rules.predicate
def owns_activity(user: Person, activity: Aktivitas) -> bool:
    """Return whether it is the person's own activity."""
    return _signed_in(user) and activity.pegawai.user_id == user.pk


@rules.predicate
def is_handed_in(user: Person, activity: Aktivitas) -> bool:
    """Return whether an activity left its owner's hands: a draft is nobody else's business."""
    return activity.state != ActivityState.DRAF


@rules.predicate
def decides_activity(user: Person, activity: Aktivitas) -> bool:
    """Return whether the person holds the deciding position today, and it is not the own work."""
    return (
        isinstance(user, User)
        and not owns_activity(user, activity)
        and activity.jabatan_penilai_id in positions_of(user)
    )


@rules.predicate
def reads_activities(user: Person, activity: Aktivitas) -> bool:
    """Return whether the person reads activities by office: verifier, inspector, or head of the agency."""
    if not isinstance(user, User):
        return False
    return user.has_role(*READERS) or user.has_role(Role.KEPALA_OPD, scope=activity.jabatan.opd.kode)


@rules.predicate
def leads_somebody(user: Person, obj: Any = None) -> bool:
    """Return whether the person holds a position today under which others work."""
    return isinstance(user, User) and standing(user).leads


@rules.predicate
def leads_employee(user: Person, employee: Pegawai) -> bool:
    """Return whether the employee stands under the person today: minutes are visible, pay is not."""
    return isinstance(user, User) and leads(user, employee)


@rules.predicate
def leads_owner(user: Person, activity: Aktivitas) -> bool:
    """Return whether the owner of an activity stands under the person today, whoever decided on it."""
    return bool(leads_employee(user, activity.pegawai))


@rules.predicate
def owns_recap(user: Person, recap: Rekap) -> bool:
    """Return whether it is the person's own slip."""
    return _signed_in(user) and recap.pegawai.user_id == user.pk


@rules.predicate
def reads_pay(user: Person, recap: Rekap) -> bool:
    """Return whether pay may be seen: finance and personnel everywhere, the head of an agency in it."""
    if not isinstance(user, User):
        return False
    return user.has_role(Role.VERIFIKATOR_BKPSDM, Role.KEUANGAN) or user.has_role(Role.KEPALA_OPD, scope=recap.opd.kode)


@rules.predicate
def reads_some_pay(user: Person, obj: Any = None) -> bool:
    """Return whether there is any agency whose recap the person may read."""
    return isinstance(user, User) and user.has_role(Role.VERIFIKATOR_BKPSDM, Role.KEUANGAN, Role.KEPALA_OPD)


@rules.predicate
def reads_agency_pay(user: Person, agency: Opd) -> bool:
    """Return whether the person may read the recap of an agency."""
    if not isinstance(user, User):
        return False
    return user.has_role(Role.VERIFIKATOR_BKPSDM, Role.KEUANGAN) or user.has_role(Role.KEPALA_OPD, scope=agency.kode)


@rules.predicate
def verifies(user: Person, obj: Any = None) -> bool:
    """Return whether the person computes and verifies months."""
    return isinstance(user, User) and user.has_role(Role.VERIFIKATOR_BKPSDM)


@rules.predicate
def reads_everything(user: Person, obj: Any = None) -> bool:
    """Return whether the person reads activities of every agency: verifier and inspectorate."""
    return isinstance(user, User) and user.has_role(*READERS)


@rules.predicate
def sees_all_workload(user: Person, obj: Any = None) -> bool:
    """Return whether the person sees the workload of every agency."""
    return isinstance(user, User) and user.has_role(Role.PIMPINAN, *READERS)


@rules.predicate
def sees_workload(user: Person, agency: Opd | None = None) -> bool:
    """Return whether the person sees the workload of an agency (its people by name), or of any."""
    if not isinstance(user, User):
        return False
    scope = agency.kode if agency else None
    return user.has_role(Role.PIMPINAN, *READERS) or user.has_role(Role.KEPALA_OPD, scope=scope)


@rules.predicate
def follows_months(user: Person, month: BulanOpd | None = None) -> bool:
    """Return whether the person follows the closing of a month: everywhere by office, or in the own agency."""
    if not isinstance(user, User):
        return False
    scope = month.opd.kode if month else None
    return user.has_role(*EVERYWHERE) or user.has_role(Role.KEPALA_OPD, Role.ADMIN_OPD, scope=scope)


@rules.predicate
def owns_objection(user: Person, objection: Sanggah) -> bool:
    """Return whether it is the person's own objection."""
    return _signed_in(user) and objection.rekap.pegawai.user_id == user.pk


@rules.predicate
def handles_objection(user: Person, objection: Sanggah) -> bool:
    """Return whether the person examines or decides the objections of the agency."""
    if not isinstance(user, User):
        return False
    return user.has_role(*READERS) or user.has_role(Role.ADMIN_OPD, Role.KEPALA_OPD, scope=objection.rekap.opd.kode)


@rules.predicate
def handles_objections(user: Person, obj: Any = None) -> bool:
    """Return whether the person has a desk of objections."""
    return isinstance(user, User) and user.has_role(*READERS, Role.ADMIN_OPD, Role.KEPALA_OPD)


@rules.predicate
def reads_plan(user: Person, plan: Skp) -> bool:
    """Return whether the person reads a year's targets: owner, superior, verifier, inspector."""
    if not isinstance(user, User):
        return False
    return plan.pegawai.user_id == user.pk or user.has_role(*READERS) or leads(user, plan.pegawai)


@rules.predicate
def handles_corrections(user: Person, obj: Any = None) -> bool:
    """Return whether the person proposes, approves, pays or inspects corrections of final months."""
    return isinstance(user, User) and user.has_role(*READERS, Role.PIMPINAN, Role.KEUANGAN)


@rules.predicate
def keeps_region(user: Person, obj: Any = None) -> bool:
    """Return whether the person keeps what holds for the whole region: outages, parameters."""
    return isinstance(user, User) and user.has_role(Role.ADMIN_WILAYAH)


@rules.predicate
def brings_data(user: Person, obj: Any = None) -> bool:
    """Return whether the person brings files of people, attendance, leave, ratings, norms or payments."""
    keepers = (Role.ADMIN_OPD, Role.ADMIN_WILAYAH, Role.VERIFIKATOR_BKPSDM, Role.ADMIN_KATALOG, Role.KEUANGAN)
    return isinstance(user, User) and user.has_role(*keepers)


@rules.predicate
def keeps_staff(user: Person, obj: Any = None) -> bool:
    """Return whether the person keeps or inspects placements of employees."""
    return isinstance(user, User) and user.has_role(Role.ADMIN_OPD, Role.ADMIN_WILAYAH, *READERS)


@rules.predicate
def answers_reports(user: Person, obj: Any = None) -> bool:
    """Return whether the person answers reports of wrong superiors."""
    return isinstance(user, User) and user.has_role(Role.ADMIN_OPD)


@rules.predicate
def keeps_catalogue(user: Person, obj: Any = None) -> bool:
    """Return whether the person keeps the norms of the catalogue."""
    return isinstance(user, User) and user.has_role(Role.ADMIN_KATALOG)


@rules.predicate
def reads_listings(user: Person, obj: Any = None) -> bool:
    """Return whether there is any report the person may open."""
    return isinstance(user, User) and user.has_role(*READERS, Role.KEUANGAN, Role.PIMPINAN, Role.ADMIN_KATALOG)


def may_read_proof(user: Person, stored: StoredFile) -> bool:
    """Return whether a person may read a proof file: whoever may see its activity."""
    activity = Aktivitas.objects.select_related("pegawai", "jabatan__opd").filter(pk=stored.owner_id).first()
    return activity is not None and user.has_perm("erk.view_activity", activity)


rules.add_perm("erk.log", is_employee)
rules.add_perm(
    "erk.view_activity", owns_activity | (is_handed_in & (decides_activity | reads_activities | leads_owner))
)
rules.add_perm("erk.change_activity", owns_activity)
rules.add_perm("erk.lead", leads_somebody)
rules.add_perm("erk.view_minutes", leads_employee)
rules.add_perm("erk.view_pay", owns_recap | reads_pay)
rules.add_perm("erk.view_recaps", reads_some_pay)
rules.add_perm("erk.view_agency_recap", reads_agency_pay)
rules.add_perm("erk.compute_recap", verifies)
rules.add_perm("erk.view_findings", reads_everything)
rules.add_perm("erk.view_all_workload", sees_all_workload)
rules.add_perm("erk.view_workload", sees_workload)
rules.add_perm("erk.view_board", follows_months)
rules.add_perm("erk.view_office_month", follows_months)
rules.add_perm("erk.view_objection", owns_objection | handles_objection)
rules.add_perm("erk.handle_objections", handles_objections)
rules.add_perm("erk.view_plans", is_employee | leads_somebody | reads_everything)
rules.add_perm("erk.view_plan", reads_plan)
rules.add_perm("erk.view_corrections", handles_corrections)
rules.add_perm("erk.propose_correction", verifies)
rules.add_perm("erk.keep_region", keeps_region)
rules.add_perm("erk.bring_data", brings_data)
rules.add_perm("erk.keep_staff", keeps_staff)
rules.add_perm("erk.answer_reports", answers_reports)
rules.add_perm("erk.keep_catalogue", keeps_catalogue)
rules.add_perm("erk.view_listings", reads_listings)
files.register_guard("erk.aktivitas", may_read_proof)
