"""What must be true before a transition; each guard refuses with all its faults at once."""

from typing import Any

from core import dates
from core.errors import Fault, Refused
from core.money import rupiah
from core.transitions import SYSTEM, Step
from sabilulungan.domain import chair_codes, drafts, eligibility, envelopes, flags
from sabilulungan.domain.letters import seats
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Action, Check, Form, Kind, Nature, RecipientType, State
from sabilulungan.models import Document, NominativeLine, Proposal, RuleException
from sabilulungan.rules import money
from sabilulungan.rules.redaction import personal_numbers


def _refuse(sentence: str, faults: list[Fault]) -> None:
    if faults:
        raise Refused(sentence, faults)


def may_file(step: Step) -> None:
    """T01: window open, all parts there, declarations ticked, no blocking rule (R01–R04, R10, R12, R13, R18)."""
    faults = [*eligibility.faults(step.obj), *chair_codes.faults(step.obj, "kirim:code")]
    if not step.data.get("declared"):
        faults.append(Fault("kirim:declared", "Setujui pernyataan di bawah lebih dahulu."))
    if faults:
        window = next((fault for fault in faults if fault.field == "kirim:window"), None)
        raise Refused(window.sentence if window else "Usulan belum dapat dikirim. Perbaiki dahulu hal berikut.", faults)


def is_repaired(step: Step) -> None:
    """T04: in time, and every document asked for again has a newer version."""
    proposal = step.obj
    if dates.today() > proposal.due_on:
        raise Refused(f"Batas perbaikan sudah lewat pada {dates.long_date(proposal.due_on)}.")
    last = proposal.steps.filter(target=State.PERBAIKAN).last()
    held = drafts.files_of(proposal)
    documents = {document.code: document for document in proposal.documents.all()}
    faults = []
    for item in last.items if last else []:
        document = documents.get(item["code"])
        if document is None:
            continue
        stored = held.get(document.pk)
        if (stored.version if stored else 0) <= item["version"]:
            faults.append(Fault(f"berkas:{document.code}", f"Unggah {document.name} yang baru: {item['note']}"))
    faults += eligibility.missing(proposal)
    _refuse("Perbaikan belum lengkap. Periksa hal berikut.", _once(faults))


def _once(faults: list[Fault]) -> list[Fault]:
    return list({fault.field: fault for fault in reversed(faults)}.values())[::-1]


def repair_is_overdue(step: Step) -> None:
    """T04 by the clock: only after the due day."""
    if dates.today() <= step.obj.due_on:
        raise Refused("Batas perbaikan belum lewat.")


def is_complete(step: Step) -> None:
    """T02: every required document is there and ticked as legible; register number and date given."""
    held = drafts.files_of(step.obj)
    verdicts: dict[str, Any] = step.data.get("verdicts", {})
    faults = []
    for document in step.obj.documents.all():
        verdict, _ = verdicts.get(document.code, ("", ""))
        if document.required and document.pk not in held:
            faults.append(Fault(document.code, f"{document.name} belum ada. Kembalikan usulan ini untuk dilengkapi."))
        elif document.required and verdict != Document.Verdict.GOOD:
            faults.append(Fault(document.code, f"{document.name} belum dinyatakan sesuai."))
        elif verdict == Document.Verdict.FAULTY:
            faults.append(
                Fault(document.code, f"{document.name} ditandai kurang. Kembalikan usulan ini untuk dilengkapi.")
            )
    if not step.data.get("register_number"):
        faults.append(Fault("register_number", "Isi nomor agenda."))
    if not step.data.get("registered_on"):
        faults.append(Fault("registered_on", "Isi tanggal agenda."))
    elif step.data["registered_on"] > dates.today():
        faults.append(Fault("registered_on", "Tanggal agenda tidak boleh di masa depan."))
    _refuse("Usulan belum dapat dinyatakan lengkap.", faults)


def has_items(step: Step) -> None:
    """T03: at least one thing to mend, each with a reason."""
    items = step.data.get("items", [])
    if not items:
        raise Refused("Tandai dahulu apa yang harus dilengkapi pemohon.")
    _refuse(
        "Tuliskan kekurangannya.",
        [Fault(code, "Tulis apa yang harus diperbaiki pemohon.") for code, note in items if not note.strip()],
    )


def reason_is_public(step: Step) -> None:
    """A reason the public reads holds no personal numbers."""
    if personal_numbers(step.note):
        raise Refused(
            "Alasan ini akan tampil untuk umum.",
            [Fault("note", "Hapus NIK, nomor telepon, nomor rekening, dan alamat surel dari alasan ini.")],
        )


def is_passed_on(step: Step) -> None:
    """T05: people at any time; the system only after the day the head had, where the profile allows it."""
    if step.role == SYSTEM and dates.today() <= step.obj.due_on:
        raise Refused("Batas disposisi belum lewat.")


def has_route(step: Step) -> None:
    """T06: the field has an office. The system routes a case once only; what an office sent back waits for people."""
    profile = profile_of(step.obj)
    if step.role == SYSTEM and step.obj.steps.filter(action=Action.KLASIFIKASIKAN).exists():
        raise Refused("Usulan ini dikembalikan dinas, jadi dipilah oleh petugas.")
    route = profile.field(step.data.get("field"))
    faults = []
    if route is None or profile.office(route.office) is None:
        faults.append(Fault("field", "Pilih bidang yang punya dinas penilai."))
    if step.data.get("nature") not in Nature.values:
        faults.append(Fault("nature", "Pilih sifat kegiatan."))
    _refuse("Klasifikasi belum lengkap.", faults)


def may_recommend(step: Step) -> None:
    """T07: seven checks answered, visit filed, no open red flag, amounts within what was asked.

    A red flag that was found to be true stops a recommendation, not a refusal.
    """
    faults = [*_flag_faults(step), *_check_faults(step), *_visit_faults(step)]
    if step.data.get("recommended") is None:
        faults.append(Fault("recommended", "Pilih direkomendasikan atau tidak."))
    faults += _line_faults(step)
    if not step.note:
        faults.append(Fault("note", "Tulis alasan penilaian."))
    elif personal_numbers(step.note):
        faults.append(Fault("note", "Hapus NIK, nomor telepon, dan nomor rekening dari alasan ini."))
    _refuse("Penilaian belum dapat dikirim.", faults)


def _flag_faults(step: Step) -> list[Fault]:
    sentence = flags.blocking_sentence(step.obj, confirmed=step.data.get("recommended") is not False)
    if sentence:
        return [Fault("flags", sentence)]
    if step.actor and step.obj.flags.filter(closed_by=step.actor).exists():
        return [Fault("flags", "Anda menutup tanda berkas ini, jadi penilaiannya dikirim oleh orang lain.")]
    return []


def _check_faults(step: Step) -> list[Fault]:
    answers = step.data.get("answers", {})
    faults = []
    for item in Check.values:
        passed, note = answers.get(item, (None, ""))
        if passed is None:
            faults.append(Fault(f"check_{item}", "Jawab pemeriksaan ini."))
        elif not passed and not note.strip():
            faults.append(Fault(f"check_{item}", "Tulis penjelasan untuk jawaban tidak."))
    return faults


def _visit_faults(step: Step) -> list[Fault]:
    data = step.data
    wanted = (
        ("visited_on", "Isi tanggal kunjungan lapangan."),
        ("met_with", "Isi siapa yang ditemui."),
        ("visit_result", "Isi hasil kunjungan lapangan."),
    )
    faults = [Fault(name, sentence) for name, sentence in wanted if not data.get(name)]
    if data.get("visited_on") and data["visited_on"] > dates.today():
        faults.append(Fault("visited_on", "Tanggal kunjungan tidak boleh di masa depan."))
    return faults


def _line_faults(step: Step) -> list[Fault]:
    if not step.data.get("recommended"):
        return []
    amounts = step.data.get("lines", {})
    faults = []
    for line in step.obj.lines.all():
        amount = amounts.get(line.number)
        if amount is None:
            faults.append(Fault(f"line_{line.number}", "Isi jumlah yang direkomendasikan."))
        elif not 0 <= amount <= line.amount_asked:
            faults.append(Fault(f"line_{line.number}", f"Paling banyak {rupiah(line.amount_asked)}."))
    if not faults and not sum(amounts.values()):
        faults.append(Fault("recommended", "Rekomendasi dengan jumlah nol berarti tidak direkomendasikan."))
    return faults


def _amount(step: Step, stage: str, *, faults: list[Fault] | None = None) -> None:
    found = faults or []
    amount = step.data.get("amount")
    if amount is None:
        found.append(Fault("amount", "Isi jumlahnya."))
    else:
        sentence = money.fault(step.obj.amounts(), stage, amount, step.data.get("rise", ""))
        if sentence:
            found.append(Fault("rise" if "alasannya" in sentence else "amount", sentence))
    if personal_numbers(step.data.get("rise", "")) or personal_numbers(step.note):
        found.append(Fault("note", "Alasan ini akan tampil untuk umum. Hapus nomor pribadi dari sini."))
    _refuse("Jumlah belum dapat disimpan.", found)


def team_amount(step: Step) -> None:
    """T09: the office's form signed as the region demands, the team's amount, a reason if it rises; the meeting."""
    faults = seats.faults(step.obj)
    meeting = step.data.get("meeting_on")
    if not meeting:
        faults.append(Fault("meeting_on", "Isi tanggal rapat."))
    elif meeting > dates.today():
        faults.append(Fault("meeting_on", "Tanggal rapat tidak boleh di masa depan."))
    _amount(step, "tp", faults=faults)


def budget_amount(step: Step) -> None:
    """T10: the form signed where no team met, amount within ceiling (R04), the year's envelope and the chain (R15)."""
    proposal = step.obj
    ceiling = profile_of(proposal).ceiling_for(
        Kind(proposal.kind), Form(proposal.form), Nature(proposal.nature), RecipientType(proposal.recipient.type)
    )
    faults = seats.faults(proposal)
    excepted = RuleException.objects.filter(
        recipient=proposal.recipient_id, budget_year=proposal.budget_year, rule="R04"
    ).exists()
    if ceiling is not None and (step.data.get("amount") or 0) > ceiling and not excepted:
        faults.append(Fault("amount", f"Paling banyak {rupiah(ceiling)} untuk usulan seperti ini."))
    _amount(step, "tapd", faults=faults + envelopes.faults(proposal, step.data.get("amount") or 0))


def _list_faults(proposal: Proposal) -> list[Fault]:
    line = NominativeLine.objects.filter(proposal=proposal, list__signer_name="").select_related("list").first()
    if line is None:
        return []
    return [Fault("flags", f"Daftar nominatif {line.list.number} belum bertanda tangan sekretaris daerah.")]


def may_approve(step: Step) -> None:
    """T12: number and date of the approval sheet; an amount above zero within the chain.

    What is more than the budget team placed, or was placed by nobody, must fit into the year's envelope. A line of a
    nominative list waits until the regional secretary signed the list (T10).
    """
    faults = _list_faults(step.obj)
    if not step.data.get("approval_number"):
        faults.append(Fault("approval_number", "Isi nomor lembar persetujuan."))
    signed = step.data.get("approved_on")
    if not signed:
        faults.append(Fault("approved_on", "Isi tanggal persetujuan."))
    elif signed > dates.today():
        faults.append(Fault("approved_on", "Tanggal persetujuan tidak boleh di masa depan."))
    if step.data.get("amount") == 0:
        faults.append(Fault("amount", "Persetujuan dengan jumlah nol berarti penolakan. Pilih Tolak."))
    amount = step.data.get("amount") or 0
    if amount > (step.obj.amount_tapd or 0):
        faults += envelopes.faults(step.obj, amount)
    _amount(step, "approved", faults=faults)
