"""What the people of the demo do with a case, step by step, through the same machine as everybody."""

import random
from typing import Any

from core import dates, signers
from core.models import User
from sabilulungan.domain import flow, letters, signing
from sabilulungan.domain.demo.cast import Cast
from sabilulungan.domain.demo.papers import Papers, scan
from sabilulungan.domain.demo.words import OPINIONS, REFUSALS, RETURNED
from sabilulungan.domain.letters import seats
from sabilulungan.enums import Action, Check, State
from sabilulungan.models import Proposal
from sabilulungan.rules import money

SHARES = (0.5, 0.6, 0.7, 0.8, 1.0)


class Acts:
    """Does the next act on a case."""

    def __init__(self, cast: Cast, papers: Papers, rng: random.Random) -> None:
        self.cast, self.papers, self.rng = cast, papers, rng

    def send(self, proposal: Proposal, owner: User) -> Proposal:
        """File a draft."""
        return flow.perform(proposal, Action.AJUKAN, owner, data={"declared": True})

    def send_back(self, proposal: Proposal) -> Proposal:
        """Return a case for one document it has."""
        codes = set(proposal.documents.values_list("code", flat=True))
        items = [item for item in RETURNED if item[0] in codes][: self.rng.randrange(1, 3)]
        return flow.perform(proposal, Action.KEMBALIKAN, self.cast.registry, data={"items": items})

    def repair(self, proposal: Proposal, owner: User) -> Proposal:
        """Upload what was asked for and send it."""
        last = proposal.steps.filter(target=State.PERBAIKAN).last()
        for item in last.items if last else []:
            self.papers.give(proposal, owner, only=str(item["code"]))
        return flow.perform(proposal, Action.KIRIM_PERBAIKAN, owner)

    def refuse(self, proposal: Proposal) -> Proposal:
        """End a case where it can be refused."""
        action = Action.TIDAK_DIPERTIMBANGKAN if proposal.state == State.VERIFIKASI_TP else Action.TOLAK
        person = self.cast.team if proposal.state == State.VERIFIKASI_TP else self.cast.head
        return flow.perform(proposal, action, person, note=self.rng.choice(REFUSALS))

    def withdraw(self, proposal: Proposal, owner: User) -> Proposal:
        """Let the applicant withdraw."""
        return flow.perform(proposal, Action.TARIK, owner, note="Kegiatan sudah dibiayai dari iuran warga.")

    def forward(self, proposal: Proposal) -> Proposal:
        """Do the step that is due; before the amounts the recommendation is signed."""
        if proposal.state in (State.VERIFIKASI_TP, State.PERTIMBANGAN):
            self.sign_form(proposal)
        person, action, data, note = self._next(proposal)
        return flow.perform(proposal, action, person, data=data, note=note)

    def sign_form(self, proposal: Proposal, most: int = len(seats.ORDER)) -> None:
        """Let those who must sign the recommendation do so with ink, at most so many; each files his own scan."""
        held = seats.signed(proposal)
        for code in seats.demanded(proposal)[:most]:
            if code in held:
                continue
            person, paper = self.cast.signer(proposal, code), letters.named(code)
            way = signers.WetSigner(scan(f"{paper.label} {proposal.number}"))
            signing.sign(proposal, paper, person, way, name=person.titled_name)

    def _next(self, proposal: Proposal) -> tuple[User, str, dict[str, Any], str]:
        today = dates.today()
        last = money.current_amount(proposal.amounts())[1]
        state = proposal.state
        if state == State.DIAJUKAN:
            verdicts = {document.code: ("SESUAI", "") for document in proposal.documents.all() if document.required}
            number = f"900/{self.rng.randrange(100, 2000)}"
            data = {"verdicts": verdicts, "register_number": number, "registered_on": today}
            return self.cast.registry, Action.LENGKAP, data, ""
        if state == State.DISPOSISI:
            return self.cast.head, Action.TERUSKAN, {}, "Teruskan untuk dinilai sesuai bidangnya."
        if state == State.KLASIFIKASI:
            data = {"field": proposal.field, "nature": proposal.nature}
            return self.cast.sorter, Action.KLASIFIKASIKAN, data, ""
        if state == State.EVALUASI:
            return (
                self.cast.evaluator(proposal.office),
                Action.REKOMENDASIKAN,
                self._evaluation(proposal),
                self.rng.choice(OPINIONS),
            )
        if state == State.VERIFIKASI_TP:
            return self.cast.team, Action.PERTIMBANGKAN, {"amount": last, "meeting_on": today}, "Layak dipertimbangkan."
        if state == State.PERTIMBANGAN:
            return self.cast.budget, Action.TETAPKAN_BESARAN, self._budget(proposal, last), ""
        data = {"amount": last, "approval_number": f"978/{self.rng.randrange(100, 999)}", "approved_on": today}
        return self.cast.head, Action.SETUJUI, data, ""

    def _evaluation(self, proposal: Proposal) -> dict[str, Any]:
        share = self.rng.choice(SHARES)
        lines = {line.number: int(line.amount_asked * share) // 1000 * 1000 for line in proposal.lines.all()}
        return {
            "visited_on": dates.today(),
            "met_with": "Ketua RW dan pengurus",
            "visit_result": "Tempat kegiatan dan sekretariat sesuai dengan usulan.",
            "answers": dict.fromkeys(Check.values, (True, "")),
            "recommended": True,
            "lines": lines,
        }

    def _budget(self, proposal: Proposal, last: int) -> dict[str, Any]:
        if self.rng.random() < 0.08 and last * 11 // 10 <= (proposal.amount_asked or 0):
            reason = "Harga bahan naik sejak penilaian dinas; selisih sudah diperiksa terhadap standar harga."
            return {"amount": last * 11 // 10 // 1000 * 1000, "rise": reason}
        cut = self.rng.choice((1.0, 1.0, 0.9))
        return {"amount": int(last * cut) // 1000 * 1000}
