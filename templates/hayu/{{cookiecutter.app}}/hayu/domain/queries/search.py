"""Search of officers over reports, applications and permits: each finds only what they may read."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from core import codes, identity
from core.models import User
from hayu.domain.queries import applications, officers
from hayu.enums import Role
from hayu.models import Application, Permit, Report

LEAST = 3  # signs of a name or number
MOST = 25  # rows of each kind


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, each list cut at MOST rows, newest first."""

    reports: list[Report]
    applications: list[Application]
    permits: list[Permit]

    @property
    def number(self) -> int:
        """Return how many rows are shown."""
        return len(self.reports) + len(self.applications) + len(self.permits)


def permits_of(user: User) -> QuerySet[Permit]:
    """Return the permits an officer may read; inspectors within their kecamatan."""
    rows = Permit.objects.select_related("type_version")
    if user.has_role(*applications.READS_ALL, Role.VERIFIKATOR):
        return rows
    scopes = user.scopes(Role.PENGAWAS) if user.has_role(Role.PENGAWAS) else frozenset()
    return rows if "" in scopes else rows.filter(district_code__in=scopes)


def find(user: User, text: str) -> Results:
    """Look a receipt, number, code, NIK, NIB or part of a name up. Raises ValueError with a sentence: too short.

    A NIK is compared by its token and never searched in part, so nobody can feel their way to one.
    """
    wanted = " ".join(text.split())
    if len(wanted) < LEAST:
        raise ValueError(f"Tulis sedikitnya {LEAST} huruf atau angka.")
    token = _token(wanted)
    code = codes.normalise(wanted)
    if token:
        report, application, permit = (Q(nik_token=token),) * 3
    else:
        report = Q(number__icontains=wanted) | Q(holder_name__icontains=wanted) | Q(business_name__icontains=wanted)
        report |= Q(nib=identity.digits(wanted)) if identity.digits(wanted) else Q(code=code)
        application = (
            Q(receipt__icontains=wanted) | Q(holder_name__icontains=wanted) | Q(permit_number__icontains=wanted)
        )
        permit = Q(number__icontains=wanted) | Q(holder_name__icontains=wanted) | Q(object_text__icontains=wanted)
        report, permit = report | Q(code=code), permit | Q(code=code)
    files = applications.readable(user)
    return Results(
        list(officers.not_own(officers.readable(user), user).filter(report).order_by("-registered_at", "-pk")[:MOST]),
        list(files.filter(application).select_related("type_version").order_by("-sent_at", "-pk")[:MOST]),
        list(permits_of(user).filter(permit).order_by("-issued_on", "-pk")[:MOST]),
    )


def _token(text: str) -> str:
    try:
        return identity.token(identity.normalise_nik(text))
    except ValueError:
        return ""
