"""The table of erk.md section 7: who may do what with an activity. Guards, effects and messages stand beside it."""

from core.models import User
from core.transitions import NEW, SYSTEM, Machine, Transition
from erk.domain import effects, guards
from erk.domain.messages import to_decider, to_owner
from erk.domain.people import positions_of
from erk.enums import WAITING, Role
from erk.enums import ActivityState as S
from erk.models import Aktivitas


def holds(user: User, role: str, activity: Aktivitas) -> bool:
    """Return whether a person has a role on an activity: owner, holder of the deciding position, or by assignment."""
    if role == Role.PEGAWAI:
        return activity.pegawai.user_id == user.pk
    if role == Role.ATASAN:
        return activity.jabatan_penilai_id in positions_of(user)
    return user.has_role(role)


def own(user: User, activity: Aktivitas) -> bool:
    """Return whether it is the person's own activity: nobody decides on that, in whatever role."""
    return activity.pegawai.user_id == user.pk


_EMPLOYEE, _SUPERIOR, _AUDITOR, _CLOCK = (Role.PEGAWAI,), (Role.ATASAN,), (Role.VERIFIKATOR_BKPSDM,), (SYSTEM,)

TRANSITIONS = (
    Transition("buat", (NEW,), "buat", _EMPLOYEE, S.DRAF, guard=guards.entry_fits, effect=effects.write_entry),
    Transition(
        "ubah", (S.DRAF,), "ubah", _EMPLOYEE, S.DRAF, "Ubah", guard=guards.entry_fits, effect=effects.write_entry
    ),
    Transition(
        "perbaiki",
        (S.DIKEMBALIKAN,),
        "ubah",
        _EMPLOYEE,
        S.DIKEMBALIKAN,
        "Perbaiki",
        guard=guards.entry_fits,
        effect=effects.write_entry,
    ),
    Transition(
        "ajukan", (S.DRAF,), "ajukan", _EMPLOYEE, S.DIAJUKAN, "Ajukan", guard=guards.ready, effect=effects.submit
    ),
    Transition(
        "ajukan_ulang",
        (S.DIKEMBALIKAN,),
        "ajukan",
        _EMPLOYEE,
        S.DIAJUKAN,
        "Ajukan lagi",
        guard=guards.ready,
        effect=effects.submit,
    ),
    Transition(
        "tarik",
        (S.DIAJUKAN,),
        "tarik",
        _EMPLOYEE,
        S.DRAF,
        "Tarik kembali",
        guard=guards.within_window,
        effect=effects.withdraw,
    ),
    Transition(
        "setujui",
        WAITING,
        "setujui",
        _SUPERIOR,
        S.DISETUJUI,
        "Setujui",
        guard=guards.minutes_fit,
        effect=effects.approve,
        notify=to_owner("Menit diturunkan atasan"),
    ),
    Transition(
        "kembalikan",
        (S.DIAJUKAN,),
        "kembalikan",
        _SUPERIOR,
        S.DIKEMBALIKAN,
        "Kembalikan",
        guard=guards.rounds_left,
        effect=effects.send_back,
        notify=to_owner("Aktivitas perlu diperbaiki"),
    ),
    Transition(
        "tolak",
        WAITING,
        "tolak",
        _SUPERIOR,
        S.DITOLAK,
        "Tolak",
        guard=guards.unlocked_and_reasoned,
        effect=effects.decide,
        notify=to_owner("Aktivitas ditolak"),
    ),
    Transition("terlambat", (S.DRAF,), "terlambat", _CLOCK, S.TERLAMBAT, guard=guards.time_is_up, effect=effects.close),
    Transition(
        "buka",
        (S.TERLAMBAT,),
        "buka",
        _SUPERIOR,
        S.DRAF,
        "Buka kembali",
        guard=guards.may_reopen,
        effect=effects.reopen,
        notify=to_owner("Aktivitas dibuka kembali"),
    ),
    Transition(
        "lewat_perbaikan",
        (S.DIKEMBALIKAN,),
        "lewat_perbaikan",
        _CLOCK,
        S.DITOLAK,
        guard=guards.time_is_up,
        effect=effects.expire,
        notify=to_owner("Aktivitas tidak diperbaiki"),
    ),
    Transition(
        "eskalasi",
        (S.DIAJUKAN,),
        "eskalasi",
        _CLOCK,
        S.DIESKALASI,
        guard=guards.time_is_up,
        effect=effects.escalate,
        notify=to_decider,
    ),
    Transition(
        "lewat_tutup",
        (S.DIESKALASI,),
        "lewat_tutup",
        _CLOCK,
        S.DISETUJUI_SISTEM,
        guard=guards.closing_reached,
        effect=effects.approve_by_system,
    ),
    Transition(
        "temukan",
        (S.DISETUJUI,),
        "temukan",
        _AUDITOR,
        S.DISETUJUI,
        "Catat temuan",
        guard=guards.unlocked_and_reasoned,
        effect=effects.note_finding,
        notify=to_owner("Ada temuan pada aktivitas Anda"),
    ),
    Transition(
        "tanggapi",
        (S.DISETUJUI,),
        "tanggapi",
        _EMPLOYEE,
        S.DISETUJUI,
        "Tanggapi temuan",
        guard=guards.finding_is_open,
        effect=effects.note_answer,
    ),
    Transition(
        "batalkan_audit",
        (S.DISETUJUI,),
        "batalkan_audit",
        _AUDITOR,
        S.DIBATALKAN,
        "Batalkan",
        guard=guards.heard,
        effect=effects.cancel,
        notify=to_owner("Aktivitas dibatalkan"),
    ),
)

ACTIVITIES = Machine(Aktivitas, TRANSITIONS, holds=holds, involved=own, owner_roles=(Role.PEGAWAI,))
