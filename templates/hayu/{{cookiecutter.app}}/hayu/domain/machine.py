"""The transition table of a business report (hayu.md section 6); the only way its state changes."""

from core.transitions import NEW, SYSTEM, Machine, Step, Transition
from hayu.domain import effects, guards, messages
from hayu.domain.people import OWNERS, holds, involved
from hayu.enums import ACTIVE, Action, Outcome, Role, State
from hayu.models import Report

_APPLICANT = (Role.PEMOHON, Role.LOKET)
_FILING, _INSPECTION, _DECISION = "PENGAJUAN", "PEMERIKSAAN", "KEPUTUSAN"
_RUNNING = (State.TERDAFTAR, State.DIJADWALKAN_PERIKSA, State.PERLU_PEMBETULAN)


def _after_inspection(step: Step) -> str:
    return State.TERDAFTAR if step.data["outcome"] == Outcome.SESUAI else State.PERLU_PEMBETULAN


def _unchanged(step: Step) -> str:
    return step.source


TABLE = (
    Transition("L01", (NEW,), Action.BUAT, _APPLICANT, State.DRAF),
    Transition(
        "L02", (State.DRAF,), Action.KIRIM, _APPLICANT, State.TERDAFTAR, label="Kirim laporan",
        guard=guards.may_register, effect=effects.register, notify=messages.registered, duty=_FILING,
    ),
    Transition(
        "L03", (State.TERDAFTAR,), Action.PILIH_SAMPEL, (SYSTEM,), State.DIJADWALKAN_PERIKSA,
        guard=guards.has_rule, effect=effects.schedule, notify=messages.scheduled,
    ),
    Transition(
        "L03-ADU", (State.TERDAFTAR,), Action.PERIKSA_PENGADUAN, (Role.PENGAWAS,), State.DIJADWALKAN_PERIKSA,
        label="Periksa karena pengaduan", effect=effects.schedule_complaint, notify=messages.scheduled,
        duty=_INSPECTION, note_required=True,
    ),
    Transition(
        "L04", (State.DIJADWALKAN_PERIKSA,), Action.CATAT_HASIL, (Role.PENGAWAS,), _after_inspection,
        label="Catat hasil pemeriksaan", guard=guards.is_full_inspection, effect=effects.record_inspection,
        notify=messages.inspected, duty=_INSPECTION,
    ),
    Transition(
        "L05", (State.PERLU_PEMBETULAN,), Action.BETULKAN, _APPLICANT, State.DIJADWALKAN_PERIKSA,
        label="Kirim pembetulan", guard=guards.is_corrected, effect=effects.correct, notify=messages.corrected,
        duty=_FILING,
    ),
    Transition(
        "L06", (State.PERLU_PEMBETULAN,), Action.LEWAT_BATAS, (SYSTEM,), State.DIBEKUKAN,
        guard=guards.fix_is_overdue, effect=effects.freeze_overdue, notify=messages.frozen,
    ),
    Transition(
        "L07", (State.TERDAFTAR, State.DIBEKUKAN), Action.NAIK_KELAS, (*_APPLICANT, Role.PENGAWAS),
        State.DIRUJUK_OSS, label="Usaha sudah naik kelas", guard=guards.has_grown, effect=effects.refer,
        notify=messages.referred,
    ),
    Transition(
        "L08", (State.DIBEKUKAN,), Action.PULIHKAN, (Role.PENANDATANGAN,), State.TERDAFTAR, label="Pulihkan",
        effect=effects.restore, notify=messages.restored, duty=_DECISION, note_required=True,
    ),
    Transition(
        "L09", _RUNNING, Action.BEKUKAN, (Role.PENANDATANGAN,), State.DIBEKUKAN, label="Bekukan",
        effect=effects.freeze, notify=messages.frozen, duty=_DECISION, note_required=True,
    ),
    Transition(
        "L10", ACTIVE, Action.BATALKAN, (Role.PENANDATANGAN,), State.DICABUT, label="Cabut tanda lapor",
        guard=guards.has_ground, effect=effects.end, notify=messages.revoked, duty=_DECISION, note_required=True,
    ),
    Transition(
        "L11", ACTIVE, Action.TUTUP, _APPLICANT, State.TUTUP, label="Tutup usaha",
        guard=guards.has_closing_date, effect=effects.close, notify=messages.closed,
    ),
    Transition(
        "L12", (State.TERDAFTAR,), Action.PERBARUI, _APPLICANT, _unchanged, label="Perbarui data",
        guard=guards.is_still_small, effect=effects.update, notify=messages.updated,
    ),
    Transition(
        "L13", (State.TERDAFTAR,), Action.INGATKAN, (SYSTEM,), _unchanged,
        guard=guards.needs_reminder, effect=effects.remind, notify=messages.reminder,
    ),
    Transition(
        "L14", (State.TERDAFTAR,), Action.TANDAI_USANG, (SYSTEM,), _unchanged,
        guard=guards.is_stale, effect=effects.mark_stale, notify=messages.stale,
    ),
)  # fmt: skip

machine = Machine(Report, TABLE, holds=holds, involved=involved, owner_roles=OWNERS)
