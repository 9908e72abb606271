"""Red flags found true, and what the recipient says to them: public only together (section 11)."""

from django.db import transaction
from django.db.models import QuerySet

from core import audit, dates, notify
from core.errors import Fault, Refused
from core.models import User
from core.notify import Message
from sabilulungan.domain.recipients import applicants
from sabilulungan.enums import FlagDecision, Role, Severity
from sabilulungan.models import Flag, Proposal
from sabilulungan.rules.redaction import personal_numbers


def confirmed(proposal: Proposal) -> QuerySet[Flag]:
    """Return the red flags of a case that a second person found true."""
    return proposal.flags.filter(severity=Severity.RED, decision=FlagDecision.TERBUKTI)


def answered(proposal: Proposal) -> QuerySet[Flag]:
    """Return those the recipient has answered: what the public reads."""
    return confirmed(proposal).exclude(answer="")


def tell(flag: Flag) -> None:
    """Ask everybody who applies for the recipient for an answer to a finding."""
    case = flag.proposal
    body = f"Pemeriksa menyatakan terbukti: {flag.sentence} Anda dapat menjawab; jawaban Anda tampil bersama temuannya."
    notify.queue(
        [
            Message(
                event="temuan.terbukti",
                subject=f"Temuan pada usulan {case.number}",
                body=body,
                user=user,
                link=f"/usulan-saya/{case.key}/",
            )
            for user in applicants(case.recipient)
        ],
        about=case,
    )


def answer(flag_pk: int, user: User, text: str) -> Flag:
    """Keep the recipient's answer to a finding, once, in the audit chain too.

    Raises Refused when nothing was found true, when it was answered before, or for personal numbers.
    """
    said = text.strip()
    if not said or personal_numbers(said):
        sentence = "Tulis jawaban tanpa nomor pribadi; jawaban ini tampil untuk umum."
        raise Refused(sentence, [Fault("answer", sentence)])
    with transaction.atomic():
        flag = Flag.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=flag_pk)
        if not flag.confirmed or flag.answer:
            raise Refused("Temuan ini tidak sedang menunggu jawaban.")
        flag.answer, flag.answered_by, flag.answered_at = said, user, dates.now()
        flag.save(update_fields=["answer", "answered_by", "answered_at"])
        audit.record(flag.proposal, "jawab_temuan", actor=user, role=Role.PEMOHON, note=said, data={"rule": flag.rule})
    return flag
