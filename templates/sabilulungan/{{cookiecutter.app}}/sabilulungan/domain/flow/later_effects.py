"""What T14–T19 write: budget line, decree, leader, agreement, request, payments."""

from core import dates, officials
from core.transitions import SYSTEM, Step
from sabilulungan.domain import flags, numbers, papers, search
from sabilulungan.domain.flow.budget_guards import budget_of, line_changes
from sabilulungan.domain.flow.effects import log, send_back
from sabilulungan.domain.flow.looks import head_title
from sabilulungan.domain.recipients import chair, full_address, rename
from sabilulungan.domain.recipients import change_leader as put_leader
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import LeaderReason, Phase, Role, Severity
from sabilulungan.models import (
    Agreement,
    BudgetEntry,
    BudgetLine,
    Decree,
    DecreeLine,
    Disbursement,
    LeaderChange,
    PayoutRequest,
)
from sabilulungan.rules.money import spread

_SCANS = {
    "SK": "Keputusan penetapan",
    "BUKTI": "Bukti transfer tahap {n}",
    "BAST": "Berita acara serah terima tahap {n}",
    "PERUBAHAN": "Bukti perubahan nama atau alamat",
    "KEMATIAN": "Akta kematian ketua lama",
    "PENUNJUKAN": "Surat penunjukan ketua baru",
}


def _scan(step: Step, code: str, field: str = "scan", n: int = 0) -> None:
    upload = step.data.get(field)
    if upload is None:
        return
    name = _SCANS[code].format(n=n)
    stored = papers.file_scan(step.obj, f"{code}_{n}" if n else code, name, upload, step.actor)
    step.audit_data.setdefault("files", {})[code] = stored.sha256


def budget(step: Step) -> None:
    """T14: the line of annex III or IV."""
    proposal, data = step.obj, step.data
    enacted = budget_of(proposal)
    assert enacted is not None  # noqa: S101  (the guard saw it)
    BudgetEntry.objects.create(
        proposal=proposal,
        budget=enacted,
        account_code=data["account_code"],
        name=data["name"].strip(),
        address=data["address"].strip(),
        amount=data["amount"],
    )
    proposal.amount_budgeted = data["amount"]
    log(step, amount=proposal.amount_budgeted, apbd=enacted.law, kode_rekening=data["account_code"])


def change_line(step: Step) -> None:
    """T14: the amended line; a new name or address is the recipient's too, and marked red until a second person looks.

    The words before stand in the audit trail only: of persons they are nobody's business.
    """
    proposal, data, entry = step.obj, step.data, step.obj.budget_entry
    recipient = proposal.recipient
    step.audit_data["before"] = [entry.name, entry.address, entry.account_code, entry.amount]
    renamed, _ = line_changes(step)
    if renamed:
        rename(recipient, data)
        for case in recipient.proposals.exclude(pk=proposal.pk):
            case.recipient_district, case.search_text = recipient.district_code, search.text_of(case)
            case.save(update_fields=["recipient_district", "search_text"])
        proposal.recipient_district, proposal.search_text = recipient.district_code, search.text_of(proposal)
        _scan(step, "PERUBAHAN")
        sentence = "Nama atau alamat berubah antara usulan dan penetapan."
        named = (recipient.name, full_address(recipient))
        flags.note(proposal, "F09", Severity.RED, sentence, facts=["nama", *named])
    entry.account_code, entry.amount = data["account_code"], data["amount"]
    entry.name, entry.address = recipient.name, full_address(recipient)
    entry.save()
    proposal.amount_budgeted = entry.amount
    log(step, amount=entry.amount, kode_rekening=entry.account_code)


def leave_out(step: Step) -> None:
    """T14: not in the budget, with the reason the public reads."""
    if step.role == SYSTEM:
        enacted = budget_of(step.obj)
        step.note = f"Tidak tercantum dalam {enacted.law if enacted else 'APBD'}."
    log(step)


def decree(step: Step) -> None:
    """T15: the decree's line, the amount per cost line, and the papers of pay-out when it was cut."""
    proposal, data = step.obj, step.data
    flags.scan(proposal)
    signer = profile_of(proposal).after.decree_signer
    post = head_title() if signer == Role.KDH else f"Kepala {profile_of(proposal).office_name(proposal.office)}"
    made, _ = Decree.objects.get_or_create(
        number=data["decree_number"].strip(),
        defaults={"signed_on": data["signed_on"], "signer": post, "entered_by": step.actor},
    )
    DecreeLine.objects.create(
        proposal=proposal,
        decree=made,
        name=data["name"].strip(),
        address=data["address"].strip(),
        amount=data["amount"],
    )
    proposal.amount_decreed = data["amount"]
    lines = list(proposal.lines.all())
    for line, share in zip(lines, spread(data["amount"], [line.amount_asked for line in lines]), strict=True):
        line.amount_decreed = share
    BudgetLine.objects.bulk_update(lines, ["amount_decreed"])
    if data["amount"] < proposal.amount_asked:
        papers.ask_adjusted_plan(proposal)
    _scan(step, "SK")
    log(step, amount=proposal.amount_decreed, keputusan=made.number, penanda_tangan=made.signer)


def change_leader(step: Step) -> None:
    """R16: the old leader's term ends, the new one is on file, the change is public."""
    proposal, data = step.obj, step.data
    old = chair(proposal.recipient)
    new = put_leader(proposal.recipient, data["new_name"].strip(), data["nik"], data.get("phone") or "", step.actor)
    change = LeaderChange.objects.create(
        proposal=proposal,
        reason=data["reason"],
        old_name=old.name if old else "",
        new_name=new.name,
        at=step.now,
    )
    _scan(step, "KEMATIAN", "certificate")
    _scan(step, "PENUNJUKAN", "appointment")
    step.note = f"{LeaderReason(change.reason).label}: {change.old_name} digantikan {change.new_name}."
    flags.scan(proposal)
    log(step)


def confirm(step: Step) -> None:
    """T16: the recipient's side: who signs, and the six contents as they stand (Permendagri 32/2011 art. 13)."""
    proposal = step.obj
    Agreement.objects.create(
        proposal=proposal,
        signer_name=step.data["signer_name"].strip(),
        recipient_number=(step.data.get("recipient_number") or "").strip(),
        confirmed_by=step.actor,
        confirmed_at=step.now,
        amount=proposal.amount_decreed,
        contents={
            "penerima": proposal.recipient.name,
            "alamat": full_address(proposal.recipient),
            "tujuan": proposal.title,
            "keputusan": proposal.decree_line.decree.number,
            "laporan": profile_of(proposal).after.report_day(proposal.budget_year).isoformat(),
        },
    )
    log(step)


def sign(step: Step) -> None:
    """T16: the region's side: number, date, signer; from now on the papers of pay-out are asked for."""
    proposal, data = step.obj, step.data
    agreement = proposal.agreement
    agreement.number = numbers.next_number("nphd" if proposal.kind == "HIBAH" else "pakta", data["signed_on"])
    agreement.signed_on, agreement.giver_name = data["signed_on"], data["giver_name"].strip()
    profile = profile_of(proposal)
    if profile.after.agreement_signer == Role.KDH:
        agreement.giver_post = officials.head_of_region(on=data["signed_on"])["post"]
    else:
        agreement.giver_post = f"Kepala {profile.office_name(proposal.office)}"
    agreement.save()
    proposal.amount_agreed = agreement.amount
    papers.ask(proposal, Phase.PENCAIRAN)
    log(step, amount=agreement.amount, perjanjian=agreement.number)


def request(step: Step) -> None:
    """T17: the pay-out request as it was made."""
    proposal, data = step.obj, step.data
    PayoutRequest.objects.create(
        proposal=proposal,
        number=numbers.next_number("pencairan", dates.local(step.now).date()),
        account_id=data.get("account") or None,
        name=proposal.recipient.name,
        address=full_address(proposal.recipient),
        amount=proposal.amount_agreed,
        use_plan=data["use_plan"].strip(),
        requested_at=step.now,
    )
    flags.scan(proposal)
    log(step)


def return_request(step: Step) -> None:
    """T03 from pay-out: items to mend; afterwards the case comes back here."""
    send_back(step)


def pay(step: Step) -> None:
    """T18: one tranche; the state moves at the first. The duplicate scan runs once more (R14)."""
    data = step.data
    _disburse(
        step, "BUKTI", account=step.obj.payout_request.account, spp=data["spp"].strip(), spm=data["spm"].strip(),
        sp2d=data["sp2d"].strip(),
    )  # fmt: skip


def hand_over(step: Step) -> None:
    """T18 for goods and services."""
    _disburse(step, "BAST", handover=step.data["handover"].strip())


def _disburse(step: Step, code: str, **columns: object) -> None:
    proposal, data = step.obj, step.data
    flags.scan(proposal)
    tranche = proposal.disbursements.count() + 1
    Disbursement.objects.create(
        proposal=proposal,
        tranche=tranche,
        paid_on=data["paid_on"],
        amount=data["amount"],
        entered_by=step.actor,
        at=step.now,
        **columns,
    )
    proposal.amount_paid = (proposal.amount_paid or 0) + data["amount"]
    _scan(step, code, n=tranche)
    papers.ask(proposal, Phase.LPJ)
    log(step, amount=data["amount"], tahap=tranche, tanggal_bayar=data["paid_on"])


def void(step: Step) -> None:
    """T19: the allocation is void before payment (BDG art. 18(3)), by a decision."""
    log(step, keputusan=step.data["decree_number"])
