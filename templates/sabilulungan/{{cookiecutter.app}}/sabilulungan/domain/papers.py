"""Papers of the later life: lists asked of the recipient by phase, and the scans officers file with an act."""

from typing import IO

from core import files
from core.errors import Fault, Refused
from core.models import StoredFile, User
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Form, Kind, Nature, Phase, RecipientType
from sabilulungan.models import Document, Proposal, SignedPaper

ADJUSTED_PLAN = "RAB_PENYESUAIAN"
FILE_KIND = "berkas"
AGREEMENTS = {Kind.HIBAH: "nphd", Kind.BANSOS: "pakta"}  # codes of the documents the money rests on (R19)


def ask(proposal: Proposal, phase: Phase) -> None:
    """Make the list of a phase from the rules of the case; rows already there stay."""
    rules = profile_of(proposal).documents_for(
        Kind(proposal.kind), Form(proposal.form), Nature(proposal.nature), RecipientType(proposal.recipient.type), phase
    )
    present = set(proposal.documents.values_list("code", flat=True))
    Document.objects.bulk_create(
        Document(proposal=proposal, code=rule.code, name=rule.name, required=rule.required, phase=phase)
        for rule in rules
        if rule.code not in present
    )


def ask_adjusted_plan(proposal: Proposal) -> None:
    """Ask for a cost plan that fits the decree, when less was given than asked (BDG 891/2011 art. 15)."""
    Document.objects.get_or_create(
        proposal=proposal,
        code=ADJUSTED_PLAN,
        defaults={"name": "Rincian biaya yang disesuaikan", "required": True, "phase": Phase.PENCAIRAN},
    )


def missing(proposal: Proposal, phase: Phase) -> list[Fault]:
    """Return a fault for each required paper of a phase that has no file."""
    rows = list(proposal.documents.filter(phase=phase, required=True))
    owner = Document._meta.label_lower
    held = set(
        StoredFile.objects.filter(owner_type=owner, owner_id__in=[str(row.pk) for row in rows]).values_list(
            "owner_id", flat=True
        )
    )
    return [Fault(f"berkas:{row.code}", f"Unggah {row.name}.") for row in rows if str(row.pk) not in held]


def agreement_is_signed(proposal: Proposal) -> bool:
    """Return whether the agreement the money rests on (R19), NPHD of hibah or pact of aid, carries a signature here."""
    code = AGREEMENTS[Kind(proposal.kind)]
    return SignedPaper.objects.filter(agreement__proposal=proposal, code=code).exists()


def upload_faults(upload: IO[bytes] | None, field: str, sentence: str) -> list[Fault]:
    """Return what speaks against a file given with an act: none given, or unfit."""
    if upload is None:
        return [Fault(field, sentence)]
    try:
        files.inspect(upload)
    except Refused as error:
        return [Fault(field, error.sentence)]
    return []


def file_scan(proposal: Proposal, code: str, name: str, upload: IO[bytes], user: User | None) -> StoredFile:
    """Store a scan filed with an act as the next version of its document, and return its row."""
    document, _ = Document.objects.get_or_create(
        proposal=proposal, code=code, defaults={"name": name, "required": False, "phase": Phase.PETUGAS}
    )
    return files.store(upload, owner=document, kind=FILE_KIND, user=user, name=name)
