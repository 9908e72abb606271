"""The path of a rupiah: where a case stands among its region's steps, for every picture of it."""

import datetime as dt
from collections.abc import Sequence

from core import dates
from core.calendar import calendar
from core.pictures import Step
from core.region import region
from sabilulungan.domain.flow.looks import stage_label
from sabilulungan.enums import CLASSIC_STAGES, ENDS_WITHOUT_MONEY, OFFICE_ROLES, Role, Stage, State
from sabilulungan.models import CaseStep, Proposal
from sabilulungan.rules.deadlines import days_late
from sabilulungan.rules.flow import STAGE_OF, position, stages
from sabilulungan.rules.profile import Profile

_LATER_OWNER = {
    Stage.ANGGARAN: Role.TAPD,
    Stage.PENETAPAN: Role.KEU,
    Stage.PERJANJIAN: Role.KDH,
    Stage.PEMBAYARAN: Role.KEU,
    Stage.PERTANGGUNGJAWABAN: Role.PEMOHON,
}


def role_title(role: str, profile: Profile, office: str = "") -> str:
    """Return who a role is in this region: the head's title, the office's short name, or the role's name."""
    if role == Role.KDH:
        return str(region().terms.head)
    if role in OFFICE_ROLES and office:
        return profile.office_short(office)
    return str(Role(role).label) if role in Role.values else "Sistem"


_APPLICANTS_TURN = (State.PERBAIKAN, State.PERJANJIAN, State.PELAKSANAAN, State.LPJ_PERBAIKAN)


def waits_for(state: State, profile: Profile, office: str) -> str:
    """Return who has to act in a state, in words: the applicant, the head, an office, a team; "" at the end."""
    if state in _APPLICANTS_TURN:
        return str(Role.PEMOHON.label)
    stage = STAGE_OF.get(state)
    if stage is None:
        return ""
    if state in (State.LPJ_DIPERIKSA, State.SANKSI):
        return str(Role.KEU.label)
    owner = profile.step(stage).owner if stage in CLASSIC_STAGES else _LATER_OWNER[stage]
    return role_title(owner, profile, office)


def late(proposal: Proposal, today: dt.date | None = None) -> int:
    """Return how many working days whoever has the case now is late."""
    return days_late(calendar(), proposal.due_on, today or dates.today())


def path(
    proposal: Proposal, profile: Profile, log: Sequence[CaseStep] | None = None, today: dt.date | None = None
) -> list[Step]:
    """Return the region's steps with their standing. With the timeline, each has its day and its owner."""
    now = position(profile, proposal.stage)
    overdue = late(proposal, today)
    left = _left_on(log or [])
    found = []
    for index, stage in enumerate(stages(profile)):
        status = _status(index, now, State(proposal.state), overdue)
        current = index == now and status in ("now", "late")
        owner = profile.step(stage).owner if stage in CLASSIC_STAGES else _LATER_OWNER[stage]
        own = profile.step(stage).label if stage in CLASSIC_STAGES else ""
        found.append(
            Step(
                name=stage_label(stage, own),
                status=status,
                when=left.get(stage) if status == "done" else proposal.state_since if current else None,
                who=role_title(owner, profile, proposal.office) if log is not None else "",
                late_days=overdue if current else 0,
                note="Menunggu pemohon melengkapi" if current and proposal.state == State.PERBAIKAN else "",
            )
        )
    return found


def _status(index: int, now: int, state: State, overdue: int) -> str:
    if state == State.SELESAI or index < now:
        return "done"
    if index > now:
        return "next"
    if state in ENDS_WITHOUT_MONEY:
        return "stopped"
    return "late" if overdue else "now"


def _left_on(log: Sequence[CaseStep]) -> dict[Stage, dt.datetime]:
    """Return when each stage was last finished, from the rows that moved the case past it."""
    left: dict[Stage, dt.datetime] = {}
    for step in log:
        stage = STAGE_OF.get(State(step.source))
        if stage and step.target != State.PERBAIKAN:
            left[stage] = step.at
    return left
