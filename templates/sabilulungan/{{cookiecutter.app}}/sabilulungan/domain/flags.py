"""The duplicate scan (R14): candidates by token or normal form from the database, signals by the pure rules."""

from django.db import transaction
from django.db.models import Q

from core import audit, dates
from core.errors import Refused
from core.models import User
from sabilulungan.domain.recipients import traces_of
from sabilulungan.enums import Severity, State
from sabilulungan.models import Flag, Proposal, Recipient
from sabilulungan.rules.duplicates import compare

MOST_CANDIDATES = 200


def scan(proposal: Proposal) -> list[Flag]:
    """Compare a proposal's recipient with all others and keep what is new, in both directions.

    Candidates come from indexed columns (tokens, normal address, district and first letters of the name), so
    the cost does not grow with the register. Proposals already closed by withdrawal or lapse are left out.
    """
    mine = traces_of(proposal.recipient, proposal.pk)
    recipient = proposal.recipient
    alike = Q(officers__nik_token__in=mine.nik_tokens)
    if mine.account_token:
        alike |= Q(accounts__number_token=mine.account_token)
    if mine.phone_tokens:
        alike |= Q(phone_token__in=mine.phone_tokens) | Q(officers__phone_token__in=mine.phone_tokens)
    if mine.address:
        alike |= Q(normal_address=mine.address)
    if mine.name:
        alike |= Q(district_code=mine.district, normal_name__startswith=mine.name[:4])
    others = (
        Recipient.objects.filter(alike)
        .exclude(pk=recipient.pk)
        .distinct()
        .prefetch_related("officers", "accounts")[:MOST_CANDIDATES]
    )
    flags: list[Flag] = []
    for other in others:
        latest = (
            other.proposals.filter(number__isnull=False)
            .exclude(state__in=[State.DITARIK, State.KEDALUWARSA])
            .order_by("-submitted_at")
            .first()
        )
        if latest is None:
            continue
        for finding in compare(mine, traces_of(other, latest.pk)):
            for one, two in ((proposal, latest), (latest, proposal)):
                flag, new = Flag.objects.get_or_create(
                    proposal=one,
                    other=two,
                    rule=finding.rule,
                    defaults={
                        "severity": finding.severity,
                        "score": finding.score,
                        "sentence": finding.sentence,
                    },
                )
                if new and one is proposal:
                    flags.append(flag)
    return flags


def open_red(proposal: Proposal) -> list[Flag]:
    """Return the red flags nobody has closed; they block the next act."""
    return list(proposal.flags.filter(severity=Severity.RED, closed_at__isnull=True))


def close(flag_pk: int, user: User, reason: str, role: str) -> Flag:
    """Close a flag with a written reason. Whoever acted on the proposal's evaluation cannot close it himself.

    Raises Refused when it is closed already, when the reason is empty, or when the same person evaluates the case.
    """
    if not reason.strip():
        raise Refused("Tulis alasan penutupan tanda ini.")
    with transaction.atomic():
        flag = Flag.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=flag_pk)
        if flag.closed_at:
            raise Refused("Tanda ini sudah ditutup.")
        if flag.proposal.steps.filter(actor=user, source=State.EVALUASI).exists():
            raise Refused("Tanda ini harus ditutup oleh orang kedua, bukan penilai berkas ini.")
        flag.closed_at, flag.closed_by, flag.reason = dates.now(), user, reason.strip()
        flag.save(update_fields=["closed_at", "closed_by", "reason"])
        audit.record(flag.proposal, "tutup_tanda", actor=user, role=role, note=flag.reason, data={"rule": flag.rule})
    return flag
