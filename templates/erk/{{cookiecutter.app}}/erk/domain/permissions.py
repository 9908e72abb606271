"""Who may see and do what, as predicates (erk.md section 4). Pay is narrower than minutes: UU 27/2022, section 17."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

import rules
from core import dates, files
from core.models import StoredFile, User
from erk.domain.people import employee_of, positions_below, positions_of
from erk.enums import ActivityState, Role
from erk.models import Aktivitas, Jabatan, Opd, Pegawai, Penempatan, Rekap

Person = User | AnonymousUser
READERS = (Role.VERIFIKATOR_BKPSDM, Role.INSPEKTORAT)


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
    if not isinstance(user, User) or not (held := positions_of(user)):
        return False
    return Jabatan.objects.filter(Q(induk__in=held) | Q(delegasi__in=held)).exists()


def team_positions(user: User) -> frozenset[int]:
    """Return the positions whose holders the person decides on today, read once per request."""
    if "_erk_team" not in user.__dict__:
        user.__dict__["_erk_team"] = frozenset(positions_below(positions_of(user), dates.today()))
    cached: frozenset[int] = user.__dict__["_erk_team"]
    return cached


@rules.predicate
def leads_employee(user: Person, employee: Pegawai) -> bool:
    """Return whether the employee stands under the person today: minutes are visible, pay is not."""
    if not isinstance(user, User) or employee.user_id == user.pk:
        return False
    today = Penempatan.objects.definitif().on(dates.today()).filter(pegawai=employee)
    return today.filter(jabatan_id__in=team_positions(user)).exists()


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
files.register_guard("erk.aktivitas", may_read_proof)
