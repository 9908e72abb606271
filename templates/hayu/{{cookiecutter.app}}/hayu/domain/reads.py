"""Papers and documents of a record that officers read, noted in its log (hayu.md section 21, UU 27/2022)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.http import HttpRequest

from core import audit, dates
from core.models import AuditEntry, StoredFile, User
from hayu.domain import people
from hayu.domain.permits import people as permits
from hayu.domain.permits import sheet
from hayu.enums import Role
from hayu.models import Application, Inspection, Permit, Report, Supervision, Visit

Record = Application | Permit | Report
_RECORD_OF: Mapping[str, Callable[[str], Record]] = MappingProxyType(
    {
        Application._meta.label_lower: lambda pk: Application.objects.get(pk=pk),
        Visit._meta.label_lower: lambda pk: Visit.objects.select_related("application").get(pk=pk).application,
        Permit._meta.label_lower: lambda pk: Permit.objects.get(pk=pk),
        Supervision._meta.label_lower: lambda pk: Supervision.objects.select_related("permit").get(pk=pk).permit,
        Report._meta.label_lower: lambda pk: Report.objects.get(pk=pk),
        Inspection._meta.label_lower: lambda pk: Inspection.objects.select_related("report").get(pk=pk).report,
    }
)


def note(found: Record, user: User, what: str, request: HttpRequest) -> None:
    """Write into the log of a record that an officer took a paper of it, what it was, and in which role.

    Whose own record it is leaves no line, nor does a question for headers only (HEAD).
    """
    if request.method != "GET" or _holds(user, Role.PEMOHON, found):
        return
    role = next((role for role in people.OFFICERS if _holds(user, role, found)), "")
    audit.record_read(found, what, actor=user, role=role, request=request)


def note_file(request: HttpRequest, stored: StoredFile) -> None:
    """Write into the log of the record a document or photo belongs to that an officer opened it, once a day.

    Its kind is written, not its name: names of files are people's own words, and the log outlives them.
    """
    found, user = _RECORD_OF[stored.owner_type](stored.owner_id), request.user
    what = f"Dokumen dibuka: {stored.kind.removeprefix(sheet.FILE).replace('_', ' ')} (versi {stored.version})"
    today = audit.history(found).filter(action=audit.READ, actor=user, note=what, at__gte=dates.at(dates.today()))
    if not today.exists():
        note(found, user, what, request)


def trail(found: Record) -> dict[str, list[AuditEntry]]:
    """Return what was done with a record (`history`) and who of the officers read its papers (`readings`)."""
    rows = list(audit.history(found))
    return {
        "history": [row for row in rows if row.action != audit.READ],
        "readings": [row for row in rows if row.action == audit.READ],
    }


def _holds(user: User, role: str, found: Record) -> bool:
    if isinstance(found, Report):
        return people.holds(user, role, found)
    if isinstance(found, Permit):
        return permits.holds_permit(user, role, found)
    return permits.holds(user, role, found)
