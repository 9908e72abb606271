"""What must be true from decree to payment: the chain of amounts and the identity chain (R15–R19)."""

import datetime as dt

from core import dates
from core.errors import Fault, Refused
from core.money import rupiah
from core.transitions import Step
from sabilulungan.domain import chair_codes, flags, papers
from sabilulungan.domain.flow.guards import has_items, reason_is_public
from sabilulungan.domain.recipients import chair, full_address
from sabilulungan.enums import Form, Kind, LeaderReason, Phase
from sabilulungan.models import Agreement, BankAccount, Decree, Disbursement, Proposal
from sabilulungan.rules.after import same_text


def refuse(sentence: str, faults: list[Fault]) -> None:
    """Refuse with all faults at once, if there are any."""
    if faults:
        raise Refused(sentence, faults)


def day_faults(day: dt.date | None, field: str, *, since: dt.date | None = None, after: str = "") -> list[Fault]:
    """Return what speaks against the day of a paper: missing, in the future, or before what it rests on."""
    if day is None:
        return [Fault(field, "Isi tanggalnya.")]
    if day > dates.today():
        return [Fault(field, "Tanggal tidak boleh di masa depan.")]
    if since and day < since:
        return [Fault(field, f"Tanggal tidak boleh sebelum {after} ({dates.short_date(since)}).")]
    return []


def red_faults(proposal: Proposal) -> list[Fault]:
    """Return a fault when red flags are open; they block T15 and T18 too (section 13)."""
    sentence = flags.blocking_sentence(proposal)
    return [Fault("flags", sentence)] if sentence else []


def required(step: Step, **sentences: str) -> list[Fault]:
    """Return a fault for each of the named data that is empty."""
    return [Fault(name, sentence) for name, sentence in sentences.items() if not str(step.data.get(name) or "").strip()]


def same(step: Step, field: str, expected: str, source: str) -> list[Fault]:
    """Return a fault when a text is not the expected one, letter by letter."""
    given = str(step.data.get(field) or "")
    if same_text(given, expected):
        return []
    return [Fault(field, f"Harus sama huruf demi huruf dengan {source}: {expected}")]


def amount_faults(step: Step, most: int, what: str) -> list[Fault]:
    """Return a fault when the amount is zero or more than `most`, with what that is."""
    amount = step.data.get("amount")
    if not amount:
        return [Fault("amount", "Isi jumlah lebih dari nol.")]
    if amount > most:
        return [Fault("amount", f"Paling banyak {rupiah(most)}, yaitu {what}.")]
    return []


def equals_annex(step: Step) -> None:
    """T15: name and address equal the annex to the letter, amount within the line, decree signed and scanned."""
    proposal = step.obj
    entry = proposal.budget_entry
    faults = red_faults(proposal)
    faults += required(step, decree_number="Isi nomor keputusan.")
    faults += day_faults(
        step.data.get("signed_on"), "signed_on", since=entry.budget.enacted_on, after="APBD ditetapkan"
    )
    faults += same(step, "name", entry.name, f"lampiran {entry.annex}")
    faults += same(step, "address", entry.address, f"lampiran {entry.annex}")
    faults += amount_faults(step, entry.amount, "baris anggarannya")
    known = Decree.objects.select_for_update().filter(number=str(step.data.get("decree_number") or "").strip()).first()
    if known and step.data.get("signed_on") and known.signed_on != step.data["signed_on"]:
        faults.append(
            Fault("signed_on", f"Keputusan ini sudah dicatat bertanggal {dates.short_date(known.signed_on)}.")
        )
    if known and known.signatures.exists():
        sentence = "Lampiran keputusan ini sudah ditandatangani, jadi penerimanya tidak dapat ditambah."
        faults.append(Fault("decree_number", sentence))
    faults += papers.upload_faults(step.data.get("scan"), "scan", "Unggah pindaian keputusan.")
    refuse("Penetapan belum dapat dicatat.", faults)


def leader_papers(step: Step) -> None:
    """R16: death certificate and new appointment, or the letter of the lurah or the body's own decision."""
    proposal, data = step.obj, step.data
    if proposal.recipient.is_person:
        raise Refused("Penerima perorangan tidak punya ketua.")
    _not_confirmed(proposal)
    faults = required(step, new_name="Isi nama ketua baru.", nik="Isi NIK ketua baru.")
    if data.get("reason") not in LeaderReason.values:
        faults.append(Fault("reason", "Pilih mengapa ketua berganti."))
    if data.get("reason") == LeaderReason.MENINGGAL:
        faults += papers.upload_faults(data.get("certificate"), "certificate", "Unggah akta kematian ketua lama.")
    faults += papers.upload_faults(
        data.get("appointment"), "appointment", "Unggah surat penunjukan ketua baru dari rapat pengurus atau lurah."
    )
    refuse("Pergantian ketua belum dapat dicatat.", faults)


def _not_confirmed(proposal: Proposal) -> None:
    if Agreement.objects.filter(proposal=proposal).exists():
        raise Refused("Isi perjanjian sudah Anda setujui; tunggu penandatanganannya.")


def signer_is_chair(step: Step) -> None:
    """T16: who signs for the recipient is the leader on file (R16), accepts the pact, and says so himself (R18)."""
    proposal = step.obj
    _not_confirmed(proposal)
    leader = chair(proposal.recipient)
    faults = chair_codes.faults(proposal, "code")
    if leader is None or not same_text(str(step.data.get("signer_name") or ""), leader.name):
        wanted = leader.name if leader else "ketua"
        faults.append(
            Fault(
                "signer_name",
                f"Penanda tangan haruslah {wanted}. Bila ketua berganti, laporkan dahulu dengan suratnya.",
            )
        )
    if not step.data.get("accepted"):
        faults.append(Fault("accepted", "Setujui pakta integritas lebih dahulu."))
    refuse("Perjanjian belum dapat disetujui.", faults)


def may_sign(step: Step) -> None:
    """T16: the recipient has confirmed, its signer still leads it, and who signs for the region is named."""
    proposal = step.obj
    agreement = Agreement.objects.filter(proposal=proposal).first()
    if agreement is None:
        raise Refused("Penerima belum menyetujui isi perjanjian.")
    leader = chair(proposal.recipient)
    faults = []
    if leader is None or not same_text(agreement.signer_name, leader.name):
        faults.append(Fault("flags", "Penanda tangan bukan lagi ketua penerima."))
    faults += required(step, giver_name="Isi nama penanda tangan.")
    faults += day_faults(
        step.data.get("signed_on"), "signed_on", since=proposal.decree_line.decree.signed_on, after="tanggal keputusan"
    )
    refuse("Perjanjian belum dapat ditandatangani.", faults)


def may_request(step: Step) -> None:
    """T17: all papers are there, and the account belongs to the recipient by name (R17)."""
    proposal = step.obj
    faults = required(step, use_plan="Isi rencana penggunaan dana.")
    if proposal.form == Form.UANG:
        account = BankAccount.objects.filter(pk=step.data.get("account"), recipient=proposal.recipient).first()
        if account is None:
            faults.append(Fault("account", "Pilih rekening penerima."))
        elif not same_text(account.owner_name, proposal.recipient.name):
            owner, name = account.owner_name, proposal.recipient.name
            sentence = f"Rekening atas nama {owner}, bukan {name}. Pakai rekening atas nama penerima."
            faults.append(Fault("account", sentence))
    faults += papers.missing(proposal, Phase.PENCAIRAN)
    refuse("Permohonan pencairan belum lengkap.", faults)


def has_payout_items(step: Step) -> None:
    """T03 from pay-out: at least one paper to mend; only papers of the pay-out file."""
    asked = set(step.obj.documents.filter(phase=Phase.PENCAIRAN).values_list("code", flat=True))
    wrong = [code for code, _ in step.data.get("items", []) if code not in asked]
    refuse(
        "Hanya berkas pencairan yang dapat dikembalikan.", [Fault(code, "Bukan berkas pencairan.") for code in wrong]
    )
    has_items(step)


def identity_faults(proposal: Proposal) -> list[Fault]:
    """Return every break of the chain recipient = decree = agreement = request = account owner (SOP13, R17)."""
    line, asked, agreement = proposal.decree_line, proposal.payout_request, proposal.agreement
    names = {
        "nama penerima": proposal.recipient.name,
        "perjanjian": agreement.contents["penerima"],
        "permohonan pencairan": asked.name,
    }
    if asked.account:
        names["pemilik rekening"] = asked.account.owner_name
    faults = [
        Fault("flags", f"Nama di keputusan ({line.name}) tidak sama dengan {where} ({name}).")
        for where, name in names.items()
        if not same_text(name, line.name)
    ]
    for where, address in (("penerima", full_address(proposal.recipient)), ("permohonan pencairan", asked.address)):
        if not same_text(address, line.address):
            faults.append(Fault("flags", f"Alamat di keputusan tidak sama dengan alamat {where}."))
    if not line.amount == agreement.amount == asked.amount:
        faults.append(Fault("flags", "Jumlah di keputusan, perjanjian, dan permohonan tidak sama."))
    return faults


def _signature_faults(proposal: Proposal) -> list[Fault]:
    """Return a fault while the NPHD of hibah, or the pact of aid, is not signed here (R19)."""
    if papers.agreement_is_signed(proposal):
        return []
    name = "NPHD" if proposal.kind == Kind.HIBAH else "Pakta integritas"
    sentence = f"{name} belum bertanda tangan di sini. Tanda tangani atau unggah pindaiannya dahulu."
    return [Fault("flags", sentence)]


def _payment_faults(step: Step, number: str, sentence: str) -> list[Fault]:
    proposal = step.obj
    faults = [*red_faults(proposal), *_signature_faults(proposal), *identity_faults(proposal)]
    faults += required(step, **{number: sentence})
    faults += day_faults(
        step.data.get("paid_on"), "paid_on", since=proposal.agreement.signed_on, after="tanggal perjanjian"
    )
    left = proposal.amount_agreed - (proposal.amount_paid or 0)
    faults += amount_faults(step, left, "sisa yang belum dibayar")
    twice = Disbursement.objects.filter(**{number: str(step.data.get(number) or "").strip()}).exists()
    if twice:
        faults.append(Fault(number, "Nomor ini sudah dipakai untuk pembayaran lain."))
    return faults


def may_pay(step: Step) -> None:
    """T18: the agreement is signed (R19), the identity chain holds, SPP, SPM, SP2D and proof of transfer are given."""
    if step.obj.form != Form.UANG:
        raise Refused("Bantuan ini berupa barang atau jasa; catat serah terimanya, bukan pembayaran.")
    faults = _payment_faults(step, "sp2d", "Isi nomor SP2D.")
    faults += required(step, spp="Isi nomor SPP.", spm="Isi nomor SPM.")
    faults += papers.upload_faults(step.data.get("scan"), "scan", "Unggah bukti transfer.")
    refuse("Pembayaran belum dapat dicatat.", faults)


def may_hand_over(step: Step) -> None:
    """T18 for goods and services: handover record with number, date, value and scan."""
    if step.obj.form == Form.UANG:
        raise Refused("Bantuan ini berupa uang; dibayar lewat rekening, bukan diserahkan.")
    faults = _payment_faults(step, "handover", "Isi nomor berita acara serah terima.")
    faults += papers.upload_faults(step.data.get("scan"), "scan", "Unggah berita acara yang sudah ditandatangani.")
    refuse("Serah terima belum dapat dicatat.", faults)


def may_void(step: Step) -> None:
    """T19: nothing was paid, a decision is named, and the reason is fit for the public."""
    if step.obj.amount_paid:
        raise Refused("Bantuan yang sudah dibayar tidak dapat dibatalkan.")
    reason_is_public(step)
    refuse("Pembatalan belum dapat dicatat.", required(step, decree_number="Isi nomor keputusan pembatalan."))
