"""The transition table of an issued permit (hayu.md section 8)."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from core import dates
from core.calendar import calendar
from core.errors import Fault, Refused
from core.notify import Message
from core.transitions import NEW, SYSTEM, Machine, Step, Transition
from hayu.domain import reach
from hayu.domain.permits.people import OWNERS, holds_permit, involved_permit
from hayu.domain.policy import policy
from hayu.enums import Outcome, Role
from hayu.enums import PermitAction as Act
from hayu.enums import PermitState as S
from hayu.models import Permit, Supervision

WARNING_DAYS = 7
SUSPENSION_CALENDAR_DAYS = 90
MIN_WARNINGS = 2
MOST_WARNINGS = 3
GROUNDS = (
    ("TIGA_PERINGATAN", "Tiga kali diperingatkan"), ("PUTUSAN", "Putusan pengadilan"),
    ("DATA_PALSU", "Data permohonan terbukti palsu"), ("PERMINTAAN", "Permintaan pemegang izin"),
)  # fmt: skip
DANGER = "bahaya"


def _same(step: Step) -> str:
    return step.source


def _has_begun(step: Step) -> None:
    if dates.today() < step.obj.starts_on:
        raise Refused("Izin ini belum mulai berlaku.")


def _notice_due(step: Step) -> None:
    if notices_due(step.obj, dates.today()) <= step.obj.reminded:
        raise Refused("Pengingat belum waktunya.")


def notices_due(permit: Permit, today: dt.date) -> int:
    """Return how many notices of the coming end should have gone out by a day."""
    if permit.ends_on is None:
        return 0
    return sum((permit.ends_on - today).days <= before for before in policy().expiry_notices)


def _may_warn(step: Step) -> None:
    if step.obj.warnings >= MOST_WARNINGS:
        raise Refused("Sudah tiga kali diperingatkan; langkah berikutnya pembekuan atau pencabutan.")
    if step.obj.answer_by and dates.today() <= step.obj.answer_by:
        raise Refused(f"Peringatan sebelumnya masih berjalan sampai {dates.long_date(step.obj.answer_by)}.")


def _may_suspend(step: Step) -> None:
    if step.obj.warnings < MIN_WARNINGS and not step.data.get(DANGER):
        sentence = f"Pembekuan memerlukan {MIN_WARNINGS} peringatan, atau bahaya yang mendesak."
        raise Refused(sentence, [Fault(DANGER, sentence)])


def _may_revoke(step: Step) -> None:
    ground = step.data.get("ground")
    if ground not in dict(GROUNDS):
        raise Refused("Pilih dasar pencabutan.", [Fault("ground", "Pilih dasar pencabutan.")])
    if ground == "TIGA_PERINGATAN" and step.obj.warnings < MOST_WARNINGS:
        sentence = f"Baru ada {step.obj.warnings} peringatan; dasar ini perlu {MOST_WARNINGS}."
        raise Refused(sentence, [Fault("ground", sentence)])


def _is_over(step: Step) -> None:
    if step.obj.ends_on is None or dates.today() <= step.obj.ends_on:
        raise Refused("Masa berlaku izin ini belum habis.")


def _remind(step: Step) -> None:
    step.obj.reminded = notices_due(step.obj, dates.today())


def _warn(step: Step) -> None:
    step.obj.warnings += 1
    step.obj.answer_by = calendar().add(dates.today(), WARNING_DAYS)
    step.audit_data["peringatan"] = step.obj.warnings


def _suspend(step: Step) -> None:
    step.obj.suspended_until = dates.today() + dt.timedelta(days=SUSPENSION_CALENDAR_DAYS)
    step.obj.answer_by = None
    step.audit_data.update(sampai=step.obj.suspended_until, bahaya=bool(step.data.get(DANGER)))


def _was_mended(step: Step) -> None:
    """An inspection since the suspension found all as the permit says (its minutes are the ground)."""
    seen = Supervision.objects.filter(permit=step.obj, outcome=Outcome.SESUAI, visited_at__gte=step.obj.state_since)
    if not seen.exists():
        raise Refused("Pulihkan sesudah pengawas memeriksa ulang dan hasilnya sesuai.")


def _restore(step: Step) -> None:
    step.obj.suspended_until = None


def _end(step: Step) -> None:
    step.obj.ended_on, step.obj.suspended_until, step.obj.answer_by = dates.today(), None, None
    if step.data.get("ground"):
        step.audit_data["dasar"] = step.data["ground"]


def _replace(step: Step) -> None:
    _end(step)
    step.obj.replaced_by = step.data["by"]
    step.audit_data["oleh"] = step.obj.replaced_by.number


def _to_holder(step: Step, event: str, subject: str, body: str) -> Iterator[Message]:
    permit: Permit = step.obj
    link = reverse("hayu:issued", args=[permit.code])
    yield from reach.holder(permit, f"izin.{event}", subject, f"{permit.number}: {body}", link)


def _told_end(step: Step) -> Iterator[Message]:
    body = f"masa berlakunya sampai {dates.long_date(step.obj.ends_on)}. Perpanjang lewat halaman izin ini."
    yield from _to_holder(step, "akan_berakhir", "Izin Anda segera berakhir", body)


def _told_warning(step: Step) -> Iterator[Message]:
    body = f"peringatan ke-{step.obj.warnings}. {step.note} Betulkan sampai {dates.long_date(step.obj.answer_by)}."
    yield from _to_holder(step, "peringatan", "Peringatan atas izin Anda", body)


def _told_suspended(step: Step) -> Iterator[Message]:
    body = f"dibekukan sampai {dates.long_date(step.obj.suspended_until)}. Alasan: {step.note}"
    yield from _to_holder(step, "dibekukan", "Izin Anda dibekukan", body)


def _told_restored(step: Step) -> Iterator[Message]:
    yield from _to_holder(step, "dipulihkan", "Izin Anda berlaku lagi", step.note)


def _told_revoked(step: Step) -> Iterator[Message]:
    yield from _to_holder(step, "dicabut", "Izin Anda dicabut", f"dicabut. Alasan: {step.note}")


def _told_over(step: Step) -> Iterator[Message]:
    yield from _to_holder(step, "berakhir", "Masa berlaku izin habis", "masa berlakunya sudah habis.")


WATCH, DECIDE = "PENGAWASAN", "KEPUTUSAN"
TABLE = (
    Transition("P01", (NEW,), Act.TERBITKAN, (Role.PENANDATANGAN,), S.TERBIT),
    Transition("P02", (S.TERBIT,), Act.AKTIFKAN, (SYSTEM,), S.BERLAKU, guard=_has_begun),
    Transition("P03", (S.BERLAKU,), Act.INGATKAN, (SYSTEM,), _same, guard=_notice_due, effect=_remind,
               notify=_told_end),
    Transition("P04", (S.BERLAKU,), Act.PERINGATAN, (Role.PENGAWAS,), _same, guard=_may_warn, effect=_warn,
               notify=_told_warning, duty=WATCH, note_required=True),
    Transition("P05", (S.BERLAKU,), Act.BEKUKAN, (Role.PENANDATANGAN,), S.DIBEKUKAN, guard=_may_suspend,
               effect=_suspend, notify=_told_suspended, duty=DECIDE, note_required=True),
    Transition("P06", (S.DIBEKUKAN,), Act.PULIHKAN, (Role.PENANDATANGAN,), S.BERLAKU, guard=_was_mended,
               effect=_restore, notify=_told_restored, duty=DECIDE, note_required=True),
    Transition("P07", (S.TERBIT, S.BERLAKU, S.DIBEKUKAN), Act.CABUT, (Role.PENANDATANGAN,), S.DICABUT,
               guard=_may_revoke, effect=_end, notify=_told_revoked, duty=DECIDE, note_required=True),
    Transition("P08", (S.BERLAKU, S.DIBEKUKAN), Act.AKHIRI, (SYSTEM,), S.BERAKHIR, guard=_is_over, effect=_end,
               notify=_told_over),
    Transition("P09", (S.TERBIT, S.BERLAKU), Act.GANTI, (SYSTEM,), S.DIGANTI, effect=_replace),
)  # fmt: skip

machine = Machine(Permit, TABLE, holds=holds_permit, involved=involved_permit, owner_roles=OWNERS)
