"""Who holds a role on a report, and whose own matter it is."""

from core import wilayah
from core.models import User
from core.region import region
from hayu.domain.permits import people as permits
from hayu.enums import Channel, Role
from hayu.models import Report

OWNERS = (Role.PEMOHON,)
OFFICERS = (Role.LOKET, *permits.OFFICE, Role.ADMIN_WILAYAH)
READS_ALL = (Role.PENANDATANGAN, Role.AUDITOR)


def holds(user: User, role: str, report: Report) -> bool:
    """Return whether a user has a role on this report.

    The owner is whoever's account it was filed from; the desk handles what came in at the desk; an inspector may be
    limited to some kecamatan.
    """
    if role == Role.PEMOHON:
        return report.applicant_id == user.pk
    if role == Role.LOKET:
        return report.channel == Channel.LOKET and user.has_role(role)
    if role == Role.PENGAWAS:
        return user.has_role(role, scope=report.district_code)
    return user.has_role(role)


def involved(user: User, report: Report) -> bool:
    """Return whether the report is the person's own: their account or their NIK (hayu.md section 3)."""
    return report.applicant_id == user.pk or bool(user.nik_token and user.nik_token == report.nik_token)


def needs_second_step(user: User) -> bool:
    """Return whether an account may not do without the second step: who signs, who gives roles (hayu.md section 21)."""
    return user.has_role(Role.PENANDATANGAN, Role.ADMIN_WILAYAH)


def scopes_of(role: str) -> list[tuple[str, str]]:
    """Return what a role may be limited to: an inspector to a kecamatan, a verifier to a type, advice to an office."""
    if role == Role.VERIFIKATOR:
        return permits.type_scopes()
    if role == Role.TIM_TEKNIS:
        return permits.office_scopes()
    if role != Role.PENGAWAS:
        return []
    return [("", f"Seluruh {region().region.name}"), *((place.code, place.name) for place in wilayah.districts())]
