"""What the people of the demo do after approval, each on its day of the budget year."""

import datetime as dt
import random
from typing import Any

from core import dates, signers
from core.models import User
from sabilulungan.domain import flow, letters, papers, signing
from sabilulungan.domain.demo.cast import HEAD_OF_OFFICE, Cast
from sabilulungan.domain.demo.papers import Papers, scan
from sabilulungan.domain.demo.words import DONE
from sabilulungan.domain.flow.report_guards import unsettled
from sabilulungan.domain.recipients import chair, full_address
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import Action, Form, Kind, Phase, ReportCheck, Role, State
from sabilulungan.models import Agreement, Proposal

LATER = (State.DISETUJUI, State.DIANGGARKAN, State.DITETAPKAN, State.PERJANJIAN, State.PENCAIRAN, State.PELAKSANAAN,
         State.LPJ_DIPERIKSA, State.LPJ_PERBAIKAN)  # fmt: skip


class LaterActs:
    """Does the next act of the later life, and says on which day it is due."""

    def __init__(self, cast: Cast, papers: Papers, rng: random.Random) -> None:
        self.cast, self.papers, self.rng = cast, papers, rng
        self._number = 0

    def due(self, case: Proposal) -> dt.date:
        """Return the first day on which the next act on a case makes sense."""
        year = case.budget_year
        return {
            State.DISETUJUI: dt.date(year - 1, 12, 28),
            State.DIANGGARKAN: dt.date(year, 2, 2),
            State.DITETAPKAN: dt.date(year, 2, 10),
            State.PERJANJIAN: dt.date(year, 3, 1),
            State.PENCAIRAN: dt.date(year, 3, 10),
            State.PELAKSANAAN: dt.date(year, 9, 1),
        }.get(State(case.state), dt.date(year, 1, 1))

    def forward(self, case: Proposal, owner: User) -> Proposal:
        """Do the act that is due."""
        person, action, data, note = self._next(case, owner)
        return flow.perform(case, action, person, data=data, note=note)

    def return_report(self, case: Proposal) -> Proposal:
        """Send a report back once."""
        checker = self._checker(case)
        return flow.perform(case, Action.KEMBALIKAN_LAPORAN, checker, note="Foto kegiatan belum menunjukkan hasilnya.")

    def _serial(self, kind: str, year: int) -> str:
        self._number += 1
        return f"{self._number:04d}/{kind}/{year}"

    def _checker(self, case: Proposal) -> User:
        return self.cast.treasury if case.form == Form.UANG else self.cast.officer(case.office, "gudang")

    def _next(self, case: Proposal, owner: User) -> tuple[User, str, dict[str, Any], str]:
        today, state, year = dates.today(), case.state, case.budget_year
        line = {"name": case.recipient.name, "address": full_address(case.recipient)}
        if state == State.DISETUJUI:
            code = "5.1.05.05.02.0001" if case.kind == "HIBAH" else "5.1.06.01.01.0001"
            return (
                self.cast.budget,
                Action.ANGGARKAN,
                {**line, "account_code": code, "amount": case.amount_approved},
                "",
            )
        if state == State.DIANGGARKAN:
            decree = {"decree_number": f"900/Kep.{year % 100}-BPKAD/{year}", "signed_on": dt.date(year, 1, 20)}
            data = {**line, **decree, "amount": case.amount_budgeted, "scan": scan("Keputusan penetapan")}
            return self.cast.treasury, Action.TETAPKAN, data, ""
        if state == State.DITETAPKAN:
            return self._sign(case, owner)
        if state == State.PERJANJIAN:
            self.papers.give(case, owner, phase=Phase.PENCAIRAN)
            account = case.recipient.accounts.last()
            plan = {"account": account.pk if case.form == Form.UANG and account else None}
            return owner, Action.MINTA_CAIR, {**plan, "use_plan": "Sesuai rincian biaya yang ditetapkan."}, ""
        if state == State.PENCAIRAN:
            return self._give(case, today)
        if state in (State.PELAKSANAAN, State.LPJ_PERBAIKAN):
            return self._report(case, owner)
        left = unsettled(case)
        if left > 0:
            slip = {"sts_number": self._serial("STS", today.year), "paid_on": today, "amount": left}
            return self.cast.treasury, Action.CATAT_SETORAN, slip, ""
        return self._checker(case), Action.TERIMA_LAPORAN, {"checks": dict.fromkeys(ReportCheck.values, True)}, ""

    def _sign(self, case: Proposal, owner: User) -> tuple[User, str, dict[str, Any], str]:
        if not Agreement.objects.filter(proposal=case).exists():
            leader = chair(case.recipient)
            name = leader.name if leader else case.recipient.name
            return owner, Action.KONFIRMASI, {"signer_name": name, "accepted": True}, ""
        by_head = current().after.agreement_signer == Role.KDH
        person = self.cast.head if by_head else self.cast.officer(case.office, HEAD_OF_OFFICE)
        return person, Action.TANDATANGANI, {"giver_name": person.full_name, "signed_on": dates.today()}, ""

    def _file_agreement(self, case: Proposal) -> None:
        """File the scan of the agreement both sides signed with ink; without it nothing is paid (R19)."""
        paper = letters.find(case, self.cast.treasury, papers.AGREEMENTS[Kind(case.kind)], applicant=False)
        assert paper is not None  # noqa: S101  (an agreement stands)
        way = signers.WetSigner(scan(f"{paper.label} {case.number}"))
        signing.sign(case, paper, self.cast.treasury, way, name=case.agreement.giver_name)

    def _give(self, case: Proposal, today: dt.date) -> tuple[User, str, dict[str, Any], str]:
        if not papers.agreement_is_signed(case):
            self._file_agreement(case)
        if case.form != Form.UANG:
            data = {"handover": self._serial("BAST", today.year), "paid_on": today, "amount": case.amount_agreed}
            return (
                self.cast.officer(case.office, "gudang"),
                Action.SERAHKAN,
                {**data, "scan": scan("Serah terima")},
                "",
            )
        numbers = {name.lower(): self._serial(name, today.year) for name in ("SPP", "SPM", "SP2D")}
        data = {**numbers, "paid_on": today, "amount": case.amount_agreed, "scan": scan("Bukti transfer")}
        return self.cast.treasury, Action.BAYAR, data, ""

    def _report(self, case: Proposal, owner: User) -> tuple[User, str, dict[str, Any], str]:
        if case.state == State.PELAKSANAAN:
            self.papers.give(case, owner, phase=Phase.LPJ)
        spare = self.rng.choice((0, 0, 0, 125_000, 480_000))
        used = {line.number: line.amount_decreed or 0 for line in case.lines.all()}
        first = max(used, key=lambda number: used[number])
        used[first] -= min(spare, used[first] // 2)
        return owner, Action.LAPORKAN, {"activity": self.rng.choice(DONE), "lines": used}, ""
