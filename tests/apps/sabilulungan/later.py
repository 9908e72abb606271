"""Builders for tests of the later life: budget, decree, agreement, payment, report."""

import datetime as dt

import time_machine

import build
from core import signers
from core.models import User
from sabilulungan.domain import drafts, flow, letters, signing
from sabilulungan.domain import papers as lists
from sabilulungan.domain.recipients import chair, full_address
from sabilulungan.enums import Action, Kind, Phase, ReportCheck, Role, State
from sabilulungan.models import EnactedBudget, Proposal

PAID_DAY = dt.date(2027, 3, 15)


def at(year: int, month: int, day: int, hour: int = 3) -> dt.datetime:
    """Return a moment of a day; 03.00 UTC is 10.00 WIB."""
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


class LaterStaff(build.Staff):
    """The staff of the classic steps, and who acts after approval."""

    def __init__(self) -> None:
        super().__init__()
        self.finance = build.user("keuangan", Role.KEU)
        self.auditor = build.user("auditor", Role.INSPEKTORAT)
        self.keeper = build.user("penyerah", (Role.OPD, "disdik"))

    def later(self, proposal: Proposal, applicant: User) -> tuple[User, str, dict[str, object]]:
        """Return who does what with which data in a state of the later life."""
        amount = next(
            value
            for value in (proposal.amount_decreed, proposal.amount_budgeted, proposal.amount_approved)
            if value is not None
        )
        name, address = proposal.recipient.name, full_address(proposal.recipient)
        if proposal.state == State.DISETUJUI:
            code = "5.1.05.05.02.0001" if proposal.kind == "HIBAH" else "5.1.06.01.01.0001"
            return self.budget, Action.ANGGARKAN, {
                "account_code": code, "amount": amount, "name": name, "address": address,
            }  # fmt: skip
        if proposal.state == State.DIANGGARKAN:
            return self.finance, Action.TETAPKAN, {
                "decree_number": "900/Kep.12/2027", "signed_on": dt.date(2027, 2, 1), "name": name, "address": address,
                "amount": amount, "scan": build.pdf("sk"),
            }  # fmt: skip
        if proposal.state == State.DITETAPKAN and not hasattr(proposal, "agreement"):
            return applicant, Action.KONFIRMASI, {"signer_name": chair(proposal.recipient).name, "accepted": True}
        if proposal.state == State.DITETAPKAN:
            return self.head, Action.TANDATANGANI, {"giver_name": "Kepala Contoh", "signed_on": dt.date(2027, 2, 10)}
        if proposal.state == State.PERJANJIAN:
            inked(proposal, self.finance)
            papers(proposal, Phase.PENCAIRAN, applicant)
            return applicant, Action.MINTA_CAIR, {
                "account": proposal.recipient.accounts.last().pk, "use_plan": "Sewa komputer dan honor pelatih.",
            }  # fmt: skip
        if proposal.state == State.PENCAIRAN and proposal.form != "UANG":
            return self.keeper, Action.SERAHKAN, {
                "handover": "027/BAST/7", "paid_on": PAID_DAY, "amount": amount, "scan": build.pdf("bast"),
            }  # fmt: skip
        if proposal.state == State.PENCAIRAN:
            return self.finance, Action.BAYAR, payment(amount)
        if proposal.state in (State.PELAKSANAAN, State.LPJ_PERBAIKAN):
            papers(proposal, Phase.LPJ, applicant)
            return applicant, Action.LAPORKAN, report(proposal)
        checker = self.finance if proposal.form == "UANG" else self.keeper
        return checker, Action.TERIMA_LAPORAN, {"checks": dict.fromkeys(ReportCheck.values, True)}


def payment(amount: int, sp2d: str = "", **changes: object) -> dict[str, object]:
    """Return the data of a payment."""
    number = sp2d or f"SP2D/{next(build._serial)}/2027"
    return {
        "spp": "SPP/1", "spm": "SPM/1", "sp2d": number, "paid_on": PAID_DAY, "amount": amount,
        "scan": build.pdf(number), **changes,
    }  # fmt: skip


def inked(proposal: Proposal, by: User) -> None:
    """File the scan of the signed agreement, once."""
    if not lists.agreement_is_signed(proposal):
        code = lists.AGREEMENTS[Kind(proposal.kind)]
        paper = next(paper for paper in letters.PAPERS if paper.code == code)
        signing.sign(proposal, paper, by, signers.WetSigner(build.pdf(f"{code} {proposal.pk}")), name="Kepala Contoh")


def report(proposal: Proposal, used: int | None = None) -> dict[str, object]:
    """Return a report that uses everything received, or `used`."""
    total = proposal.amount_paid if used is None else used
    numbers = [line.number for line in proposal.lines.all()]
    return {
        "activity": "Pelatihan berjalan dua puluh kali.",
        "lines": {number: total if number == numbers[0] else 0 for number in numbers},
    }


def papers(proposal: Proposal, phase: str, applicant: User) -> None:
    """Upload every required paper of a phase."""
    for document in proposal.documents.filter(phase=phase, required=True):
        drafts.attach(document, build.pdf(f"{document.code} {proposal.pk}"), applicant)


def enact(staff: LaterStaff, year: int = 2027, **changes: object) -> EnactedBudget:
    """Record the APBD of a year."""
    values = {
        "budget_year": year,
        "law": "Perda 10/2026",
        "regulation": "Perwal 50/2026",
        "enacted_on": dt.date(2026, 12, 28),
        "lines_until": dt.date(2027, 1, 31),
        "grants": 10**9,
        "aid": 10**8,
        "unplanned": 10**7,
        "entered_by": staff.budget,
    }
    return EnactedBudget.objects.create(**{**values, **changes})


def go(proposal: Proposal, staff: LaterStaff, applicant: User, upto: str) -> Proposal:
    """Move a case on from approval until it reaches a state, on the days of 2027 the papers carry."""
    proposal = Proposal.objects.get(pk=proposal.pk)
    while proposal.state != upto:
        person, action, data = staff.later(proposal, applicant)
        proposal = flow.perform(proposal, action, person, version=proposal.version, data=data)
        proposal = Proposal.objects.get(pk=proposal.pk)
    return proposal


def approved(applicant: User, staff: LaterStaff, **changes: object) -> Proposal:
    """Return an approved proposal of an organisation, filed in March 2026."""
    with time_machine.travel(build.OPEN_DAY, tick=False):
        recipient = changes.pop("recipient", None) or build.organisation(applicant)
        filed = build.send(build.draft(recipient, applicant, **changes), applicant)
        return build.walk(filed, staff, State.DISETUJUI)
