"""The order of steps in one region: which states follow which, who owns them, how long they may take."""

from sabilulungan.enums import CLASSIC_STAGES, Role, Stage, State
from sabilulungan.rules.profile import Profile

STATE_OF: dict[Stage, State] = {
    Stage.KELENGKAPAN: State.DIAJUKAN,
    Stage.DISPOSISI: State.DISPOSISI,
    Stage.KLASIFIKASI: State.KLASIFIKASI,
    Stage.EVALUASI: State.EVALUASI,
    Stage.PERIKSA_TP: State.VERIFIKASI_TP,
    Stage.PERIKSA_TAPD: State.PERTIMBANGAN,
    Stage.PERSETUJUAN: State.PERSETUJUAN,
    Stage.ANGGARAN: State.DISETUJUI,
    Stage.PENETAPAN: State.DIANGGARKAN,
    Stage.PERJANJIAN: State.DITETAPKAN,
    Stage.PEMBAYARAN: State.PERJANJIAN,
    Stage.PERTANGGUNGJAWABAN: State.PELAKSANAAN,
}
STAGE_OF: dict[State, Stage] = {state: stage for stage, state in STATE_OF.items()} | {
    State.PENCAIRAN: Stage.PEMBAYARAN,
    State.LPJ_DIPERIKSA: Stage.PERTANGGUNGJAWABAN,
    State.LPJ_PERBAIKAN: Stage.PERTANGGUNGJAWABAN,
    State.SANKSI: Stage.PERTANGGUNGJAWABAN,
}


def stages(profile: Profile) -> tuple[Stage, ...]:
    """Return the steps this region uses, in order, the later life included."""
    return tuple(stage for stage in Stage if stage not in CLASSIC_STAGES or profile.step(stage).on)


def state_after(profile: Profile, stage: Stage) -> State:
    """Return the state a case enters when `stage` is done: the next step that is switched on."""
    used = stages(profile)
    later = [candidate for candidate in Stage if list(Stage).index(candidate) > list(Stage).index(stage)]
    following = next((candidate for candidate in later if candidate in used), None)
    return STATE_OF[following] if following else State.SELESAI


def state_before(profile: Profile, stage: Stage) -> State:
    """Return the state of the step before `stage` that is switched on."""
    used = stages(profile)
    earlier = [candidate for candidate in used if list(Stage).index(candidate) < list(Stage).index(stage)]
    return STATE_OF[earlier[-1]]


def owner(profile: Profile, stage: Stage) -> Role:
    """Return who decides a classic step in this region."""
    return profile.step(stage).owner


def days_allowed(profile: Profile, state: State) -> int | None:
    """Return the working days the owner of a state has, or None when no clock runs."""
    stage = STAGE_OF.get(state)
    return profile.step(stage).days if stage in CLASSIC_STAGES else None


def position(profile: Profile, stage: str) -> int:
    """Return the index of a stage on the region's path; 0 before the first."""
    used = stages(profile)
    return used.index(Stage(stage)) if stage and Stage(stage) in used else 0
