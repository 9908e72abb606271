"""What must be true of a line of the APBD: entered, changed before the decree, or left out (T14)."""

from django.db.models import Sum

from core import dates
from core.errors import Fault, Refused
from core.money import rupiah
from core.transitions import SYSTEM, Step
from sabilulungan.domain import papers, recipients
from sabilulungan.domain.flow.guards import reason_is_public
from sabilulungan.domain.flow.later_guards import amount_faults, refuse, required, same
from sabilulungan.domain.recipients import full_address
from sabilulungan.enums import UNREPORTED_STATES, Kind, State
from sabilulungan.models import EnactedBudget, Proposal
from sabilulungan.rules.after import account_code_fault

_RUNNING = (State.DITETAPKAN, State.PERJANJIAN, State.PENCAIRAN, *UNREPORTED_STATES)


def budget_of(proposal: Proposal) -> EnactedBudget | None:
    """Return the enacted budget of a case's year."""
    return EnactedBudget.objects.filter(budget_year=proposal.budget_year).first()


def has_budget_line(step: Step) -> None:
    """T14: the year's APBD is recorded; account code, name, address and amount as printed in annex III or IV."""
    proposal = step.obj
    if budget_of(proposal) is None:
        raise Refused(f"APBD tahun {proposal.budget_year} belum dicatat. Catat dahulu di halaman Anggaran.")
    faults = same(step, "name", proposal.recipient.name, "nama penerima")
    faults += same(step, "address", full_address(proposal.recipient), "alamat penerima")
    sentence = account_code_fault(Kind(proposal.kind), str(step.data.get("account_code") or ""))
    faults += [Fault("account_code", sentence)] if sentence else []
    faults += amount_faults(step, proposal.amount_approved, "yang disetujui") or _room_faults(step)
    refuse("Baris anggaran belum dapat dicatat.", faults)


def line_changes(step: Step) -> tuple[bool, bool]:
    """Return whether a changed line names the recipient or its address otherwise, and whether anything differs."""
    proposal, data, entry = step.obj, step.data, step.obj.budget_entry
    of_recipient = recipients.differs(proposal.recipient, data)
    other = (data.get("account_code"), data.get("amount")) != (entry.account_code, entry.amount)
    return of_recipient, of_recipient or other


def may_change_line(step: Step) -> None:
    """T14, before the decree: the line as amended, with a public reason; another name or address needs a paper.

    While other help of the recipient is under way its name and address stay, because they are compared at each payment.
    """
    proposal, data = step.obj, step.data
    reason_is_public(step)
    faults = required(step, name="Isi nama.", address="Isi alamat.", village_code="Pilih kelurahan atau desa.")
    sentence = account_code_fault(Kind(proposal.kind), str(data.get("account_code") or ""))
    faults += [Fault("account_code", sentence)] if sentence else []
    faults += amount_faults(step, proposal.amount_approved, "yang disetujui") or _room_faults(step)
    refuse("Baris anggaran belum dapat diubah.", faults)
    renamed, changed = line_changes(step)
    if not changed:
        raise Refused("Tidak ada yang berubah pada baris ini.")
    if not renamed:
        return
    running = proposal.recipient.proposals.filter(state__in=_RUNNING).exclude(pk=proposal.pk).first()
    if running:
        sentence = f"Penerima ini masih punya bantuan {running.number} yang berjalan, jadi nama dan alamatnya tetap."
        faults.append(Fault("name", sentence))
    elif recipients.stands_elsewhere(proposal.recipient, data):
        faults.append(Fault("name", "Penerima lain sudah terdaftar dengan nama dan alamat itu."))
    faults += papers.upload_faults(data.get("scan"), "scan", "Unggah bukti perubahan nama atau alamat.")
    refuse("Baris anggaran belum dapat diubah.", faults)


def _room_faults(step: Step) -> list[Fault]:
    """The lines of a kind sum to no more than the APBD sets aside; the year is locked, so two at once are judged."""
    proposal = step.obj
    budget = EnactedBudget.objects.select_for_update().get(budget_year=proposal.budget_year)
    set_aside = budget.grants if proposal.kind == Kind.HIBAH else budget.aid
    same = Proposal.objects.filter(budget_year=proposal.budget_year, kind=proposal.kind).exclude(pk=proposal.pk)
    room = set_aside - (same.aggregate(sum=Sum("amount_budgeted"))["sum"] or 0)
    if step.data["amount"] <= room:
        return []
    left = f"Sisa anggaran {Kind(proposal.kind).label.lower()} {proposal.budget_year} tinggal {rupiah(max(room, 0))}."
    return [Fault("amount", left)]


def is_left_out(step: Step) -> None:
    """T14: an officer gives a public reason; the clock acts only after the day until which lines are entered."""
    if step.role != SYSTEM:
        if not step.note:
            raise Refused("Tulis alasannya dahulu.", [Fault("note", "Tulis alasannya; alasan ini tampil untuk umum.")])
        reason_is_public(step)
        return
    budget = budget_of(step.obj)
    if budget is None or dates.today() <= budget.lines_until:
        raise Refused("Batas pencatatan penerima dalam APBD belum lewat.")
