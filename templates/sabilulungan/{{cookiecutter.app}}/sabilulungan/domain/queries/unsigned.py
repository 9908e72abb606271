"""Documents that wait for a signature: of whoever signs them, and of finance that files the scans."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from core.models import User
from sabilulungan.domain import letters, papers, rulebook
from sabilulungan.domain.letters import seats
from sabilulungan.domain.queries.lists import own_matters
from sabilulungan.domain.signing import filer_of
from sabilulungan.enums import OFFICE_ROLES, Kind, Role, State
from sabilulungan.models import Evaluation, Proposal, SignedPaper

BEFORE_APPROVAL = (State.VERIFIKASI_TP, State.PERTIMBANGAN, State.PERSETUJUAN)
BEFORE_PAYMENT = (State.DITETAPKAN, State.PERJANJIAN, State.PENCAIRAN)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """One document that waits: its code and label, and the case it stands in."""

    code: str
    label: str
    number: str
    title: str
    recipient: str
    since: dt.datetime

    @property
    def key(self) -> str:
        """Return the document as one value of a form."""
        return f"{self.code}:{self.number}"


def queries(user: User) -> dict[str, QuerySet[Proposal]]:
    """Return the cases with an unsigned document for this person, by the document's code; one case for each decree."""
    after = rulebook.current().after
    signs: dict[str, tuple[Role, QuerySet[Proposal]]] = {
        "rekomendasi": (Role.KEPALA_OPD, _recommended()),
        "lampiran-keputusan": (after.decree_signer, _decreed()),
        "nphd": (after.agreement_signer, _agreed(Kind.HIBAH)),
        "pakta": (after.agreement_signer, _agreed(Kind.BANSOS)),
    }
    found = {}
    for code, (signer, rows) in signs.items():
        held = {role for role in (signer, filer_of(code)) if user.has_role(role)}
        if not held:
            continue
        if held <= set(OFFICE_ROLES):  # who heads or evaluates for an office does so for it only
            rows = rows.filter(office__in=frozenset[str]().union(*(user.scopes(role) for role in held)))
        found[code] = rows.exclude(pk__in=own_matters(user))
    for code in seats.under(rulebook.current())[1:]:
        rows = _beside(user, code)
        if rows is not None:
            found[code] = rows.exclude(pk__in=own_matters(user))
    return found


def _beside(user: User, code: str) -> QuerySet[Proposal] | None:
    """Return the cases whose recommendation waits for a seat of this person, those before him having signed.

    The evaluators of the office, who file scans, are shown only what the case's profile demands. None for others.
    """
    mine = Q(pk__in=[])
    places = user.scopes(Role.WILAYAH)
    of_role = user.has_role(Role.WILAYAH) if code != seats.CHAIR else user.has_role(Role.KETUA_TP)
    files = user.has_role(filer_of(code))
    if not of_role and not files:
        return None
    if code == seats.CHAIR and of_role:
        mine = Q()
    elif of_role:
        column = "district_code" if code == seats.CAMAT else "village_code"
        mine = Q(**{f"recipient__{column}__in": places})
    if files:
        theirs = Q(office__in=user.scopes(filer_of(code)), profile__in=seats.demanding(code))
        mine = mine | theirs if mine else mine
    newer = Evaluation.objects.filter(proposal=OuterRef("proposal"), pk__gt=OuterRef("pk"))
    found = Evaluation.objects.filter(~Exists(newer)).filter(~_signed(code))
    for earlier in seats.ORDER[: seats.ORDER.index(code)]:
        here = _signed(earlier)
        found = found.filter(
            here if earlier == seats.HEAD else here | ~Q(proposal__profile__in=seats.demanding(earlier))
        )
    rows = Proposal.objects.public().filter(state__in=BEFORE_APPROVAL, pk__in=found.values("proposal"))
    return rows.filter(mine)


def _signed(code: str) -> Exists:
    return Exists(SignedPaper.objects.filter(evaluation=OuterRef("pk"), code=code))


def _recommended() -> QuerySet[Proposal]:
    newer = Evaluation.objects.filter(proposal=OuterRef("proposal"), pk__gt=OuterRef("pk"))
    unsigned = Evaluation.objects.filter(~Exists(newer), ~_signed(seats.HEAD))
    return Proposal.objects.public().filter(state__in=BEFORE_APPROVAL, pk__in=unsigned.values("proposal"))


def _decreed() -> QuerySet[Proposal]:
    first = (
        Proposal.objects.public()
        .filter(state__in=BEFORE_PAYMENT, decree_line__decree__signatures__isnull=True)
        .order_by()
        .values("decree_line__decree")
        .annotate(first=Min("pk"))
    )
    return Proposal.objects.public().filter(pk__in=first.values("first"))


def _agreed(kind: Kind) -> QuerySet[Proposal]:
    signed = SignedPaper.objects.filter(agreement__proposal=OuterRef("pk"), code=papers.AGREEMENTS[kind])
    states = (State.PERJANJIAN, State.PENCAIRAN)
    return Proposal.objects.public().filter(~Exists(signed), state__in=states, kind=kind)


def waiting(user: User) -> list[Unsigned]:
    """Return what waits for this person, the longest first."""
    labels = {paper.code: paper.label for paper in (*letters.PAPERS, *letters.BESIDE)}
    rows = [
        Unsigned(code, labels[code], case.number or "", case.title, case.recipient.name, case.state_since)
        for code, cases in queries(user).items()
        for case in cases.select_related("recipient")
    ]
    return sorted(rows, key=lambda row: (row.since, row.number))
