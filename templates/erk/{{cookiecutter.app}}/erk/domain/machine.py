"""The table of erk.md section 7: who may do what with an activity, and what it writes."""

import hashlib
from collections.abc import Iterable

from core import dates, notify
from core.calendar import calendar
from core.errors import Fault, Refused
from core.models import User
from core.transitions import NEW, SYSTEM, Machine, Step, Transition

from erk.domain import checks, policy
from erk.domain.people import Chain, positions_of
from erk.enums import WAITING, Role
from erk.enums import ActivityState as S
from erk.models import Aktivitas, Penempatan
from erk.rules import windows

REASON = 10


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


def fingerprint(text: str) -> str:
    """Return a hash of a description without case, spaces and punctuation, to find copied texts."""
    plain = "".join(sign for sign in text.lower() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""


def _unlocked(step: Step) -> None:
    if step.obj.terkunci:
        raise Refused("Bulan ini sudah final; aktivitasnya tidak dapat diubah lagi.")


def _reasoned(step: Step) -> None:
    if len(step.note) < REASON:
        raise Refused(
            "Alasan terlalu singkat.", [Fault("alasan", f"Tuliskan alasan paling sedikit {REASON} huruf agar pegawai mengerti.")]
        )


def _entry_fits(step: Step) -> None:
    _unlocked(step)
    activity: Aktivitas = step.obj
    rules = policy.on(activity.tanggal)
    entry: checks.Entry = step.data["entry"]
    reopened = activity.dibuka_pada or (dates.today() if step.source == S.DIKEMBALIKAN else None)
    faults = checks.entry_faults(activity.pegawai, entry, rules, except_pk=activity.pk, reopened=reopened)
    if step.source == S.DIKEMBALIKAN and entry.tanggal != activity.tanggal:
        faults.append(Fault("tanggal", "Tanggal aktivitas yang dikembalikan tidak dapat diganti."))
    if faults:
        raise Refused("Aktivitas belum disimpan. Perbaiki yang bertanda.", faults)


def write_entry(activity: Aktivitas, entry: checks.Entry) -> None:
    """Put what was typed into the columns, with the minutes that follow from it."""
    rules = policy.on(entry.tanggal)
    count = checks.counted(entry, rules)
    activity.tanggal, activity.mulai, activity.selesai = entry.tanggal, entry.mulai, entry.selesai
    activity.katalog, activity.volume, activity.uraian = entry.katalog, entry.volume, entry.uraian.strip()
    activity.menit_norma, activity.menit_hitung = count.norm, count.counted
    activity.sidik_teks = fingerprint(activity.uraian)


def _write_entry(step: Step) -> None:
    activity: Aktivitas = step.obj
    write_entry(activity, step.data["entry"])
    if activity.state == S.DRAF and activity.dibuka_pada is None:
        activity.batas = checks.input_deadline(activity.tanggal, policy.on(activity.tanggal))


def _ready(step: Step) -> None:
    _unlocked(step)
    activity: Aktivitas = step.obj
    rules = policy.on(activity.tanggal)
    reopened = activity.dibuka_pada or (dates.today() if step.source == S.DIKEMBALIKAN else None)
    faults = checks.submit_faults(activity)
    if sentence := checks.date_fault(activity.pegawai, activity.tanggal, rules, reopened=reopened):
        faults.append(Fault("tanggal", sentence))
    if step.source == S.DIKEMBALIKAN and activity.batas and dates.today() > activity.batas:
        faults.append(Fault("tanggal", f"Batas memperbaiki adalah {dates.short_date(activity.batas)}, jadi sudah lewat."))
    if faults:
        raise Refused("Aktivitas belum dapat diajukan. " + faults[0].sentence, faults)


def _submit(step: Step) -> None:
    activity: Aktivitas = step.obj
    rules = policy.on(activity.tanggal)
    activity.diajukan_pada = step.now
    activity.batas = windows.deadline(dates.today(), rules.escalation_days, calendar())


def _within_window(step: Step) -> None:
    _unlocked(step)
    last = checks.input_deadline(step.obj.dibuka_pada or step.obj.tanggal, policy.on(step.obj.tanggal))
    if dates.today() > last:
        raise Refused("Batas pengisian sudah lewat, jadi aktivitas ini tidak dapat ditarik. Minta atasan mengembalikannya.")


def _withdraw(step: Step) -> None:
    activity: Aktivitas = step.obj
    activity.diajukan_pada = None
    activity.batas = checks.input_deadline(activity.dibuka_pada or activity.tanggal, policy.on(activity.tanggal))


def _minutes_fit(step: Step) -> None:
    _unlocked(step)
    approved = step.data.get("menit")
    if approved is None:
        return
    if not 0 <= approved <= step.obj.menit_hitung:
        sentence = f"Menit yang disetujui antara 0 dan {step.obj.menit_hitung}."
        raise Refused(sentence, [Fault("menit", sentence)])
    if approved < step.obj.menit_hitung:
        _reasoned(step)


def _approve(step: Step) -> None:
    activity: Aktivitas = step.obj
    approved = step.data.get("menit")
    activity.menit_setuju = activity.menit_hitung if approved is None else approved
    step.audit_data["menit"] = activity.menit_setuju
    _decide(step)


def _decide(step: Step) -> None:
    activity: Aktivitas = step.obj
    activity.putus_oleh, activity.putus_pada = step.actor, step.now
    activity.alasan = step.note
    activity.batas = None


def _rounds_left(step: Step) -> None:
    _unlocked(step)
    _reasoned(step)
    rounds = policy.on(step.obj.tanggal).return_rounds
    if step.obj.putaran >= rounds:
        raise Refused(f"Aktivitas ini sudah dikembalikan {rounds} kali. Setujui, turunkan menitnya, atau tolak.")


def _return(step: Step) -> None:
    activity: Aktivitas = step.obj
    activity.putaran += 1
    activity.alasan = step.note
    activity.batas = windows.deadline(dates.today(), policy.on(activity.tanggal).return_days, calendar())


def _reject_guard(step: Step) -> None:
    _unlocked(step)
    _reasoned(step)


def _time_is_up(step: Step) -> None:
    _unlocked(step)
    if step.obj.batas is None or dates.today() <= step.obj.batas:
        raise Refused("Batasnya belum lewat.")


def _expire(step: Step) -> None:
    step.obj.alasan = "Tidak diperbaiki sampai batas waktunya."
    step.obj.putus_pada = step.now
    step.obj.batas = None


def _late(step: Step) -> None:
    step.obj.batas = None


def _may_reopen(step: Step) -> None:
    _unlocked(step)
    _reasoned(step)
    activity: Aktivitas = step.obj
    if activity.dibuka_pada:
        raise Refused("Aktivitas ini sudah pernah dibuka kembali; itu hanya dapat satu kali.")
    rules = policy.on(activity.tanggal)
    first, last = windows.month_bounds(activity.tanggal)
    opened = Aktivitas.objects.filter(pegawai=activity.pegawai, tanggal__range=(first, last), dibuka_pada__isnull=False)
    if opened.count() >= rules.reopen_limit:
        raise Refused(f"Bulan ini sudah {rules.reopen_limit} aktivitas pegawai ini dibuka kembali; itu batasnya.")
    entry = checks.Entry(activity.tanggal, activity.mulai, activity.selesai, activity.katalog)
    if clash := checks.overlapping(activity.pegawai, entry, except_pk=activity.pk):
        raise Refused(f"Jamnya kini bertumpuk dengan “{clash.katalog.nama}”, jadi tidak dapat dibuka kembali.")


def _reopen(step: Step) -> None:
    step.obj.dibuka_pada = dates.today()
    step.obj.alasan = step.note
    step.obj.batas = windows.deadline(dates.today(), policy.on(step.obj.tanggal).input_days, calendar())


def _escalate(step: Step) -> None:
    activity: Aktivitas = step.obj
    chain: Chain = step.data.get("chain") or Chain(dates.today())
    step.audit_data["penilai_lama"] = activity.jabatan_penilai_id
    above = chain.superior(activity.jabatan_penilai_id, activity.pegawai_id)
    activity.jabatan_penilai_id = above or activity.jabatan_penilai_id
    activity.batas = windows.deadline(dates.today(), policy.on(activity.tanggal).escalation_days, calendar())


def _closing_reached(step: Step) -> None:
    _unlocked(step)
    rules = policy.on(step.obj.tanggal)
    last = windows.deadline(windows.month_bounds(step.obj.tanggal)[1], rules.approval_days, calendar())
    if not rules.auto_approve or dates.today() <= last:
        raise Refused("Persetujuan oleh sistem tidak berlaku atau belum waktunya.")


def _approve_by_system(step: Step) -> None:
    step.obj.menit_setuju = step.obj.menit_hitung
    step.obj.alasan = "Disetujui sistem karena tidak diputuskan sampai penutupan."
    step.obj.putus_pada, step.obj.batas = step.now, None


def _find(step: Step) -> None:
    step.obj.temuan, step.obj.temuan_pada = step.note, dates.today()


def _open_finding(step: Step) -> None:
    _unlocked(step)
    if not step.obj.temuan:
        raise Refused("Belum ada temuan pada aktivitas ini.")
    _reasoned(step)


def _answer(step: Step) -> None:
    step.obj.tanggapan = step.note


def _heard(step: Step) -> None:
    _open_finding(step)
    days = policy.on(step.obj.tanggal).hearing_days
    if not step.obj.tanggapan and not windows.is_over(step.obj.temuan_pada, days, dates.today(), calendar()):
        raise Refused(f"Pegawai diberi {days} hari kerja untuk menanggapi temuan; waktunya belum habis.")


def _cancel(step: Step) -> None:
    step.obj.alasan = step.note


def _to_owner(subject: str) -> object:
    def messages(step: Step) -> Iterable[notify.Message]:
        activity: Aktivitas = step.obj
        if activity.pegawai.user is None or (step.transition.code == "setujui" and not step.note):
            return
        who = f"{step.actor.full_name}: " if step.actor else ""
        what = f"{activity.katalog.nama}, {dates.short_date(activity.tanggal)}. {who}{activity.alasan or activity.temuan}"
        yield notify.Message(
            event=f"erk.{step.transition.code}",
            user=activity.pegawai.user,
            subject=subject,
            body=what.strip(),
            link=f"/aktivitas/{activity.kode}/",
        )

    return messages


def _to_decider(step: Step) -> Iterable[notify.Message]:
    holders = Penempatan.objects.on(dates.today()).filter(jabatan_id=step.obj.jabatan_penilai_id, pegawai__user__isnull=False)
    for held in holders.select_related("pegawai__user"):
        if held.pegawai_id != step.obj.pegawai_id:
            yield notify.Message(
                event="erk.eskalasi",
                user=held.pegawai.user,
                subject="Aktivitas naik kepada Anda",
                body=f"Aktivitas {step.obj.pegawai.nama} tidak diputuskan dalam batas waktunya.",
                link=f"/aktivitas/{step.obj.kode}/",
            )


_EMPLOYEE, _SUPERIOR, _AUDITOR, _CLOCK = (Role.PEGAWAI,), (Role.ATASAN,), (Role.VERIFIKATOR_BKPSDM,), (SYSTEM,)

TRANSITIONS = (
    Transition("buat", (NEW,), "buat", _EMPLOYEE, S.DRAF, guard=_entry_fits, effect=_write_entry),
    Transition("ubah", (S.DRAF,), "ubah", _EMPLOYEE, S.DRAF, "Ubah", guard=_entry_fits, effect=_write_entry),
    Transition("perbaiki", (S.DIKEMBALIKAN,), "ubah", _EMPLOYEE, S.DIKEMBALIKAN, "Perbaiki", guard=_entry_fits, effect=_write_entry),
    Transition("ajukan", (S.DRAF,), "ajukan", _EMPLOYEE, S.DIAJUKAN, "Ajukan", guard=_ready, effect=_submit),
    Transition("ajukan_ulang", (S.DIKEMBALIKAN,), "ajukan", _EMPLOYEE, S.DIAJUKAN, "Ajukan lagi", guard=_ready, effect=_submit),
    Transition("tarik", (S.DIAJUKAN,), "tarik", _EMPLOYEE, S.DRAF, "Tarik kembali", guard=_within_window, effect=_withdraw),
    Transition("setujui", WAITING, "setujui", _SUPERIOR, S.DISETUJUI, "Setujui", guard=_minutes_fit, effect=_approve, notify=_to_owner("Menit diturunkan atasan")),
    Transition("kembalikan", (S.DIAJUKAN,), "kembalikan", _SUPERIOR, S.DIKEMBALIKAN, "Kembalikan", guard=_rounds_left, effect=_return, notify=_to_owner("Aktivitas perlu diperbaiki")),
    Transition("tolak", WAITING, "tolak", _SUPERIOR, S.DITOLAK, "Tolak", guard=_reject_guard, effect=_decide, notify=_to_owner("Aktivitas ditolak")),
    Transition("terlambat", (S.DRAF,), "terlambat", _CLOCK, S.TERLAMBAT, guard=_time_is_up, effect=_late),
    Transition("buka", (S.TERLAMBAT,), "buka", _SUPERIOR, S.DRAF, "Buka kembali", guard=_may_reopen, effect=_reopen, notify=_to_owner("Aktivitas dibuka kembali")),
    Transition("lewat_perbaikan", (S.DIKEMBALIKAN,), "lewat_perbaikan", _CLOCK, S.DITOLAK, guard=_time_is_up, effect=_expire, notify=_to_owner("Aktivitas tidak diperbaiki")),
    Transition("eskalasi", (S.DIAJUKAN,), "eskalasi", _CLOCK, S.DIESKALASI, guard=_time_is_up, effect=_escalate, notify=_to_decider),
    Transition("lewat_tutup", (S.DIESKALASI,), "lewat_tutup", _CLOCK, S.DISETUJUI_SISTEM, guard=_closing_reached, effect=_approve_by_system),
    Transition("temukan", (S.DISETUJUI,), "temukan", _AUDITOR, S.DISETUJUI, "Catat temuan", guard=_reject_guard, effect=_find, notify=_to_owner("Ada temuan pada aktivitas Anda")),
    Transition("tanggapi", (S.DISETUJUI,), "tanggapi", _EMPLOYEE, S.DISETUJUI, "Tanggapi temuan", guard=_open_finding, effect=_answer),
    Transition("batalkan_audit", (S.DISETUJUI,), "batalkan_audit", _AUDITOR, S.DIBATALKAN, "Batalkan", guard=_heard, effect=_cancel, notify=_to_owner("Aktivitas dibatalkan")),
)  # fmt: skip

ACTIVITIES = Machine(Aktivitas, TRANSITIONS, holds=holds, involved=own, owner_roles=(Role.PEGAWAI,))
