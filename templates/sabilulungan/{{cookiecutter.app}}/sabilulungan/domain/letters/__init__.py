"""Documents as PDF/A: which a case has, who may take them, and the PDF, made once for the same content."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core import dates, documents, files
from core.models import StoredFile, User
from sabilulungan.domain.letters import agreements, payments, reports, seats
from sabilulungan.enums import Form, Kind, Role
from sabilulungan.models import Proposal

__all__ = ["Paper", "available", "find", "pdf"]

_FINANCE = frozenset({Role.KEU, Role.INSPEKTORAT, Role.KDH})


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: code, name, template, when a case has it, what it says, and who may take it.

    `applicant` says whether the recipient gets it; `roles` limits officers, empty for all who read the case.
    """

    code: str
    label: str
    template: str
    ready: Callable[[Proposal], bool]
    content: Callable[[Proposal], dict[str, Any]]
    applicant: bool = True
    roles: frozenset[str] = frozenset()


def _agreed(proposal: Proposal) -> bool:
    return proposal.amount_agreed is not None


def _has_letter(proposal: Proposal) -> bool:
    return reports.letter_step(proposal) is not None


PAPERS = (
    Paper(
        "rekomendasi", "Rekomendasi dinas", "rekomendasi",
        lambda case: case.amount_opd is not None, reports.recommendation, applicant=False,
    ),
    Paper("surat", "Surat kepada penerima", "surat", _has_letter, reports.letter),
    Paper(
        "lampiran-keputusan", "Lampiran keputusan", "lampiran_keputusan",
        lambda case: case.amount_decreed is not None, payments.attachment, applicant=False,
    ),
    Paper(
        "nphd", "Naskah perjanjian hibah (NPHD)", "nphd",
        lambda case: _agreed(case) and case.kind == Kind.HIBAH, agreements.nphd,
    ),
    Paper("pakta", "Pakta integritas", "pakta", _agreed, agreements.pact),
    Paper(
        "permohonan-pencairan", "Permohonan pencairan", "permohonan_pencairan", _agreed, payments.request,
        roles=_FINANCE,
    ),
    Paper(
        "kuitansi", "Kuitansi", "kuitansi",
        lambda case: _agreed(case) and case.form == Form.UANG, payments.receipt, roles=_FINANCE,
    ),
    Paper("laporan", "Laporan penggunaan", "laporan", lambda case: bool(case.amount_paid), reports.final_report),
)  # fmt: skip
BESIDE = tuple(
    Paper(code, label, "rekomendasi", PAPERS[0].ready, reports.recommendation, applicant=False)
    for code, label in (
        (seats.CAMAT, "Rekomendasi, tanda tangan camat"),
        (seats.LURAH, "Rekomendasi, tanda tangan lurah"),
        (seats.CHAIR, "Rekomendasi, tanda tangan ketua tim"),
    )
)
"""The recommendation once more for each who signs it beside the head of the office."""
KIND = "dokumen-"


def named(code: str) -> Paper:
    """Return the document of a code."""
    return next(paper for paper in (*PAPERS, *BESIDE) if paper.code == code)


def available(proposal: Proposal, user: User, *, applicant: bool) -> list[Paper]:
    """Return the documents a case has now and this person may take."""
    return [
        paper
        for paper in PAPERS
        if (paper.applicant if applicant else not paper.roles or user.has_role(*paper.roles)) and paper.ready(proposal)
    ]


def find(proposal: Proposal, user: User, code: str, *, applicant: bool) -> Paper | None:
    """Return one of the documents a person may take, or None; for officers also the seats of the recommendation."""
    found = available(proposal, user, applicant=applicant)
    if not applicant:
        found += [paper for paper in BESIDE if paper.code in seats.there(proposal) and paper.ready(proposal)]
    return next((paper for paper in found if paper.code == code), None)


def pdf(proposal: Proposal, paper: Paper) -> StoredFile:
    """Return a document as a stored PDF/A; equal content gives the same file, changed content the next version."""
    said = paper.content(proposal)
    digest = hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]
    kind = f"{KIND}{paper.code}-{digest}"
    made = files.current(proposal, kind)
    if made:
        return made[0]
    drawn = documents.render(paper.template, said, at=dates.at(dates.today()))
    return files.store_bytes(
        drawn, files.PDF, owner=proposal, kind=kind, user=None, name=f"{paper.code}-{proposal.number}"
    )
