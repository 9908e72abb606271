"""The office's recommendation, the form of the final report, and letters to applicants."""

import datetime as dt
from typing import Any

from core import dates
from core.money import rupiah
from sabilulungan.domain.letters import seats
from sabilulungan.domain.letters.numbering import number_of
from sabilulungan.domain.letters.shared import (
    exact,
    facts,
    finance_head,
    finance_office,
    leader_post,
    place_and_date,
    signer,
    sum_row,
)  # fmt: skip
from sabilulungan.domain.recipients import chair, full_address
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import State
from sabilulungan.models import CaseStep, Proposal


def recommendation(proposal: Proposal) -> dict[str, Any]:
    """Return the recommendation of the newest evaluation (BDG annex)."""
    found = proposal.evaluations.prefetch_related("answers").latest("pk")
    profile, recipient = profile_of(proposal), proposal.recipient
    leader = chair(recipient)
    rows = [
        [str(line.number), line.description, rupiah(line.amount_asked), rupiah(line.amount_opd or 0)]
        for line in proposal.lines.all()
    ]
    office, short = profile.office_name(proposal.office), profile.office_short(proposal.office)
    there, lines = seats.there(proposal), seats.lines(proposal)
    return {
        "judul": "Rekomendasi hasil evaluasi",
        "nomor": number_of(proposal, "rekomendasi", dates.local(found.at).date(), short),
        "kantor": office,
        "rincian": facts(
            ("Kegiatan", proposal.title), ("Penerima", recipient.name), ("Ketua", leader.name if leader else ""),
            ("Alamat", full_address(recipient)), ("Nomor usulan", proposal.number),
            ("Kunjungan", f"{dates.day_and_month(found.visited_on)}, ditemui {found.met_with}"),
            ("Hasil", "Direkomendasikan" if found.recommended else "Tidak direkomendasikan"),
        ),
        "baris": rows,
        "jumlah": sum_row(4, proposal.amount_asked or 0, found.amount),
        "pemeriksaan": [
            " ".join(filter(None, (f"{answer.label}:", "sesuai" if answer.passed else "tidak sesuai.", answer.note)))
            for answer in found.answers.all()
        ],
        "alasan": found.reason,
        "penanda": [*(seats.post_of(proposal, code) for code in there), leader_post(proposal)],
        "tertanda": [lines.get(code, []) for code in there],
    }  # fmt: skip


def final_report(proposal: Proposal) -> dict[str, Any]:
    """Return the final report as filed; before that, the form to fill in."""
    filed = proposal.reports.last()
    used = filed.used if filed else 0
    paid = proposal.amount_paid or 0
    refunded = sum(proposal.refunds.values_list("amount", flat=True))
    rows = []
    for line in proposal.lines.all():
        plan, spent = line.amount_decreed or 0, line.amount_realised or 0
        rows.append([
            str(line.number), line.description, rupiah(plan), rupiah(spent) if filed else "",
            f"{100 * spent // plan}" if filed and plan else "",
        ])  # fmt: skip
    return {
        "judul": "Laporan penggunaan bantuan" + (" (sementara)" if filed and filed.unfinished_until else ""),
        "nomor": proposal.number or "",
        "rincian": facts(
            ("Penerima", proposal.recipient.name), ("Alamat", full_address(proposal.recipient)),
            ("Kegiatan", proposal.title), ("Perjanjian", proposal.agreement.number), ("Diterima", exact(paid)),
        ),
        "kegiatan": filed.activity if filed else "." * 400,
        "baris": rows,
        "jumlah": ["", "Jumlah", rupiah(proposal.amount_decreed or 0), rupiah(used) if filed else "", ""],
        "saldo": facts(
            ("Dipakai", exact(used) if filed else ""), ("Sisa", exact(paid - used) if filed else ""),
            ("Sudah disetor", exact(refunded) if filed else ""),
        ),
        "pernyataan": "Kami bertanggung jawab penuh atas kebenaran laporan ini. Bukti pengeluaran kami simpan.",
        "tempat_tanggal": place_and_date(dates.local(filed.filed_at).date() if filed else dates.today()),
        "penanda": signer(leader_post(proposal), proposal.agreement.signer_name),
    }  # fmt: skip


def letter_step(proposal: Proposal) -> CaseStep | None:
    """Return the step the newest letter is about: a return, a refusal, a warning or a sanction."""
    return proposal.steps.filter(transition__in=_LETTERS).last()


_LETTERS = {
    "T03": "Pengembalian usulan untuk dilengkapi",
    "T03-OPD": "Pengembalian usulan untuk dilengkapi",
    "T03-KEU": "Pengembalian berkas pencairan",
    "T05-TOLAK": "Penolakan usulan",
    "T09-TIDAK": "Usulan tidak dipertimbangkan",
    "T13": "Penolakan usulan",
    "T14-TIDAK": "Usulan tidak dianggarkan",
    "T19": "Pembatalan bantuan",
    "T21-KEMBALI": "Pengembalian laporan penggunaan",
    "T22-PERINGATAN": "Peringatan laporan penggunaan",
    "T22": "Sanksi",
    "T23": "Sanksi",
}


def letter(proposal: Proposal) -> dict[str, Any]:
    """Return the letter about the newest step that calls for one (BDG art. 13(7))."""
    step = letter_step(proposal)
    assert step is not None  # noqa: S101  (the catalogue offers it only then)
    day: dt.date = dates.local(step.at).date()
    subject = _LETTERS[step.transition]
    if step.transition == "T22-PERINGATAN":
        subject = f"Peringatan ke-{step.facts.get('peringatan', '1')}: laporan penggunaan"
    return {
        "kantor": finance_office(),
        "tempat_tanggal": place_and_date(day),
        "nomor": number_of(proposal, "surat", day, round=step.pk),
        "hal": subject,
        "kepada": proposal.recipient.name,
        "alamat": full_address(proposal.recipient),
        "alinea": _paragraphs(proposal, step),
        "butir": [f"{item['name']}: {item['note']}" for item in step.items],
        "penutup": "Atas perhatian Saudara kami sampaikan terima kasih.",
        "penanda": finance_head(day),
    }


def _paragraphs(proposal: Proposal, step: CaseStep) -> list[str]:
    words = [f"Bersama ini kami sampaikan mengenai usulan {proposal.number}, {proposal.title}."]
    if step.target == State.PERBAIKAN:
        words.append("Usulan dikembalikan untuk dilengkapi dengan hal berikut.")
    elif step.transition == "T22-PERINGATAN" and step.due_on:
        words.append(
            f"Laporan penggunaan seharusnya kami terima paling lambat {dates.day_and_month(step.due_on)}. Kirim "
            "laporan itu segera; tanpa laporan, penerima dan pengurusnya dikenai sanksi."
        )
    elif step.reason:
        words.append(f"Keputusan: {_LETTERS[step.transition].lower()}. Alasannya: {step.reason}")
    return words
