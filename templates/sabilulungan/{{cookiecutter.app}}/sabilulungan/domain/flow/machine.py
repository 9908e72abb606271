"""The transition table for the steps a region uses (sabilulungan.md section 6); `later` holds T14–T24."""

import functools

from core.transitions import NEW, SYSTEM, Machine, Step, Transition
from sabilulungan.domain.flow import effects, guards, later, messages
from sabilulungan.domain.flow.people import OWNERS, holds, involved
from sabilulungan.enums import Action, Role, Stage, State
from sabilulungan.models import Proposal
from sabilulungan.rules import flow
from sabilulungan.rules.profile import Profile

_APPLICANT = (Role.PEMOHON, Role.OPERATOR)
_APPLY = "PENGAJUAN"  # the duty of whoever files, so that an operator never checks the same file
_WITHDRAWABLE = (
    State.DIAJUKAN,
    State.PERBAIKAN,
    State.DISPOSISI,
    State.KLASIFIKASI,
    State.EVALUASI,
    State.VERIFIKASI_TP,
    State.PERTIMBANGAN,
    State.PERSETUJUAN,
    State.DISETUJUI,
    State.DIANGGARKAN,
)


def _duty(profile: Profile, stage: Stage) -> str:
    """One person, one stage of a case. The head of region is one person with two stages, so they share a duty."""
    return str(Role.KDH) if flow.owner(profile, stage) == Role.KDH else str(stage)


def _alone(profile: Profile, stage: Stage) -> tuple[str, ...]:
    """Return the system as a further actor of a step the region lets run without a clerk."""
    return (SYSTEM,) if profile.step(stage).automatic else ()


def _resume(step: Step) -> str:
    return str(step.obj.resume_state)


def table(profile: Profile) -> list[Transition]:
    """Return the rows of a region's table; switched-off steps have none, and the step before leads past them."""
    return [
        Transition("T00", (NEW,), "MULAI", _APPLICANT, State.DRAF),
        Transition(
            "T01", (State.DRAF,), Action.AJUKAN, _APPLICANT, State.DIAJUKAN,
            guard=guards.may_file, effect=effects.file, notify=messages.filed, duty=_APPLY,
        ),
        Transition(
            "T04", (State.PERBAIKAN,), Action.KIRIM_PERBAIKAN, _APPLICANT, _resume,
            guard=guards.is_repaired, effect=effects.resume, notify=messages.repaired, duty=_APPLY,
        ),
        Transition(
            "T04-WAKTU", (State.PERBAIKAN,), Action.LEWAT_WAKTU, (SYSTEM,), State.KEDALUWARSA,
            guard=guards.repair_is_overdue, effect=effects.lapse, notify=messages.lapsed,
        ),
        Transition(
            "T25", _WITHDRAWABLE, Action.TARIK, _APPLICANT, State.DITARIK, note_required=True,
            effect=effects.withdraw, notify=messages.withdrawn, duty=_APPLY,
        ),
        *_completeness(profile),
        *(_disposition(profile) if profile.step(Stage.DISPOSISI).on else ()),
        *_classification(profile),
        *_evaluation(profile),
        *(_team(profile) if profile.step(Stage.PERIKSA_TP).on else ()),
        *(_budget_team(profile) if profile.step(Stage.PERIKSA_TAPD).on else ()),
        *_approval(profile),
        *later.table(profile, _APPLY, _duties(profile)),
    ]  # fmt: skip


def _duties(profile: Profile) -> dict[Role, str]:
    """Return the duty of the head and of the budget team, who go on deciding after approval."""
    return {
        flow.owner(profile, stage): _duty(profile, stage)
        for stage in (Stage.PERIKSA_TAPD, Stage.PERSETUJUAN)
        if profile.step(stage).on
    }


def _completeness(profile: Profile) -> list[Transition]:
    roles, duty = (flow.owner(profile, Stage.KELENGKAPAN),), _duty(profile, Stage.KELENGKAPAN)
    return [
        Transition(
            "T02", (State.DIAJUKAN,), Action.LENGKAP, roles, flow.state_after(profile, Stage.KELENGKAPAN),
            guard=guards.is_complete, effect=effects.register, notify=messages.moved, duty=duty,
        ),
        Transition(
            "T03", (State.DIAJUKAN,), Action.KEMBALIKAN, roles, State.PERBAIKAN,
            guard=guards.has_items, effect=effects.send_back, notify=messages.returned, duty=duty,
        ),
    ]  # fmt: skip


def _disposition(profile: Profile) -> list[Transition]:
    roles, duty = (flow.owner(profile, Stage.DISPOSISI),), _duty(profile, Stage.DISPOSISI)
    return [
        Transition(
            "T05", (State.DISPOSISI,), Action.TERUSKAN, (*roles, *_alone(profile, Stage.DISPOSISI)),
            flow.state_after(profile, Stage.DISPOSISI), guard=guards.is_passed_on, effect=effects.pass_on,
            notify=messages.moved, duty=duty,
        ),
        Transition(
            "T05-TOLAK", (State.DISPOSISI,), Action.TOLAK, roles, State.DITOLAK, note_required=True,
            guard=guards.reason_is_public, effect=effects.refuse, notify=messages.refused, duty=duty,
        ),
    ]  # fmt: skip


def _classification(profile: Profile) -> list[Transition]:
    return [
        Transition(
            "T06", (State.KLASIFIKASI,), Action.KLASIFIKASIKAN,
            (flow.owner(profile, Stage.KLASIFIKASI), *_alone(profile, Stage.KLASIFIKASI)),
            flow.state_after(profile, Stage.KLASIFIKASI), guard=guards.has_route, effect=effects.classify,
            notify=messages.moved, duty=_duty(profile, Stage.KLASIFIKASI),
        ),
    ]  # fmt: skip


def _evaluation(profile: Profile) -> list[Transition]:
    roles, duty = (flow.owner(profile, Stage.EVALUASI),), _duty(profile, Stage.EVALUASI)
    return [
        Transition(
            "T03-OPD", (State.EVALUASI,), Action.KEMBALIKAN, roles, State.PERBAIKAN,
            guard=guards.has_items, effect=effects.send_back, notify=messages.returned, duty=duty,
        ),
        Transition(
            "T07", (State.EVALUASI,), Action.REKOMENDASIKAN, roles, flow.state_after(profile, Stage.EVALUASI),
            guard=guards.may_recommend, effect=effects.recommend, notify=messages.moved, duty=duty,
        ),
        Transition(
            "T08", (State.EVALUASI,), Action.SALAH_BIDANG, roles, State.KLASIFIKASI, note_required=True,
            guard=guards.reason_is_public, effect=effects.pass_on, notify=messages.moved, duty=duty,
        ),
    ]  # fmt: skip


def _team(profile: Profile) -> list[Transition]:
    roles, duty = (flow.owner(profile, Stage.PERIKSA_TP),), _duty(profile, Stage.PERIKSA_TP)
    return [
        Transition(
            "T09", (State.VERIFIKASI_TP,), Action.PERTIMBANGKAN, roles, flow.state_after(profile, Stage.PERIKSA_TP),
            guard=guards.team_amount, effect=effects.consider, notify=messages.moved, duty=duty,
        ),
        Transition(
            "T09-TIDAK", (State.VERIFIKASI_TP,), Action.TIDAK_DIPERTIMBANGKAN, roles, State.TIDAK_DIPERTIMBANGKAN,
            note_required=True, guard=guards.reason_is_public, effect=effects.refuse, notify=messages.refused,
            duty=duty,
        ),
    ]  # fmt: skip


def _budget_team(profile: Profile) -> list[Transition]:
    roles, duty = (flow.owner(profile, Stage.PERIKSA_TAPD),), _duty(profile, Stage.PERIKSA_TAPD)
    return [
        Transition(
            "T10", (State.PERTIMBANGAN,), Action.TETAPKAN_BESARAN, roles, flow.state_after(profile, Stage.PERIKSA_TAPD),
            guard=guards.budget_amount, effect=effects.set_amount, notify=messages.moved, duty=duty,
        ),
        Transition(
            "T11", (State.PERTIMBANGAN,), Action.TANYAKAN, roles, flow.state_before(profile, Stage.PERIKSA_TAPD),
            note_required=True, guard=guards.reason_is_public, effect=effects.pass_on, notify=messages.moved,
            duty=duty,
        ),
    ]  # fmt: skip


def _approval(profile: Profile) -> list[Transition]:
    roles, duty = (flow.owner(profile, Stage.PERSETUJUAN),), _duty(profile, Stage.PERSETUJUAN)
    return [
        Transition(
            "T12", (State.PERSETUJUAN,), Action.SETUJUI, roles, State.DISETUJUI,
            guard=guards.may_approve, effect=effects.approve, notify=messages.approved, duty=duty,
        ),
        Transition(
            "T13", (State.PERSETUJUAN,), Action.TOLAK, roles, State.DITOLAK, note_required=True,
            guard=guards.reason_is_public, effect=effects.refuse, notify=messages.refused, duty=duty,
        ),
    ]  # fmt: skip


@functools.lru_cache(maxsize=32)
def machine_for(profile: Profile) -> Machine:
    """Return the machine of one version of a region's rules."""
    return Machine(Proposal, table(profile), holds=holds, involved=involved, owner_roles=OWNERS)
