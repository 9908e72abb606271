"""The transition table of an application (hayu.md section 7); the only way its state changes.

Each row's effect also marks the service clock, so no act can forget it. Duties keep checking, technical advice and
signing of one file in different hands (section 3).
"""

from collections.abc import Callable
from typing import Any

from core.transitions import NEW, SYSTEM, Machine, Step, Transition
from hayu.domain.permits import clock, effects, guards, messages, signing
from hayu.domain.permits.people import OWNERS, holds, involved
from hayu.enums import AppAction as Act
from hayu.enums import AppState as S
from hayu.enums import Role
from hayu.models import Application

CHECK, TECHNICAL, SIGN = "BERKAS", "TEKNIS", "TANDA_TANGAN"
_APPLICANT = (Role.PEMOHON, Role.LOKET)
_CANCELLABLE = (
    S.DIAJUKAN, S.VERIFIKASI_BERKAS, S.PERLU_PERBAIKAN, S.USUL_TOLAK, S.PENINJAUAN, S.PENINJAUAN_DITUNDA,
    S.PERTIMBANGAN_TEKNIS, S.PENETAPAN, S.MENUNGGU_PEMBAYARAN,
)  # fmt: skip


def _same(step: Step) -> str:
    return step.source


def _came_from(step: Step) -> str:
    return str(step.obj.came_from)


def row(
    code: str, source: tuple[str, ...], action: str, roles: tuple[str, ...], target: str | Callable[[Step], str],
    *, effect: Callable[[Step], None] | None = None, **more: Any,
) -> Transition:  # fmt: skip
    """Return a row whose effect also marks the clock."""

    def marked(step: Step) -> None:
        if effect:
            effect(step)
        clock.mark(step.obj, step.target, step.now)

    return Transition(code, source, action, roles, target, effect=marked, **more)


TABLE = (
    Transition("I01", (NEW,), Act.BUAT, _APPLICANT, S.DRAF),
    row("I02", (S.DRAF,), Act.KIRIM, _APPLICANT, S.DIAJUKAN, guard=guards.may_send, effect=effects.send,
        notify=messages.received),
    row("I03", (S.DIAJUKAN,), Act.AMBIL, (Role.VERIFIKATOR,), S.VERIFIKASI_BERKAS, guard=guards.is_oldest,
        effect=effects.take, duty=CHECK),
    row("I03-LAIN", (S.VERIFIKASI_BERKAS,), Act.AMBIL, (Role.VERIFIKATOR,), _same, guard=guards.is_free,
        effect=effects.take, duty=CHECK),
    row("I03-ALIH", (S.VERIFIKASI_BERKAS,), Act.ALIHKAN, (Role.KABID,), _same, effect=effects.hand_over,
        note_required=True),
    row("I03-DAHULU", S.running(), Act.PRIORITASKAN, (Role.KABID,), _same, guard=guards.may_hurry,
        effect=effects.put_first, note_required=True),
    row("I04", (S.VERIFIKASI_BERKAS,), Act.KEMBALIKAN, (Role.VERIFIKATOR,), S.PERLU_PERBAIKAN,
        guard=guards.lists_faults, effect=effects.give_back, notify=messages.returned, duty=CHECK),
    row("I05", (S.PERLU_PERBAIKAN,), Act.KIRIM_ULANG, _APPLICANT, S.VERIFIKASI_BERKAS, guard=guards.answers_all,
        effect=effects.send_again, notify=messages.mended),
    row("I06", (S.PERLU_PERBAIKAN, S.MENUNGGU_PEMBAYARAN), Act.LEWAT_BATAS, (SYSTEM,), S.KEDALUWARSA,
        guard=guards.deadline_passed, effect=effects.lapse, notify=messages.lapsed),
    row("I06-INGAT", (S.PERLU_PERBAIKAN,), Act.INGATKAN, (SYSTEM,), _same, guard=guards.needs_reminder,
        effect=effects.remind, notify=messages.reminder),
    row("I07", (S.VERIFIKASI_BERKAS,), Act.USUL_TOLAK, (Role.VERIFIKATOR,), S.USUL_TOLAK,
        guard=guards.officer_has_legal_reason, effect=effects.propose_refusal, duty=CHECK),
    row("I08", (S.USUL_TOLAK,), Act.SETUJUI_TOLAK, (Role.KABID,), S.DITOLAK, guard=guards.is_another,
        effect=effects.refuse, notify=messages.refused, note_required=True),
    row("I09", (S.USUL_TOLAK,), Act.BATALKAN_USUL, (Role.KABID,), _came_from, effect=effects.withdraw_proposal,
        note_required=True),
    row("I10", (S.VERIFIKASI_BERKAS,), Act.TERUSKAN, (Role.VERIFIKATOR,), effects.after_check,
        guard=guards.checklist_done, effect=effects.forward, duty=CHECK),
    row("I11", (S.PENINJAUAN,), Act.JADWALKAN, (Role.TIM_TEKNIS,), _same, guard=guards.is_soon,
        effect=effects.appoint, notify=messages.appointed, duty=TECHNICAL),
    row("I12", (S.PENINJAUAN,), Act.CATAT_BAP, (Role.TIM_TEKNIS,), S.PERTIMBANGAN_TEKNIS,
        guard=guards.is_full_visit, effect=effects.record_visit, duty=TECHNICAL),
    row("I13", (S.PENINJAUAN,), Act.MINTA_TUNDA, _APPLICANT, S.PENINJAUAN_DITUNDA, guard=guards.may_postpone,
        effect=effects.postpone, notify=messages.appointed),
    row("I14", (S.PENINJAUAN_DITUNDA,), Act.LANJUT, (*_APPLICANT, SYSTEM), S.PENINJAUAN,
        guard=guards.day_has_come, effect=effects.resume),
    row("I15", (S.PERTIMBANGAN_TEKNIS,), Act.REKOMENDASI, (Role.TIM_TEKNIS,), S.PENETAPAN, guard=guards.is_advice,
        effect=effects.advise, notify=messages.advised, duty=TECHNICAL),
    row("I16", (S.PERTIMBANGAN_TEKNIS,), Act.TIDAK_LAYAK, (Role.TIM_TEKNIS,), S.USUL_TOLAK,
        guard=guards.has_legal_reason, effect=effects.propose_refusal, duty=TECHNICAL),
    row("I17", (S.PENETAPAN,), Act.TETAPKAN_BIAYA, (Role.PENETAP_RETRIBUSI,), S.MENUNGGU_PEMBAYARAN,
        guard=guards.costs_something, effect=effects.bill, notify=messages.billed),
    row("I18", (S.MENUNGGU_PEMBAYARAN,), Act.BAYAR, (Role.BENDAHARA, SYSTEM), S.PENETAPAN, effect=effects.pay,
        notify=messages.paid),
    row("I19", (S.PENETAPAN,), Act.SUSUN, (Role.KASI,), _same, guard=guards.is_settled, effect=effects.draft),
    row("I20", (S.PENETAPAN,), Act.PARAF, (Role.KABID,), S.MENUNGGU_TTE, guard=guards.was_drafted,
        effect=effects.initial),
    row("I21", (S.MENUNGGU_TTE,), Act.TANDA_TANGANI, (Role.PENANDATANGAN,), S.TERBIT, guard=signing.may_sign,
        effect=signing.sign, notify=messages.issued, duty=SIGN),
    row("I22", (S.MENUNGGU_TTE,), Act.KEMBALIKAN_INTERNAL, (Role.PENANDATANGAN,), S.PENETAPAN,
        effect=effects.back_to_drafter, note_required=True, duty=SIGN),
    row("I23", (S.MENUNGGU_TTE,), Act.TOLAK, (Role.PENANDATANGAN,), S.DITOLAK, guard=guards.has_legal_reason,
        effect=effects.refuse, notify=messages.refused, duty=SIGN),
    row("I24", _CANCELLABLE, Act.BATALKAN, _APPLICANT, S.DIBATALKAN, effect=effects.cancel),
    row("I25", (S.DITOLAK,), Act.KEBERATAN, _APPLICANT, S.DITINJAU_ULANG, guard=guards.may_object,
        effect=effects.object_to, note_required=True),
    row("I26", (S.DITINJAU_ULANG,), Act.KABULKAN_KEBERATAN, (Role.PENANDATANGAN,), S.VERIFIKASI_BERKAS,
        effect=effects.grant_objection, notify=messages.objection_granted, note_required=True, duty=SIGN),
    row("I27", (S.DITINJAU_ULANG,), Act.TOLAK_KEBERATAN, (Role.PENANDATANGAN,), S.DITOLAK,
        effect=effects.refuse_objection, notify=messages.objection_refused, note_required=True, duty=SIGN),
    row("I28", S.running(), Act.ESKALASI, (SYSTEM,), _same, guard=guards.needs_escalation,
        effect=effects.note_escalation, notify=messages.escalated),
    row("I29", S.running(), Act.ANGGAP_KABUL, (SYSTEM,), _same, guard=guards.is_deemed, effect=effects.deem,
        notify=messages.deemed),
)  # fmt: skip

machine = Machine(Application, TABLE, holds=holds, involved=involved, owner_roles=OWNERS)
