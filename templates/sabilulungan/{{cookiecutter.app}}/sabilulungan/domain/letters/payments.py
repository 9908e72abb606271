"""Pay-out request, receipt with the amount in words, and the attachment of the decree."""

import datetime as dt
from typing import Any

from core import dates
from core.money import in_words, rupiah
from core.region import region
from sabilulungan.domain.letters.shared import (
    decree_signer,
    decreed_rows,
    exact,
    facts,
    finance_head,
    finance_office,
    leader_post,
    place_and_date,
    signer,
    sum_row,
)  # fmt: skip
from sabilulungan.enums import Form
from sabilulungan.models import Decree, Proposal


def _account(proposal: Proposal) -> str:
    account = proposal.payout_request.account if hasattr(proposal, "payout_request") else proposal.account
    return f"{account.bank}, {account.number}, atas nama {account.owner_name}" if account else ""


def request(proposal: Proposal) -> dict[str, Any]:
    """Return the pay-out request; before it is sent it is printed without a number, to be signed and uploaded."""
    agreement, line = proposal.agreement, proposal.decree_line
    asked = getattr(proposal, "payout_request", None)
    day = dates.local(asked.requested_at).date() if asked else dates.today()
    return {
        "judul": "Permohonan pencairan bantuan",
        "nomor": asked.number if asked else "",
        "kepada": str(region().offices.finance.head_post),
        "tempat_tanggal": place_and_date(day),
        "pembuka": f"Berdasarkan perjanjian {agreement.number}, kami mohon pencairan bantuan berikut.",
        "rincian": facts(
            ("Nama", line.name), ("Alamat", line.address), ("Keputusan", line.decree.number),
            ("Jumlah", f"{exact(agreement.amount)} ({in_words(agreement.amount)})"),
            ("Rekening", _account(proposal) if proposal.form == Form.UANG else ""),
        ),
        "rencana": asked.use_plan if asked else "Sesuai rincian yang ditetapkan.",
        "baris": decreed_rows(proposal.lines.all()),
        "jumlah": sum_row(3, agreement.amount),
        "penutup": "Demikian permohonan ini kami sampaikan.",
        "penanda": signer(leader_post(proposal), agreement.signer_name),
    }  # fmt: skip


def receipt(proposal: Proposal) -> dict[str, Any]:
    """Return the stamped receipt with the amount in words."""
    agreement, line = proposal.agreement, proposal.decree_line
    return {
        "judul": "Kuitansi",
        "rincian": facts(
            ("Sudah terima dari", f"{finance_office()}, {region().terms.government_long}"),
            ("Uang sejumlah", in_words(agreement.amount)),
            ("Untuk pembayaran", f"{proposal.kind_label} tahun anggaran {proposal.budget_year}: {proposal.title}"),
            ("Berdasarkan", f"{line.decree.number} dan perjanjian {agreement.number}"),
            ("Rekening", _account(proposal)),
        ),
        "jumlah": exact(agreement.amount),
        "kiri": {"baris": "Setuju dibayar", **finance_head(_receipt_day(proposal))},
        "kanan": {
            "baris": place_and_date(_receipt_day(proposal)),
            **signer(leader_post(proposal), agreement.signer_name),
        },
    }  # fmt: skip


def _receipt_day(proposal: Proposal) -> dt.date:
    """Return the day of the receipt: of payment, before that of the request, before that today."""
    paid = proposal.disbursements.first()
    asked = getattr(proposal, "payout_request", None)
    return paid.paid_on if paid else dates.local(asked.requested_at).date() if asked else dates.today()


def attachment(proposal: Proposal) -> dict[str, Any]:
    """Return the attachment of the decree a case stands in: every recipient of that decree."""
    decree: Decree = proposal.decree_line.decree
    lines = list(decree.lines.select_related("proposal").order_by("pk"))
    total = sum(line.amount for line in lines)
    return {
        "judul": f"Keputusan {decree.signer}",
        "nomor": decree.number,
        "tanggal": dates.day_and_month(decree.signed_on),
        "tentang": f"Penerima hibah dan bantuan sosial tahun anggaran {proposal.budget_year}",
        "baris": [
            [str(number), line.name, line.address, line.proposal.title, rupiah(line.amount)]
            for number, line in enumerate(lines, start=1)
        ],
        "jumlah": sum_row(5, total),
        "terbilang": in_words(total),
        "tempat_tanggal": place_and_date(decree.signed_on),
        "penanda": decree_signer(proposal, decree.signed_on),
    }
