"""Who is told what when an activity changes its state."""

from collections.abc import Callable, Iterable

from core import dates, notify
from core.transitions import Step
from erk.models import Aktivitas, Penempatan


def to_owner(subject: str) -> Callable[[Step], Iterable[notify.Message]]:
    """Return a function that tells the owner; an approval without a remark is not worth a message."""

    def messages(step: Step) -> Iterable[notify.Message]:
        activity: Aktivitas = step.obj
        if activity.pegawai.user is None or (step.transition.code == "setujui" and not step.note):
            return
        who = f"{step.actor.full_name}: " if step.actor else ""
        what = (
            f"{activity.katalog.nama}, {dates.short_date(activity.tanggal)}. {who}{activity.alasan or activity.temuan}"
        )
        yield notify.Message(
            event=f"erk.{step.transition.code}",
            user=activity.pegawai.user,
            subject=subject,
            body=what.strip(),
            link=f"/aktivitas/{activity.kode}/",
        )

    return messages


def to_decider(step: Step) -> Iterable[notify.Message]:
    """Tell the holders of the position that now decides."""
    holders = Penempatan.objects.on(dates.today()).filter(
        jabatan_id=step.obj.jabatan_penilai_id, pegawai__user__isnull=False
    )
    for held in holders.select_related("pegawai__user"):
        if held.pegawai_id != step.obj.pegawai_id:
            yield notify.Message(
                event="erk.eskalasi",
                user=held.pegawai.user,
                subject="Aktivitas naik kepada Anda",
                body=f"Aktivitas {step.obj.pegawai.nama} tidak diputuskan dalam batas waktunya.",
                link=f"/aktivitas/{step.obj.kode}/",
            )
