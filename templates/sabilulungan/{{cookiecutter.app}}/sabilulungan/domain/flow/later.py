"""The rows T14–T24 of the transition table: from approval to the accepted report (sabilulungan.md section 6)."""

from core.transitions import SYSTEM, Step, Transition
from sabilulungan.domain.flow import budget_guards, report_effects, report_guards
from sabilulungan.domain.flow import later_effects as effects
from sabilulungan.domain.flow import later_guards as guards
from sabilulungan.domain.flow import later_messages as messages
from sabilulungan.enums import Action, Role, State
from sabilulungan.rules.profile import Profile

APPLICANT = (Role.PEMOHON, Role.OPERATOR)
FINANCE = "KEUANGAN"  # decree, payment and check of the report are one duty, never of who evaluated the proposal
_REPORTABLE = (State.PELAKSANAAN, State.LPJ_PERBAIKAN)
_REFUNDABLE = (State.PELAKSANAAN, State.LPJ_DIPERIKSA, State.LPJ_PERBAIKAN, State.SANKSI)
_VOIDABLE = (State.DITETAPKAN, State.PERJANJIAN, State.PENCAIRAN)


def _reported(step: Step) -> str:
    """A report filed under sanction leaves the case there until T24."""
    return State.SANKSI if step.source == State.SANKSI else State.LPJ_DIPERIKSA


def _accepted(step: Step) -> str:
    """A report on unfinished work lets it go on; the final one ends the case."""
    filed = report_guards.latest_report(step.obj)
    return State.PELAKSANAAN if filed and filed.unfinished_until else State.SELESAI


def table(profile: Profile, apply: str, duties: dict[Role, str]) -> list[Transition]:
    """Return the rows; `apply` is the duty of applicants, `duties` the duty a role has in the classic steps."""
    return [*_budget(duties), *_agreement(profile, apply, duties), *_payment(apply), *_report(apply), *_sanction()]


def _budget(duties: dict[Role, str]) -> list[Transition]:
    planner = duties.get(Role.TAPD, str(Role.TAPD))
    return [
        Transition(
            "T14", (State.DISETUJUI,), Action.ANGGARKAN, (Role.TAPD,), State.DIANGGARKAN,
            guard=budget_guards.has_budget_line, effect=effects.budget, notify=messages.moved, duty=planner,
        ),
        Transition(
            "T14-TIDAK", (State.DISETUJUI,), Action.TIDAK_DIANGGARKAN, (Role.TAPD, SYSTEM), State.TIDAK_DIANGGARKAN,
            guard=budget_guards.is_left_out, effect=effects.leave_out, notify=messages.ended, duty=planner,
        ),
        Transition(
            "T14-UBAH", (State.DIANGGARKAN,), Action.UBAH_BARIS, (Role.TAPD,), State.DIANGGARKAN,
            guard=budget_guards.may_change_line, effect=effects.change_line, notify=messages.line_changed,
            note_required=True, duty=planner,
        ),
        Transition(
            "T15", (State.DIANGGARKAN,), Action.TETAPKAN, (Role.KEU,), State.DITETAPKAN,
            guard=guards.equals_annex, effect=effects.decree, notify=messages.decreed, duty=FINANCE,
        ),
    ]  # fmt: skip


def _agreement(profile: Profile, apply: str, duties: dict[Role, str]) -> list[Transition]:
    signer = profile.after.agreement_signer
    duty = duties.get(Role.KDH, str(Role.KDH)) if signer == Role.KDH else "PERJANJIAN"
    return [
        Transition(
            "T16-KETUA", (State.DITETAPKAN,), Action.GANTI_KETUA, APPLICANT, State.DITETAPKAN,
            guard=guards.leader_papers, effect=effects.change_leader, notify=messages.leader_changed, duty=apply,
        ),
        Transition(
            "T16-SETUJU", (State.DITETAPKAN,), Action.KONFIRMASI, APPLICANT, State.DITETAPKAN,
            guard=guards.signer_is_chair, effect=effects.confirm, notify=messages.confirmed, duty=apply,
        ),
        Transition(
            "T16", (State.DITETAPKAN,), Action.TANDATANGANI, (signer,), State.PERJANJIAN,
            guard=guards.may_sign, effect=effects.sign, notify=messages.signed, duty=duty,
        ),
    ]  # fmt: skip


def _payment(apply: str) -> list[Transition]:
    return [
        Transition(
            "T17", (State.PERJANJIAN,), Action.MINTA_CAIR, APPLICANT, State.PENCAIRAN,
            guard=guards.may_request, effect=effects.request, notify=messages.moved, duty=apply,
        ),
        Transition(
            "T03-KEU", (State.PENCAIRAN,), Action.KEMBALIKAN, (Role.KEU,), State.PERBAIKAN,
            guard=guards.has_payout_items, effect=effects.return_request, notify=messages.returned, duty=FINANCE,
        ),
        Transition(
            "T18", (State.PENCAIRAN,), Action.BAYAR, (Role.KEU,), State.PELAKSANAAN,
            guard=guards.may_pay, effect=effects.pay, notify=messages.paid, duty=FINANCE,
        ),
        Transition(
            "T18-LAGI", (State.PELAKSANAAN,), Action.BAYAR_LAGI, (Role.KEU,), State.PELAKSANAAN,
            guard=guards.may_pay, effect=effects.pay, notify=messages.paid, duty=FINANCE,
        ),
        Transition(
            "T18-BAST", (State.PENCAIRAN,), Action.SERAHKAN, (Role.OPD,), State.PELAKSANAAN,
            guard=guards.may_hand_over, effect=effects.hand_over, notify=messages.paid, duty=FINANCE,
        ),
        Transition(
            "T19", _VOIDABLE, Action.BATALKAN, (Role.KEU, Role.KDH), State.DIBATALKAN, note_required=True,
            guard=guards.may_void, effect=effects.void, notify=messages.ended,
        ),
    ]  # fmt: skip


def _report(apply: str) -> list[Transition]:
    checkers = (Role.KEU, Role.OPD)
    return [
        Transition(
            "T20", (*_REPORTABLE, State.SANKSI), Action.LAPORKAN, APPLICANT, _reported,
            guard=report_guards.may_report, effect=report_effects.report, notify=messages.reported, duty=apply,
        ),
        Transition(
            "T21-KEMBALI", (State.LPJ_DIPERIKSA,), Action.KEMBALIKAN_LAPORAN, checkers, State.LPJ_PERBAIKAN,
            guard=report_guards.may_return, effect=report_effects.return_report, notify=messages.report_returned,
            note_required=True, duty=FINANCE,
        ),
        Transition(
            "T21", (State.LPJ_DIPERIKSA,), Action.TERIMA_LAPORAN, checkers, _accepted,
            guard=report_guards.may_accept, effect=report_effects.accept, notify=messages.accepted, duty=FINANCE,
        ),
        Transition(
            "T21-STS", _REFUNDABLE, Action.CATAT_SETORAN, (Role.KEU,), lambda step: step.source,
            guard=report_guards.may_refund, effect=report_effects.refund, notify=messages.refunded, duty=FINANCE,
        ),
    ]  # fmt: skip


def _sanction() -> list[Transition]:
    return [
        Transition(
            "T22-PERINGATAN", _REPORTABLE, Action.PERINGATKAN, (SYSTEM,), lambda step: step.source,
            guard=report_guards.warning_is_due, effect=report_effects.warn, notify=messages.warned,
        ),
        Transition(
            "T22", _REPORTABLE, Action.SANKSI, (Role.KEU, SYSTEM), State.SANKSI,
            guard=report_guards.sanction_is_due, effect=report_effects.sanction, notify=messages.sanctioned,
            duty=FINANCE,
        ),
        Transition(
            "T23", (*_REPORTABLE, State.LPJ_DIPERIKSA, State.SELESAI), Action.TEMUAN, (Role.INSPEKTORAT,),
            State.SANKSI, note_required=True, guard=report_guards.finding_has_amount,
            effect=report_effects.record_finding, notify=messages.sanctioned,
        ),
        Transition(
            "T24", (State.SANKSI,), Action.AKHIRI_SANKSI, (Role.KEU,), State.SELESAI,
            guard=report_guards.sanction_is_settled, effect=report_effects.end_sanction, notify=messages.accepted,
            duty=FINANCE,
        ),
    ]  # fmt: skip


def fits(action: str, *, money: bool, confirmed: bool, body: bool, unpaid: int, late: bool) -> bool:
    """Return whether an act makes sense: money is paid, goods are handed over, only what is confirmed is signed."""
    return {
        Action.BAYAR: money,
        Action.SERAHKAN: not money,
        Action.BAYAR_LAGI: money and unpaid > 0,
        Action.GANTI_KETUA: body and not confirmed,
        Action.KONFIRMASI: not confirmed,
        Action.TANDATANGANI: confirmed,
        Action.SANKSI: late,
    }.get(Action(action), True)
