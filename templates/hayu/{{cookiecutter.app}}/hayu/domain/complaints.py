"""Complaints (hayu.md section 8): receipt at once, looked at within 3 working days, answered within 10 (once 7 more).

Who complained is kept from whoever is complained of: it stands encrypted, is never in a list or in the log, and an
officer who acted on the matter can neither handle the complaint nor read it.
"""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from core import audit, codes, dates
from core.calendar import calendar
from core.counters import format_number, next_number
from core.errors import Fault, NotAllowed, Refused
from core.models import AuditEntry, RoleAssignment, User
from core.notify import Message
from core.region import region
from core.transitions import NEW, SYSTEM, Machine, Step, Transition
from hayu.enums import ComplaintAction as Act
from hayu.enums import ComplaintState as S
from hayu.enums import Role
from hayu.models import Application, Complaint, Permit, Report

LOOK_DAYS, ANSWER_DAYS, MORE_DAYS = 3, 10, 7
NEAR_DAYS = 2  # working days before the answer is due
MIN_TEXT = 20
NUMBER = "{kode}-ADUAN-{tahun}-{no:06}"


def about(text: str) -> dict[str, Report | Permit | Application]:
    """Return what a code, number or receipt stands for, under the complaint's column; {} for no text.

    Raises Refused beside the field when nothing has that code or number.
    """
    wanted = text.strip()
    if not wanted:
        return {}
    code = codes.normalise(wanted)
    report = Report.objects.registered().filter(Q(code=code) | Q(number__iexact=wanted)).first()
    if report:
        return {"report": report}
    permit = Permit.objects.filter(Q(code=code) | Q(number__iexact=wanted)).first()
    if permit:
        return {"permit": permit}
    application = Application.objects.sent().filter(receipt__iexact=wanted).first()
    if application:
        return {"application": application}
    sentence = "Kode atau nomor itu tidak kami kenal. Kosongkan bila tidak tahu."
    raise Refused(sentence, [Fault("about", sentence)])


def file(
    *, kind: str, text: str, related: str = "", name: str = "", contact: str = "", user: User | None = None,
    request: HttpRequest | None = None,
) -> Complaint:  # fmt: skip
    """File a complaint and return it with its number; name and contact may be left out."""
    if len(text.strip()) < MIN_TEXT:
        sentence = f"Ceritakan dengan sedikitnya {MIN_TEXT} huruf: apa, di mana, kapan."
        raise Refused(sentence, [Fault("text", sentence)])
    today = dates.today()
    complaint = Complaint(
        number=format_number(
            NUMBER, kode=str(region().region.code).replace(".", ""), tahun=today.year,
            no=next_number("ADUAN", today.year),
        ),
        kind=kind, text=text.strip(), reporter=user, reporter_name=name.strip(), reporter_contact=contact.strip(),
        answer_by=calendar().add(today, ANSWER_DAYS), **about(related),
    )  # fmt: skip
    filed: Complaint = machine.begin(complaint, Act.ADUKAN, None, request=request)
    return filed


def target_of(complaint: Complaint) -> Report | Permit | Application | None:
    """Return what a complaint is about, if it names something."""
    return complaint.report or complaint.permit or complaint.application


def concerns(user: User, complaint: Complaint) -> bool:
    """Return whether a complaint is about this person's matter or about what they did as an officer."""
    target = target_of(complaint)
    if target is None:
        return False
    owner = getattr(target, "applicant_id", None) or getattr(target, "holder_id", None)
    if owner == user.pk:
        return True
    objects = [target, *([target.application] if isinstance(target, Permit) and target.application else [])]
    return any(
        _deeds(user).filter(object_type=audit.object_type(obj), object_id=str(obj.pk)).exists() for obj in objects
    )


def _deeds(user: User) -> QuerySet[AuditEntry]:
    """Return what a person did; that they read something makes nobody partial."""
    return AuditEntry.objects.filter(actor=user).exclude(action=audit.READ)


def open_to(user: User) -> QuerySet[Complaint]:
    """Return the complaints a supervisor may read, the nearest answer date first; those about themselves left out."""
    if not user.has_role(Role.PENGAWAS, Role.AUDITOR):
        return Complaint.objects.none()
    rows = Complaint.objects.select_related("report", "permit__application", "application").order_by("answer_by", "pk")
    mine = _deeds(user)
    keys = {
        name: {int(key) for key in mine.filter(object_type=f"hayu.{name}").values_list("object_id", flat=True)}
        for name in ("report", "permit", "application")
    }
    return rows.exclude(
        Q(report__in=keys["report"]) | Q(permit__in=keys["permit"]) | Q(application__in=keys["application"])
        | Q(permit__application__in=keys["application"])
    )  # fmt: skip


def holds(user: User, role: str, complaint: Complaint) -> bool:
    """Return whether a user has a role on a complaint."""
    return user.has_role(role)


def reveal(complaint: Complaint, user: User, purpose: str, request: HttpRequest | None = None) -> tuple[str, str]:
    """Return name and contact of who complained, for a stated purpose that is written to the log."""
    if not user.has_role(Role.PENGAWAS) or concerns(user, complaint):
        raise NotAllowed("Identitas pelapor hanya untuk pengawas yang tidak terkait perkaranya.")
    if len(purpose.strip()) < 10:
        raise Refused("Tulis untuk apa identitas pelapor dibuka.", [Fault("purpose", "Sedikitnya sepuluh huruf.")])
    audit.record_read(complaint, purpose.strip(), actor=user, role=Role.PENGAWAS, request=request)
    name = complaint.reporter_name or (complaint.reporter.full_name if complaint.reporter else "")
    return name or "Tanpa nama", complaint.reporter_contact or (complaint.reporter.email if complaint.reporter else "")


def _take(step: Step) -> None:
    step.obj.officer = step.actor


def _may_extend(step: Step) -> None:
    if step.obj.extended:
        raise Refused("Waktu jawaban sudah pernah diperpanjang.")


def _extend(step: Step) -> None:
    step.obj.extended, step.obj.escalated = True, 0
    step.obj.answer_by = calendar().add(step.obj.answer_by, MORE_DAYS)


def _answer(step: Step) -> None:
    step.obj.answer, step.obj.answered_at = step.note, step.now


def level_of(complaint: Complaint, today: dt.date) -> int:
    """Return how urgent a complaint is: 0, 1 not looked at in time, 2 answer nearly due, then one more each day late.

    Days are working days; 3 is the first day after the answer was due.
    """
    days = calendar()
    if today > complaint.answer_by:
        return 2 + max(1, days.count(complaint.answer_by, today))
    if days.count(today, complaint.answer_by) <= NEAR_DAYS:
        return 2
    looked_at = complaint.state != S.DITERIMA
    return 0 if looked_at or days.count(dates.local(complaint.created_at).date(), today) <= LOOK_DAYS else 1


def escalate(today: dt.date) -> int:
    """Tell supervisors of complaints that run late, once a level; return how many. The second call tells nothing new.

    Past the answer's day the head of division and the head of the office hear of it too, each working day.
    """
    told = 0
    for row in Complaint.objects.filter(state__in=(S.DITERIMA, *_OPEN)).order_by("pk"):
        if level_of(row, today) <= row.escalated:
            continue
        try:
            machine.perform(row.pk, Act.INGATKAN, None)
        except Refused:  # answered in the meantime
            continue
        told += 1
    return told


def _is_urgent(step: Step) -> None:
    if level_of(step.obj, dates.today()) <= step.obj.escalated:
        raise Refused("Sudah diberitahukan.")


def _note_level(step: Step) -> None:
    step.obj.escalated = level_of(step.obj, dates.today())
    step.audit_data["tingkat"] = step.obj.escalated


def _told_urgent(step: Step) -> Iterator[Message]:
    """Supervisors whom the matter does not concern, and once it is late the heads; nothing of who complained."""
    complaint: Complaint = step.obj
    late = complaint.escalated > NEAR_DAYS
    roles = [Role.PENGAWAS, *((Role.KABID, Role.PENANDATANGAN) if late else ())]
    held = RoleAssignment.objects.valid_on(dates.today()).filter(role__in=roles).values("user")
    what = "lewat batas jawaban" if late else (
        "belum ditelaah" if complaint.escalated == 1 else "segera lewat batas jawaban"
    )  # fmt: skip
    body = f"Pengaduan {complaint.number} {what}. Dijawab paling lambat {dates.long_date(complaint.answer_by)}."
    for user in User.objects.filter(pk__in=held, is_active=True).order_by("pk"):
        if not concerns(user, complaint):
            view = "hayu:complaint_handle" if user.has_role(Role.PENGAWAS) else "hayu:complaint"
            link = reverse(view, args=[complaint.public_id])
            yield Message("pengaduan.terlambat", f"Pengaduan {what}: {complaint.number}", body, user=user, link=link)


def _told(step: Step) -> Iterator[Message]:
    complaint: Complaint = step.obj
    body = f"Pengaduan {complaint.number}: {complaint.STATES[complaint.state].sentence} {step.note}".strip()
    link = reverse("hayu:complaint", args=[complaint.public_id])
    subject = f"Pengaduan {complaint.number} dijawab" if step.transition.action == Act.JAWAB else (
        f"Pengaduan {complaint.number} diperpanjang"
    )  # fmt: skip
    if complaint.reporter:
        yield Message("pengaduan.jawaban", subject, body, user=complaint.reporter, link=link)
    elif _is_mail(complaint.reporter_contact):
        yield Message("pengaduan.jawaban", subject, body, address=complaint.reporter_contact, link=link)


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _same(step: Step) -> str:
    return step.source


_OPEN = (S.DITELAAH, S.DITINDAKLANJUTI)
TABLE = (
    Transition("C01", (NEW,), Act.ADUKAN, (SYSTEM,), S.DITERIMA),
    Transition("C02", (S.DITERIMA,), Act.TELAAH, (Role.PENGAWAS,), S.DITELAAH, effect=_take),
    Transition("C03", (S.DITELAAH,), Act.TINDAK, (Role.PENGAWAS,), S.DITINDAKLANJUTI, note_required=True),
    Transition("C04", _OPEN, Act.PERPANJANG, (Role.PENGAWAS,), _same, guard=_may_extend, effect=_extend, notify=_told,
               note_required=True),
    Transition("C05", _OPEN, Act.JAWAB, (Role.PENGAWAS,), S.DIJAWAB, effect=_answer, notify=_told,
               note_required=True),
    Transition("C05-INGAT", (S.DITERIMA, *_OPEN), Act.INGATKAN, (SYSTEM,), _same, guard=_is_urgent,
               effect=_note_level, notify=_told_urgent),
    Transition("C06", (S.DIJAWAB,), Act.TUTUP, (Role.PENGAWAS, SYSTEM), S.DITUTUP),
)  # fmt: skip

machine = Machine(Complaint, TABLE, holds=holds, involved=concerns)
