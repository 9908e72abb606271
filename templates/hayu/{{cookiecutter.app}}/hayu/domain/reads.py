"""Papers with personal data that officers take from a record, noted in its log (hayu.md section 21, UU 27/2022)."""

from django.http import HttpRequest

from core import audit
from core.models import User
from hayu.domain import people
from hayu.domain.permits import people as permits
from hayu.enums import Role
from hayu.models import Application, Permit, Report


def note(found: Application | Permit | Report, user: User, what: str, request: HttpRequest) -> None:
    """Write into the log of a record that an officer took a paper of it, what it was, and in which role.

    Whose own record it is leaves no line, nor does a question for headers only (HEAD).
    """
    if request.method != "GET" or _holds(user, Role.PEMOHON, found):
        return
    role = next((role for role in people.OFFICERS if _holds(user, role, found)), "")
    audit.record_read(found, what, actor=user, role=role, request=request)


def _holds(user: User, role: str, found: Application | Permit | Report) -> bool:
    if isinstance(found, Report):
        return people.holds(user, role, found)
    if isinstance(found, Permit):
        return permits.holds_permit(user, role, found)
    return permits.holds(user, role, found)
