"""Effects of the table of applications: what each act writes, in the same transaction as the state."""

from core import codes, dates, files
from core.calendar import calendar
from core.counters import format_number, next_number
from core.region import region
from core.transitions import Step
from hayu.domain.permits import charges, clock, minutes, sheet
from hayu.domain.permits.guards import visit_of
from hayu.domain.policy import office_short, policy
from hayu.enums import AppAction, AppState, Verdict
from hayu.models import Advice, Visit

RECEIPT = "{kode}-{jenis}-{tahun}-{no:06}"
PERMIT_COUNTER = "IZIN-"


def _number(pattern: str, counter: str, code: str) -> str:
    today = dates.today()
    return format_number(
        pattern, kode=str(region().region.code).replace(".", ""), jenis=code, opd=office_short(), tahun=today.year,
        bulan=today.month, no=next_number(counter, today.year),
    )  # fmt: skip


def send(step: Step) -> None:
    """Give the receipt number, and start the clock: today is day 0."""
    application = step.obj
    application.receipt = _number(RECEIPT, application.type_code, application.type_code)
    application.sent_at = step.now
    clock.start(application, dates.today(), application.type.days)
    step.audit_data["resi"] = application.receipt


def take(step: Step) -> None:
    """The verifier holds the file from now on."""
    step.obj.officer = step.actor


def hand_over(step: Step) -> None:
    """Free the file for another verifier."""
    step.obj.former_officer, step.obj.officer = step.obj.officer, None


def put_first(step: Step) -> None:
    """Keep the reason; whoever reads the file sees it, and the queue shows it first."""
    step.obj.priority = step.note
    step.audit_data["didahulukan"] = True


def give_back(step: Step) -> None:
    """Keep what is wrong with what it was, and wait the region's working days for the applicant."""
    application, have = step.obj, sheet.documents(step.obj)
    known = application.type.items(application.kind)
    application.flagged = []
    for row in step.data["flagged"]:
        kind, _, key = row["item"].partition(":")
        entry = {"item": row["item"], "name": known[row["item"]], "reason": row["reason"].strip()}
        if kind == "syarat":
            entry["version"] = have[key].version if key in have else 0
        else:
            entry["value"] = application.answers.get(key)
        application.flagged.append(entry)
    application.rounds += 1
    application.reminded = 0
    application.deadline = calendar().add(dates.today(), policy().mend_days)
    step.audit_data.update(
        putaran=application.rounds, butir=[row["item"] for row in application.flagged],
        terpakai=application.used_days, sla=application.sla_days,
    )  # fmt: skip


def send_again(step: Step) -> None:
    """Keep the replies with the round; the file goes back to the same officer."""
    step.audit_data["jawaban"] = step.data.get("replies") or {}
    step.obj.deadline = None


def lapse(step: Step) -> None:
    """End it for want of an answer; an unpaid bill lapses too."""
    step.obj.deadline = None
    charges.void(step.obj)


def cancel(step: Step) -> None:
    """End it at the applicant's wish."""
    lapse(step)


def propose_refusal(step: Step) -> None:
    """Keep reason and rule, and where it came from."""
    step.obj.reason, step.obj.legal_basis = step.note, str(step.data["legal_basis"]).strip()
    step.obj.came_from = step.source
    step.audit_data["dasar"] = step.obj.legal_basis


def refuse(step: Step) -> None:
    """Refused; the applicant may object for ten working days."""
    if step.transition.action == AppAction.TOLAK:
        propose_refusal(step)
    step.obj.deadline = calendar().add(dates.today(), clock.OBJECTION_DAYS)


def withdraw_proposal(step: Step) -> None:
    """Go on as before the proposal."""
    step.obj.reason = step.obj.legal_basis = ""


def forward(step: Step) -> None:
    """Keep the whole checklist in the log."""
    step.obj.flagged = []
    step.audit_data["diperiksa"] = sorted(step.data["checked"])


def appoint(step: Step) -> None:
    """Appoint the visit, or move it."""
    visit = visit_of(step.obj) or Visit(application=step.obj)
    visit.scheduled_for, visit.officer = step.data["day"], step.actor
    visit.save()
    step.audit_data["hari"] = step.data["day"]


def postpone(step: Step) -> None:
    """Put the visit off; the clock stands until then."""
    visit = visit_of(step.obj)
    visit.scheduled_for = step.obj.deadline = step.data["day"]
    visit.save(update_fields=["scheduled_for"])
    step.obj.postponed = True
    step.audit_data["hari"] = step.data["day"]


def resume(step: Step) -> None:
    """The visit's day has come."""
    step.obj.deadline = None


def record_visit(step: Step) -> None:
    """Write the minutes with photos and position."""
    data, visit = step.data, visit_of(step.obj)
    visit.officer, visit.visited_at, visit.fits = step.actor, step.now, data["fits"]
    visit.applicant_present, visit.note = bool(data.get("applicant_present")), step.note
    visit.latitude, visit.longitude = data["latitude"], data["longitude"]
    visit.answers = minutes.kept(step.obj.type, data.get("answers") or {})
    visit.save()
    for number, photo in enumerate(data["photos"], start=1):
        files.store(photo, owner=visit, kind=f"foto-{number}", user=step.actor, allowed=(files.JPEG, files.PNG))
    step.audit_data.update(peninjauan=visit.pk, sesuai=visit.fits)


def advise(step: Step) -> None:
    """Write the technical advice."""
    conditions = [line.strip() for line in step.data.get("conditions") or [] if line.strip()]
    Advice.objects.create(
        application=step.obj, officer=step.actor, office=step.obj.type.technical_office,
        verdict=Verdict(step.data["verdict"]), conditions=conditions, note=step.note, given_at=step.now,
    )  # fmt: skip
    step.audit_data.update(putusan=str(step.data["verdict"]), syarat=conditions)


def bill(step: Step) -> None:
    """Write the bill."""
    made = charges.issue(step.obj, dates.today())
    step.obj.deadline = made.due_on
    step.audit_data.update(kode_bayar=made.payment_code, jumlah=made.amount, rumus=made.formula, masukan=made.inputs)


def pay(step: Step) -> None:
    """Write the payment."""
    paid = charges.settle(step.obj, step.data["amount"], str(step.data.get("reference") or ""), step.now)
    step.obj.deadline = None
    step.audit_data.update(kode_bayar=paid.payment_code, jumlah=paid.amount, bukti=paid.reference)


def draft(step: Step) -> None:
    """Draft the permit: conditions of the type, of the advice, and of the drafter."""
    application = step.obj
    advice = application.advices.first()
    own = [line.strip() for line in step.data.get("conditions") or [] if line.strip()]
    lines = [*application.type.conditions, *(advice.conditions if advice else []), *own]
    application.conditions = list(dict.fromkeys(lines))
    application.drafter = step.actor


def initial(step: Step) -> None:
    """Reserve number and code, once; a draft that comes back keeps them."""
    application = step.obj
    if not application.permit_number:
        counter = f"{PERMIT_COUNTER}{application.type_code}"
        application.permit_number = _number(application.type.number_pattern, counter, application.type_code)
        application.permit_code = codes.new_code()
    step.audit_data["nomor"] = application.permit_number


def back_to_drafter(step: Step) -> None:
    """The draft is to be written anew."""
    step.obj.drafter = None


def object_to(step: Step) -> None:
    """A new clock of five days for the objection."""
    step.obj.objected, step.obj.deadline = True, None
    clock.start(step.obj, dates.today(), clock.OBJECTION_SLA)


def grant_objection(step: Step) -> None:
    """Examined anew by another officer, with the type's whole time."""
    hand_over(step)
    step.obj.reason = step.obj.legal_basis = ""
    clock.start(step.obj, dates.today(), step.obj.type.days)


def refuse_objection(step: Step) -> None:
    """Final."""
    step.obj.deadline = None
    step.obj.reason = f"{step.obj.reason}\n\nAtas keberatan: {step.note}"


def note_escalation(step: Step) -> None:
    """Note how high it went, and whether it is late for the first time, also when the clock was not read for days."""
    before, step.obj.escalated = step.obj.escalated, clock.level_of(clock.reading(step.obj))
    step.data["newly_late"] = before < clock.LATE <= step.obj.escalated
    step.audit_data.update(terpakai=step.obj.used_days, sla=step.obj.sla_days, tingkat=step.obj.escalated)


def deem(step: Step) -> None:
    """Label it as granted by law; it still waits for a person's signature."""
    step.obj.deemed_at = step.now


def remind(step: Step) -> None:
    """Note how many reminders went out."""
    step.obj.reminded = clock.reminders_due(step.obj, dates.today())


def after_check(step: Step) -> str:
    """Return where a checked file goes: to a visit, to technical advice, or to drafting."""
    kind = step.obj.type
    if kind.field_visit == "yes" or (kind.field_visit == "optional" and step.data.get("visit")):
        return AppState.PENINJAUAN
    return AppState.PERTIMBANGAN_TEKNIS if kind.technical_office else AppState.PENETAPAN
