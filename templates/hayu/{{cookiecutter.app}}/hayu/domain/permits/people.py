"""Who holds a role on an application or a permit, and whose own matter it is (hayu.md section 3)."""

from core.models import User
from core.region import region
from hayu.domain import catalogue
from hayu.enums import Channel, Role
from hayu.models import Application, Permit

OWNERS = (Role.PEMOHON,)
OFFICE = (
    Role.VERIFIKATOR, Role.TIM_TEKNIS, Role.PENETAP_RETRIBUSI, Role.BENDAHARA, Role.KASI, Role.KABID,
    Role.PENANDATANGAN, Role.PENGAWAS, Role.AUDITOR,
)  # fmt: skip
_SCOPE = 40  # letters of a role's scope in the table of roles


def office_scope(name: str) -> str:
    """Return the scope of a technical office's officers: its name, cut to what a scope holds."""
    return name[:_SCOPE]


def holds(user: User, role: str, application: Application) -> bool:
    """Return whether a user has a role on an application.

    A verifier may be limited to permit types, a technical officer to one office; the desk handles its own filings.
    """
    if role == Role.PEMOHON:
        return application.applicant_id == user.pk
    if role == Role.LOKET:
        return application.channel == Channel.LOKET and user.has_role(role)
    if role == Role.VERIFIKATOR:
        return user.has_role(role, scope=application.type_code)
    if role == Role.TIM_TEKNIS:
        return user.has_role(role, scope=office_scope(application.type.technical_office))
    if role == Role.PENGAWAS:
        return user.has_role(role, scope=application.district_code)
    return user.has_role(role)


def involved(user: User, application: Application) -> bool:
    """Return whether it is the person's own application: their account, or their NIK."""
    return application.applicant_id == user.pk or bool(user.nik_token and user.nik_token == application.nik_token)


def holds_permit(user: User, role: str, permit: Permit) -> bool:
    """Return whether a user has a role on an issued permit; inspectors may be limited to some kecamatan."""
    if role == Role.PEMOHON:
        return permit.holder_id == user.pk
    if role == Role.PENGAWAS:
        return user.has_role(role, scope=permit.district_code)
    return user.has_role(role)


def involved_permit(user: User, permit: Permit) -> bool:
    """Return whether the permit is the person's own."""
    return permit.holder_id == user.pk or bool(user.nik_token and user.nik_token == permit.nik_token)


def type_scopes() -> list[tuple[str, str]]:
    """Return what a verifier may be limited to: one permit type, or none."""
    return [("", f"Seluruh {region().region.name}"), *((kind.code, kind.name) for kind in catalogue.types())]


def office_scopes() -> list[tuple[str, str]]:
    """Return what a technical officer may be limited to: one technical office, or none."""
    offices = dict.fromkeys(kind.technical_office for kind in catalogue.types() if kind.technical_office)
    return [("", f"Seluruh {region().region.name}"), *((office_scope(name), name) for name in offices)]
