"""What a change of state writes into the columns of an activity."""

import hashlib

from core import dates
from core.calendar import calendar
from core.transitions import Step
from erk.domain import checks, policy
from erk.domain.people import Chain
from erk.enums import ActivityState as S
from erk.models import Aktivitas
from erk.rules import windows


def fingerprint(text: str) -> str:
    """Return a hash of a description without case, spaces and punctuation, to find copied texts."""
    plain = "".join(sign for sign in text.lower() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""


def write(activity: Aktivitas, entry: checks.Entry) -> None:
    """Put what was typed into the columns, with the minutes that follow from it."""
    rules = policy.on(entry.tanggal)
    count = checks.counted(entry, rules)
    activity.tanggal, activity.mulai, activity.selesai = entry.tanggal, entry.mulai, entry.selesai
    activity.rhk = entry.rhk
    activity.katalog, activity.volume, activity.uraian = entry.katalog, entry.volume, entry.uraian.strip()
    activity.menit_norma, activity.menit_hitung = count.norm, count.counted
    activity.sidik_teks = fingerprint(activity.uraian)


def write_entry(step: Step) -> None:
    """Write what was typed; a plain draft gets the deadline of its date."""
    activity: Aktivitas = step.obj
    write(activity, step.data["entry"])
    if activity.state == S.DRAF and activity.dibuka_pada is None:
        activity.batas = checks.deadline_of(activity.pegawai, activity.tanggal, policy.on(activity.tanggal))


def submit(step: Step) -> None:
    """Note when it was handed in and until when the superior decides."""
    activity: Aktivitas = step.obj
    rules = policy.on(activity.tanggal)
    activity.diajukan_pada = step.now
    activity.batas = windows.deadline(dates.today(), rules.escalation_days, calendar())


def withdraw(step: Step) -> None:
    """Give the draft its input window back."""
    activity: Aktivitas = step.obj
    activity.diajukan_pada = None
    since = activity.dibuka_pada or activity.tanggal
    activity.batas = checks.deadline_of(activity.pegawai, since, policy.on(activity.tanggal))


def approve(step: Step) -> None:
    """Write the approved minutes: all that count, or fewer."""
    activity: Aktivitas = step.obj
    approved = step.data.get("menit")
    activity.menit_setuju = activity.menit_hitung if approved is None else approved
    step.audit_data["menit"] = activity.menit_setuju
    decide(step)


def decide(step: Step) -> None:
    """Write who decided when and why."""
    activity: Aktivitas = step.obj
    activity.putus_oleh, activity.putus_pada = step.actor, step.now
    activity.alasan = step.note
    activity.batas = None
    activity.perangkat_putus = step.data.get("perangkat", "")


def send_back(step: Step) -> None:
    """Count the round and set the day until which it can be mended."""
    activity: Aktivitas = step.obj
    activity.putaran += 1
    activity.alasan = step.note
    activity.batas = windows.deadline(dates.today(), policy.on(activity.tanggal).return_days, calendar())


def expire(step: Step) -> None:
    """Write why it was rejected without anybody deciding."""
    step.obj.alasan = "Tidak diperbaiki sampai batas waktunya."
    step.obj.putus_pada = step.now
    step.obj.batas = None


def close(step: Step) -> None:
    """Take the deadline away: nothing more is awaited."""
    step.obj.batas = None


def reopen(step: Step) -> None:
    """Start a new input window today."""
    step.obj.dibuka_pada = dates.today()
    step.obj.alasan = step.note
    step.obj.batas = windows.deadline(dates.today(), policy.on(step.obj.tanggal).input_days, calendar())


def escalate(step: Step) -> None:
    """Hand it to the next superior, if there is one, with a deadline of its own."""
    activity: Aktivitas = step.obj
    chain: Chain = step.data.get("chain") or Chain(dates.today())
    step.audit_data["penilai_lama"] = activity.jabatan_penilai_id
    above = chain.superior(activity.jabatan_penilai_id, activity.pegawai_id)
    activity.jabatan_penilai_id = above or activity.jabatan_penilai_id
    activity.batas = windows.deadline(dates.today(), policy.on(activity.tanggal).escalation_days, calendar())


def approve_by_system(step: Step) -> None:
    """Write the minutes and that nobody decided."""
    step.obj.menit_setuju = step.obj.menit_hitung
    step.obj.alasan = "Disetujui sistem karena tidak diputuskan sampai penutupan."
    step.obj.putus_pada, step.obj.batas = step.now, None


def note_finding(step: Step) -> None:
    """Write the finding and its day."""
    step.obj.temuan, step.obj.temuan_pada = step.note, dates.today()


def note_answer(step: Step) -> None:
    """Write the employee's answer."""
    step.obj.tanggapan = step.note


def cancel(step: Step) -> None:
    """Write why it was cancelled; the approved minutes stay as evidence, they no longer count."""
    step.obj.alasan = step.note
