"""What became of an approved proposal, for pages: read from its timeline, so it costs no further query."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from core import dates
from sabilulungan.domain import rulebook
from sabilulungan.enums import PAID_STATES, State
from sabilulungan.models import CaseStep, Proposal
from sabilulungan.rules.privacy import Item
from sabilulungan.rules.redaction import redact

REPORT_WORDS = {
    "": "",
    "ditunggu": "Ditunggu",
    "terlambat": "Terlambat",
    "diperiksa": "Sedang diperiksa",
    "diterima": "Diterima",
    "sanksi": "Tidak ada, dalam sanksi",
}


@dataclass(frozen=True, slots=True)
class Payment:
    """One tranche: day, rupiah, and whether it was money."""

    day: dt.date
    rupiah: int
    money: bool


@dataclass(frozen=True, slots=True)
class Later:
    """Decree, agreement, payments, report and sanction of a case, as the public reads them."""

    decree: str = ""
    signer: str = ""
    agreement: str = ""
    payments: list[Payment] = field(default_factory=list)
    report_due: dt.date | None = None
    report_status: str = ""
    refunded: int = 0
    warnings: int = 0
    leaders: list[str] = field(default_factory=list)
    sanction: str = ""
    refund_due: int = 0

    @property
    def report_word(self) -> str:
        """Return how the report stands, in words."""
        return REPORT_WORDS[self.report_status]


def report_due(proposal: Proposal) -> dt.date | None:
    """Return the last day of a paid case's report; of unfinished work that went on, of its final one."""
    if proposal.state not in PAID_STATES:
        return None
    day = rulebook.profile_of(proposal).after.report_day(proposal.budget_year)
    return max(day, proposal.due_on) if proposal.state == State.PELAKSANAAN and proposal.due_on else day


def report_status(proposal: Proposal, today: dt.date) -> str:
    """Return how the report of a case stands: one of REPORT_WORDS."""
    due = report_due(proposal)
    if due is None:
        return ""
    if proposal.state == State.SELESAI:
        return "diterima"
    if proposal.state == State.LPJ_DIPERIKSA:
        return "diperiksa"
    if proposal.state == State.SANKSI:
        return "sanksi"
    return "terlambat" if today > due else "ditunggu"


def later_of(proposal: Proposal, log: Sequence[CaseStep], allowed: frozenset[Item]) -> Later | None:
    """Return the later life as far as the privacy table allows it; of persons only how the report stands."""
    today = dates.today()
    status, due = report_status(proposal, today), report_due(proposal)
    if proposal.amount_decreed is None:
        return None
    if Item.STAGE_AMOUNTS not in allowed:
        return Later(report_due=due, report_status=status)
    found = {step.transition: step for step in log}
    decree, agreement = found.get("T15"), found.get("T16")
    sanction = next((step for step in reversed(log) if step.transition in ("T22", "T23")), None)
    return Later(
        decree=redact(decree.facts.get("keputusan", "")) if decree else "",
        signer=decree.facts.get("penanda_tangan", "") if decree else "",
        agreement=redact(agreement.facts.get("perjanjian", "")) if agreement else "",
        payments=[
            Payment(dt.date.fromisoformat(step.facts["tanggal_bayar"]), step.amount or 0, step.transition != "T18-BAST")
            for step in log
            if step.transition in ("T18", "T18-LAGI", "T18-BAST")
        ],
        report_due=due,
        report_status=status,
        refunded=sum(step.amount or 0 for step in log if step.transition == "T21-STS"),
        warnings=sum(step.transition == "T22-PERINGATAN" for step in log),
        leaders=[redact(step.reason) for step in log if step.transition == "T16-KETUA"],
        sanction=redact(sanction.reason) if sanction else "",
        refund_due=(sanction.amount or 0) if sanction else 0,
    )
