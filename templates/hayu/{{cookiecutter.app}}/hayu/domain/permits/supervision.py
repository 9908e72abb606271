"""Inspections of issued permits (hayu.md section 8, INSPEKSI): plan, day, visit, findings, what follows, the end."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

import rules
from core import dates, files
from core.calendar import calendar
from core.errors import Fault, NotAllowed, Refused
from core.models import StoredFile, User
from core.notify import Message
from core.transitions import NEW, Machine, Step, Transition
from hayu.domain import reach, reads
from hayu.domain.permits.guards import seen_on_the_spot
from hayu.domain.permits.issued import machine as permits
from hayu.domain.permits.people import holds_permit, involved_permit
from hayu.domain.permits.permissions import holds as is_holder
from hayu.domain.policy import policy
from hayu.enums import FollowUp, Outcome, PermitAction, PermitFinding, PermitState, Role, Trigger
from hayu.enums import InspectionAction as Act
from hayu.enums import InspectionState as S
from hayu.models import Permit, Supervision

READERS = (Role.PENANDATANGAN, Role.AUDITOR)


def holds(user: User, role: str, found: Supervision) -> bool:
    """Return whether a user has a role on an inspection: that of its permit."""
    return holds_permit(user, role, found.permit)


def involved(user: User, found: Supervision) -> bool:
    """Return whether the inspected permit is the person's own."""
    return involved_permit(user, found.permit)


def open_to(user: User) -> QuerySet[Supervision]:
    """Return the inspections an officer may read, the nearest day first; the planned without a day at the end."""
    rows = Supervision.objects.select_related("permit__type_version", "officer")
    if user.has_role(*READERS):
        return rows
    if not user.has_role(Role.PENGAWAS):
        return rows.none()
    scopes = user.scopes(Role.PENGAWAS)
    rows = rows if "" in scopes else rows.filter(permit__district_code__in=scopes)
    mine = Q(permit__holder=user)
    if user.nik_token:
        mine |= Q(permit__nik_token=user.nik_token)
    return rows.exclude(mine)


def may_plan(user: User, permit: Permit) -> bool:
    """Return whether a person may plan an inspection of a permit now."""
    allowed = holds_permit(user, Role.PENGAWAS, permit) and not involved_permit(user, permit)
    running = permit.supervisions.exclude(state=S.DITUTUP)
    return allowed and permit.state in PermitState.active() and not running.exists()


def waiting(user: User) -> QuerySet[Supervision]:
    """Return what an inspector has still to do."""
    rows = open_to(user) if user.has_role(Role.PENGAWAS) else Supervision.objects.none()
    return rows.exclude(state=S.DITUTUP)


def _fault(field: str, sentence: str) -> Refused:
    return Refused(sentence, [Fault(field, sentence)])


def _may_plan(step: Step) -> None:
    if step.obj.permit.state not in PermitState.active():
        raise Refused("Izin ini tidak berlaku lagi, jadi tidak diperiksa.")
    if step.obj.trigger not in Trigger.values:
        raise _fault("trigger", "Pilih sebabnya.")
    if Supervision.objects.filter(permit=step.obj.permit).exclude(state=S.DITUTUP).exists():
        raise Refused("Izin ini sedang dalam pemeriksaan. Selesaikan dan tutup dahulu pemeriksaan itu.")


def _is_a_day(step: Step) -> None:
    day = step.data.get("day")
    if not isinstance(day, dt.date) or day < dates.today() or not calendar().is_working_day(day):
        raise _fault("day", "Pilih hari kerja mulai hari ini.")
    latest = calendar().add(dates.today(), policy().inspect_days)
    if day > latest:
        raise _fault("day", f"Pemeriksaan paling lambat {dates.long_date(latest)}.")


def _day_has_come(step: Step) -> None:
    if dates.today() < step.obj.scheduled_for:
        raise Refused(f"Pemeriksaan dijadwalkan {dates.long_date(step.obj.scheduled_for)}.")


def _is_full(step: Step) -> None:
    """By who began it, with a photo, the position, what was seen, and findings exactly when something does not fit."""
    data, found = step.data, []
    if step.obj.officer_id != step.actor.pk:
        raise NotAllowed("Hasilnya dicatat petugas yang memulai pemeriksaan.")
    outcome, findings = data.get("outcome"), data.get("findings") or []
    if outcome not in Outcome.values:
        found.append(Fault("outcome", "Pilih hasil pemeriksaan."))
    if (outcome == Outcome.TIDAK_SESUAI) != bool(findings) or not set(findings) <= set(PermitFinding.values):
        found.append(Fault("findings", "Pilih temuannya bila tidak sesuai, dan kosongkan bila sesuai."))
    if not data.get("photos"):
        found.append(Fault("photo_1", "Lampirkan sedikitnya satu foto."))
    found += seen_on_the_spot(step, "Ambil posisi di tempat yang diperiksa.")
    if found:
        raise Refused("Berita acara belum lengkap.", found)


def _has_findings(step: Step) -> None:
    if step.obj.outcome != Outcome.TIDAK_SESUAI:
        raise Refused("Tidak ada temuan yang perlu ditindaklanjuti; tutup pemeriksaannya.")
    if step.data.get("follow_up") not in FollowUp.values:
        raise _fault("follow_up", "Pilih tindak lanjutnya.")


def _may_close(step: Step) -> None:
    if step.source == S.SELESAI and step.obj.outcome != Outcome.SESUAI:
        raise Refused("Ada temuan. Tindak lanjuti dahulu.")


def _appoint(step: Step) -> None:
    step.obj.scheduled_for = step.data["day"]
    step.audit_data["hari"] = step.data["day"]


def _begin(step: Step) -> None:
    step.obj.officer = step.actor


def _record(step: Step) -> None:
    found, data = step.obj, step.data
    found.visited_at, found.outcome = step.now, data["outcome"]
    found.findings, found.note = list(data.get("findings") or []), step.note
    found.holder_present = bool(data.get("holder_present"))
    found.latitude, found.longitude = data["latitude"], data["longitude"]
    for number, photo in enumerate(data["photos"], start=1):
        files.store(photo, owner=found, kind=f"foto-{number}", user=step.actor, allowed=(files.JPEG, files.PNG))
    step.audit_data.update(hasil=found.outcome, temuan=found.findings)


def _follow_up(step: Step) -> None:
    """Set the day to mend; a written warning is also given on the permit, by its own rules."""
    found = step.obj
    found.follow_up = step.data["follow_up"]
    if found.follow_up == FollowUp.PERINGATAN:
        warned = permits.perform(found.permit_id, PermitAction.PERINGATAN, step.actor, note=step.note)
        found.fix_by = warned.answer_by
    else:
        found.fix_by = calendar().add(dates.today(), policy().fix_days)
    step.audit_data.update(tindak_lanjut=found.follow_up, sampai=found.fix_by)


def _to_holder(step: Step, event: str, subject: str, body: str) -> Iterator[Message]:
    permit = step.obj.permit
    link = reverse("hayu:supervision", args=[step.obj.public_id])
    yield from reach.holder(permit, f"izin.{event}", subject, f"{permit.number}: {body}", link)


def _told_day(step: Step) -> Iterator[Message]:
    body = f"petugas datang memeriksa {dates.long_date(step.obj.scheduled_for)}. Siapkan izin Anda."
    yield from _to_holder(step, "pemeriksaan", "Izin Anda akan diperiksa", body)


def _told_findings(step: Step) -> Iterator[Message]:
    if step.obj.follow_up == FollowUp.PEMBETULAN:  # a warning has its own message
        body = f"{step.note} Betulkan sampai {dates.long_date(step.obj.fix_by)}."
        yield from _to_holder(step, "temuan", "Ada temuan pada pemeriksaan izin", body)


_OFFICER = (Role.PENGAWAS,)
TABLE = (
    Transition("N01", (NEW,), Act.RENCANAKAN, _OFFICER, S.DIRENCANAKAN, guard=_may_plan, note_required=True),
    Transition("N02", (S.DIRENCANAKAN, S.DIJADWALKAN), Act.JADWALKAN, _OFFICER, S.DIJADWALKAN, guard=_is_a_day,
               effect=_appoint, notify=_told_day),
    Transition("N03", (S.DIJADWALKAN,), Act.MULAI, _OFFICER, S.BERJALAN, guard=_day_has_come, effect=_begin),
    Transition("N04", (S.BERJALAN,), Act.CATAT, _OFFICER, S.SELESAI, guard=_is_full, effect=_record),
    Transition("N05", (S.SELESAI,), Act.TINDAK_LANJUTI, _OFFICER, S.TINDAK_LANJUT, guard=_has_findings,
               effect=_follow_up, notify=_told_findings, note_required=True),
    Transition("N06", (S.SELESAI, S.TINDAK_LANJUT), Act.TUTUP, _OFFICER, S.DITUTUP, guard=_may_close,
               note_required=True),
)  # fmt: skip

machine = Machine(Supervision, TABLE, holds=holds, involved=involved)


@rules.predicate
def _reads(user: User, found: Supervision) -> bool:
    return is_holder(user, found.permit) or (user.is_active and open_to(user).filter(pk=found.pk).exists())


rules.add_perm("hayu.view_supervision", _reads)


def _reads_file(user: User, stored: StoredFile) -> bool:
    found = Supervision.objects.select_related("permit").filter(pk=stored.owner_id).first()
    return found is not None and user.has_perm("hayu.view_supervision", found)


files.register_guard(Supervision._meta.label_lower, _reads_file, reads.note_file)
