"""What a transition writes besides the state. Each writes the row of the timeline as its last act."""

from core import counters, dates
from core.calendar import calendar
from core.region import region
from core.transitions import SYSTEM, Step
from sabilulungan.domain import devices, drafts, flags, rulebook, search
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Kind, State
from sabilulungan.models import BudgetLine, CaseStep, ChecklistAnswer, Document, Evaluation
from sabilulungan.rules.deadlines import due_on
from sabilulungan.rules.flow import STAGE_OF
from sabilulungan.rules.money import previous_amount

OTHER_ITEMS = {"DATA": "Data kegiatan", "RINCIAN": "Rincian biaya"}


def log(
    step: Step, *, amount: int | None = None, items: list[dict[str, object]] | None = None, **facts: object
) -> None:
    """Write the row of the timeline and start the clock of the new state."""
    proposal = step.obj
    CaseStep.objects.create(
        proposal=proposal,
        transition=step.transition.code,
        action=step.transition.action,
        source=step.source,
        target=step.target,
        role=step.role,
        actor=step.actor,
        at=step.now,
        due_on=proposal.due_on,
        amount=amount,
        reason=step.note,
        items=items or [],
        facts={key: str(value) for key, value in facts.items() if value},
    )
    if step.target != step.source:
        today = dates.local(step.now).date()
        proposal.stage = STAGE_OF.get(State(step.target), proposal.stage)
        proposal.due_on = due_on(profile_of(proposal), calendar(), State(step.target), today, proposal.budget_year)
    if amount is not None:
        step.audit_data["amount"] = amount


def public_number(kind: str, budget_year: int) -> str:
    """Return the next number of a proposal: "3273-2026-H-00412"."""
    letter = "H" if kind == Kind.HIBAH else "B"
    number = counters.next_number(f"usulan-{letter}", budget_year)
    return f"{region().region.code.replace('.', '')}-{budget_year}-{letter}-{number:05d}"


def file(step: Step) -> None:
    """T01: number, profile version, time; the duplicate scan; hashes of all files into the audit row."""
    proposal = step.obj
    proposal.profile = rulebook.current_version()
    proposal.number = public_number(proposal.kind, proposal.budget_year)
    proposal.submitted_at = proposal.declared_at = step.now
    route = profile_of(proposal).field(proposal.field)
    proposal.office = route.office if route else ""
    proposal.search_text = search.text_of(proposal)
    _keep_hashes(step)
    log(step, amount=proposal.amount_asked)
    devices.remember(proposal, step.data.get("device", ""))
    flags.scan(proposal)


def _keep_hashes(step: Step) -> None:
    held = drafts.files_of(step.obj)
    codes = dict(step.obj.documents.values_list("pk", "code"))
    step.audit_data["files"] = {codes[pk]: stored.sha256 for pk, stored in held.items() if pk in codes}


def register(step: Step) -> None:
    """T02: ticks and notes per document, register number and date."""
    _write_verdicts(step)
    step.obj.register_number = step.data["register_number"]
    step.obj.registered_on = step.data["registered_on"]
    log(step, nomor_agenda=step.obj.register_number)


def _write_verdicts(step: Step) -> None:
    verdicts = step.data.get("verdicts", {})
    changed = []
    for document in step.obj.documents.all():
        verdict, note = verdicts.get(document.code, ("", ""))
        if verdict:
            document.verdict, document.note = verdict, note.strip()
            document.checked_by, document.checked_at = step.actor, step.now
            changed.append(document)
    Document.objects.bulk_update(changed, ["verdict", "note", "checked_by", "checked_at"])


def send_back(step: Step) -> None:
    """T03: items to mend, with the version each document has now; remembers where the case came from."""
    proposal = step.obj
    held = drafts.files_of(proposal)
    documents = {document.code: document for document in proposal.documents.all()}
    items: list[dict[str, object]] = []
    for code, note in step.data["items"]:
        document = documents.get(code)
        stored = held.get(document.pk) if document else None
        name = document.name if document else OTHER_ITEMS[code]
        items.append({"code": code, "name": name, "note": note.strip(), "version": stored.version if stored else 0})
        if document:
            document.verdict, document.note = Document.Verdict.FAULTY, note.strip()
            document.checked_by, document.checked_at = step.actor, step.now
            document.save(update_fields=["verdict", "note", "checked_by", "checked_at"])
    proposal.resume_state = step.source
    log(step, items=items)


def resume(step: Step) -> None:
    """T04: back to where it was; documents that were faulty wait for a fresh look."""
    proposal = step.obj
    proposal.documents.filter(verdict=Document.Verdict.FAULTY).update(verdict="", note="")
    proposal.resume_state = ""
    proposal.search_text = search.text_of(proposal)
    _keep_hashes(step)
    log(step, amount=proposal.amount_asked)


def lapse(step: Step) -> None:
    """T04 by the clock."""
    step.obj.resume_state = ""
    step.note = f"Perbaikan tidak dikirim sampai {dates.long_date(step.obj.due_on)}."
    log(step)


def withdraw(step: Step) -> None:
    """T25."""
    step.obj.resume_state = ""
    log(step)


def pass_on(step: Step) -> None:
    """T05, T08, T11: only the note; of the system, why it acted."""
    if step.role == SYSTEM:
        step.note = f"Diteruskan sistem karena batas disposisi, {dates.long_date(step.obj.due_on)}, sudah lewat."
    log(step)


def refuse(step: Step) -> None:
    """T05, T09, T13: the end, with the reason the public reads."""
    log(step, rapat=step.data.get("meeting_on"))


def classify(step: Step) -> None:
    """T06: field, office, nature."""
    proposal = step.obj
    profile = profile_of(proposal)
    route = profile.field(step.data["field"])
    assert route is not None  # noqa: S101  (the guard saw it)
    proposal.field, proposal.office, proposal.nature = route.code, route.office, step.data["nature"]
    if step.role == SYSTEM:
        step.note = "Dipilah sistem menurut bidang yang dipilih pemohon."
    log(step, dinas=profile.office_name(route.office), bidang=route.name)


def recommend(step: Step) -> None:
    """T07: the evaluation, its seven answers and the amount per line."""
    proposal, data = step.obj, step.data
    recommended = bool(data["recommended"])
    amounts = data["lines"] if recommended else {}
    lines = list(proposal.lines.all())
    for line in lines:
        line.amount_opd = amounts.get(line.number, 0)
    BudgetLine.objects.bulk_update(lines, ["amount_opd"])
    total = sum(line.amount_opd for line in lines)
    evaluation = Evaluation.objects.create(
        proposal=proposal,
        visited_on=data["visited_on"],
        met_with=data["met_with"],
        visit_result=data["visit_result"],
        recommended=recommended,
        reason=step.note,
        amount=total,
        by=step.actor,
        at=step.now,
    )
    ChecklistAnswer.objects.bulk_create(
        ChecklistAnswer(evaluation=evaluation, item=item, passed=passed, note=note)
        for item, (passed, note) in data["answers"].items()
    )
    proposal.amount_opd = total
    proposal.amount_tp = proposal.amount_tapd = None
    proposal.rise_tp = proposal.rise_tapd = ""
    flags.scan(proposal)
    log(step, amount=total, rekomendasi="Direkomendasikan" if recommended else "Tidak direkomendasikan")


def consider(step: Step) -> None:
    """T09: the team's amount and the date of its meeting."""
    proposal = step.obj
    proposal.amount_tp, proposal.rise_tp = step.data["amount"], _rise(step, "tp")
    proposal.amount_tapd, proposal.rise_tapd = None, ""
    log(step, amount=proposal.amount_tp, rapat=step.data["meeting_on"], alasan_naik=proposal.rise_tp)


def set_amount(step: Step) -> None:
    """T10: the budget team's amount; the duplicate scan again (R14)."""
    proposal = step.obj
    flags.scan(proposal)
    proposal.amount_tapd, proposal.rise_tapd = step.data["amount"], _rise(step, "tapd")
    log(step, amount=proposal.amount_tapd, alasan_naik=proposal.rise_tapd)


def approve(step: Step) -> None:
    """T12: the approved amount, with number and date of the sheet."""
    proposal = step.obj
    proposal.amount_approved, proposal.rise_approved = step.data["amount"], _rise(step, "approved")
    proposal.approval_number, proposal.approved_on = step.data["approval_number"], step.data["approved_on"]
    log(
        step,
        amount=proposal.amount_approved,
        lembar_persetujuan=proposal.approval_number,
        alasan_naik=proposal.rise_approved,
    )


def _rise(step: Step, stage: str) -> str:
    """Keep the reason only when the amount really rises, so that no reason stands in public without a rise."""
    rises = step.data["amount"] > previous_amount(step.obj.amounts(), stage)
    return step.data.get("rise", "").strip() if rises else ""
