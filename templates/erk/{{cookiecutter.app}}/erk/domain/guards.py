"""What must be so before an activity changes its state; each raises Refused with a sentence, and nothing changes."""

from core import dates
from core.calendar import calendar
from core.errors import Fault, Refused
from core.transitions import Step
from erk.domain import checks, policy
from erk.domain.outages import closing_days
from erk.enums import ActivityState as S
from erk.models import Aktivitas
from erk.rules import windows

REASON = 10


def unlocked(step: Step) -> None:
    """Refuse any change in a final month."""
    if step.obj.terkunci:
        raise Refused("Bulan ini sudah final; aktivitasnya tidak dapat diubah lagi.")


def reasoned(step: Step) -> None:
    """Ask for a reason of ten letters: the employee has to understand it."""
    if len(step.note) < REASON:
        raise Refused(
            "Alasan terlalu singkat.",
            [Fault("alasan", f"Tuliskan alasan paling sedikit {REASON} huruf agar pegawai mengerti.")],
        )


def entry_fits(step: Step) -> None:
    """Refuse an entry with faults, all of them at once."""
    unlocked(step)
    activity: Aktivitas = step.obj
    entry: checks.Entry = step.data["entry"]
    rules = policy.on(entry.tanggal)
    reopened = activity.dibuka_pada or (dates.today() if step.source == S.DIKEMBALIKAN else None)
    faults = checks.entry_faults(activity.pegawai, entry, rules, except_pk=activity.pk, reopened=reopened)
    if step.source == S.DIKEMBALIKAN and entry.tanggal != activity.tanggal:
        faults.append(Fault("tanggal", "Tanggal aktivitas yang dikembalikan tidak dapat diganti."))
    if faults:
        raise Refused("Aktivitas belum disimpan. Perbaiki yang bertanda.", faults)


def ready(step: Step) -> None:
    """Refuse to hand in what the superior could not judge, or too late."""
    unlocked(step)
    activity: Aktivitas = step.obj
    rules = policy.on(activity.tanggal)
    reopened = activity.dibuka_pada or (dates.today() if step.source == S.DIKEMBALIKAN else None)
    faults = checks.submit_faults(activity)
    if sentence := checks.date_fault(activity.pegawai, activity.tanggal, rules, reopened=reopened):
        faults.append(Fault("tanggal", sentence))
    if step.source == S.DIKEMBALIKAN and activity.batas and dates.today() > activity.batas:
        faults.append(
            Fault("tanggal", f"Batas memperbaiki adalah {dates.short_date(activity.batas)}, jadi sudah lewat.")
        )
    if faults:
        raise Refused("Aktivitas belum dapat diajukan. " + faults[0].sentence, faults)


def within_window(step: Step) -> None:
    """Refuse a withdrawal after the input window: the draft could never be handed in again."""
    unlocked(step)
    since = step.obj.dibuka_pada or step.obj.tanggal
    last = checks.deadline_of(step.obj.pegawai, since, policy.on(step.obj.tanggal))
    if dates.today() > last:
        raise Refused(
            "Batas pengisian sudah lewat, jadi aktivitas ini tidak dapat ditarik. Minta atasan mengembalikannya."
        )


def minutes_fit(step: Step) -> None:
    """Let minutes be lowered within bounds and with a reason, never raised."""
    unlocked(step)
    approved = step.data.get("menit")
    if approved is None:
        return
    if not 0 <= approved <= step.obj.menit_hitung:
        sentence = f"Menit yang disetujui antara 0 dan {step.obj.menit_hitung}."
        raise Refused(sentence, [Fault("menit", sentence)])
    if approved < step.obj.menit_hitung:
        reasoned(step)


def rounds_left(step: Step) -> None:
    """Refuse to return more often than the rules allow."""
    unlocked(step)
    reasoned(step)
    rounds = policy.on(step.obj.tanggal).return_rounds
    if step.obj.putaran >= rounds:
        raise Refused(f"Aktivitas ini sudah dikembalikan {rounds} kali. Setujui, turunkan menitnya, atau tolak.")


def unlocked_and_reasoned(step: Step) -> None:
    """Ask for a reason, in a month that is not final."""
    unlocked(step)
    reasoned(step)


def time_is_up(step: Step) -> None:
    """Let the clock act only after the last day."""
    unlocked(step)
    if step.obj.batas is None or dates.today() <= step.obj.batas:
        raise Refused("Batasnya belum lewat.")


def may_reopen(step: Step) -> None:
    """Let a late activity be opened once, within the monthly limit, if its time is still free."""
    unlocked(step)
    reasoned(step)
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


def closing_reached(step: Step) -> None:
    """Let the system approve only where the rules say so and the month's approvals are closed."""
    unlocked(step)
    rules = policy.on(step.obj.tanggal)
    last = closing_days(step.obj.tanggal, rules, step.obj.jabatan.opd).approval
    if not rules.auto_approve or dates.today() <= last:
        raise Refused("Persetujuan oleh sistem tidak berlaku atau belum waktunya.")


def finding_is_open(step: Step) -> None:
    """Ask for a finding and a reasoned sentence about it."""
    unlocked(step)
    if not step.obj.temuan:
        raise Refused("Belum ada temuan pada aktivitas ini.")
    reasoned(step)


def heard(step: Step) -> None:
    """Refuse to cancel before the employee answered or had the time to."""
    finding_is_open(step)
    days = policy.on(step.obj.tanggal).hearing_days
    if not step.obj.tanggapan and not windows.is_over(step.obj.temuan_pada, days, dates.today(), calendar()):
        raise Refused(f"Pegawai diberi {days} hari kerja untuk menanggapi temuan; waktunya belum habis.")
