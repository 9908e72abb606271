"""The year's envelope (T10): what the budget team may place for a kind of help, and for each office. Whole rupiah."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from core import audit, dates
from core.errors import Fault, Refused
from core.models import User
from core.money import rupiah
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import ENDS_WITHOUT_MONEY, Kind, Role
from sabilulungan.models import EnactedBudget, EnvelopeLimit, Proposal


@dataclass(frozen=True, slots=True)
class Room:
    """One limit that stands over a proposal: what it is of, how much, what is placed in it, and what rests it."""

    label: str
    budget_year: int
    kind: str
    office: str
    limit: int
    placed: int
    basis: str

    @property
    def left(self) -> int:
        """Return what is left; below zero when more is placed than the limit allows."""
        return self.limit - self.placed


def placed() -> QuerySet[Proposal]:
    """Return the live cases with an amount of the budget team or later; `placed_amount` is the newest that binds."""
    newest = Coalesce(F("amount_decreed"), F("amount_budgeted"), F("amount_approved"), F("amount_tapd"))
    return (
        Proposal.objects.public()
        .exclude(state__in=ENDS_WITHOUT_MONEY)
        .annotate(placed_amount=newest)
        .filter(placed_amount__isnull=False)
    )


def limits_of(budget_year: int) -> list[EnvelopeLimit]:
    """Return the limits of a year that count now: the newest of each kind and office."""
    rows = EnvelopeLimit.objects.filter(budget_year=budget_year).order_by("kind", "office", "pk")
    return list({(row.kind, row.office): row for row in rows}.values())


def rooms(budget_year: int, *, without: int | None = None) -> list[Room]:
    """Return every limit of a year with what is placed in it; the APBD, once recorded, is the limit of its kind.

    `without` leaves one proposal out: the one that is decided now.
    """
    sums: dict[tuple[str, str], int] = {}
    rows = placed().filter(budget_year=budget_year).exclude(pk=without).order_by()
    for row in rows.values("kind", "office").annotate(total=Sum("placed_amount")):
        for office in ("", row["office"]):
            key = (row["kind"], office)
            sums[key] = sums.get(key, 0) + row["total"]
    found = {(row.kind, row.office): (row.amount, row.basis) for row in limits_of(budget_year)}
    budget = EnactedBudget.objects.filter(budget_year=budget_year).first()
    if budget:
        found[Kind.HIBAH, ""], found[Kind.BANSOS, ""] = (budget.grants, budget.law), (budget.aid, budget.law)
    return [
        Room(_label(kind, office), budget_year, kind, office, limit, sums.get((kind, office), 0), basis)
        for (kind, office), (limit, basis) in sorted(found.items())
    ]


def _label(kind: str, office: str) -> str:
    word = Kind(kind).label
    return f"{word}, {current().office_short(office)}" if office else str(word)


def over(proposal: Proposal, found: Iterable[Room]) -> list[Room]:
    """Return the limits that stand over a proposal: of its kind, and of its office within it."""
    return [room for room in found if room.kind == proposal.kind and room.office in ("", proposal.office)]


def faults(proposal: Proposal, amount: int) -> list[Fault]:
    """Return a fault for each limit an amount would exceed, with what is left. Called inside the act's transaction.

    The year's limits are locked, so two amounts at once are judged one after the other.
    """
    list(EnvelopeLimit.objects.select_for_update().filter(budget_year=proposal.budget_year, kind=proposal.kind))
    list(EnactedBudget.objects.select_for_update().filter(budget_year=proposal.budget_year))
    return [
        Fault(
            "amount",
            f"Sisa pagu {room.label} {room.budget_year} tinggal {rupiah(max(room.left, 0))} dari {rupiah(room.limit)}.",
        )
        for room in over(proposal, rooms(proposal.budget_year, without=proposal.pk))
        if amount > room.left
    ]


def set_limit(user: User, *, budget_year: int, kind: str, office: str, amount: int, basis: str) -> EnvelopeLimit:
    """Set a limit anew, in the audit chain too. Offices together stay within their kind's limit, where it has one.

    A limit below what is placed already may be set, since money may shrink; then nothing more is placed.
    """
    with transaction.atomic():
        list(EnvelopeLimit.objects.select_for_update().filter(budget_year=budget_year, kind=kind))
        known = {row.office: row.amount for row in limits_of(budget_year) if row.kind == kind} | {office: amount}
        whole = known.pop("", None)
        shared = sum(known.values())
        if whole is not None and shared > whole:
            sentence = f"Pagu semua dinas {rupiah(shared)} melebihi pagu {Kind(kind).label.lower()} {rupiah(whole)}."
            raise Refused("Pagu belum dapat disimpan.", [Fault("amount", sentence)])
        made = EnvelopeLimit.objects.create(
            budget_year=budget_year, kind=kind, office=office, amount=amount, basis=basis.strip(), set_by=user,
            set_at=dates.now(),
        )  # fmt: skip
        audit.record(
            made, "tetapkan_pagu", actor=user, role=Role.TAPD, note=made.basis,
            data={"tahun": budget_year, "jenis": kind, "dinas": office, "jumlah": amount},
        )  # fmt: skip
    return made


def years() -> list[int]:
    """Return the years that have a limit or an APBD, newest first."""
    tables = (EnvelopeLimit.objects, EnactedBudget.objects)
    return sorted({year for rows in tables for year in rows.values_list("budget_year", flat=True)}, reverse=True)
