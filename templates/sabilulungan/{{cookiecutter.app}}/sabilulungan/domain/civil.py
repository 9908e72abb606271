"""F10 where the civil registry is linked: are the officers of a case known there, alive, and of that name?

The registry is asked by the clock, outside any transaction, one NIK after the other. While it does not answer the
check stays open and is tried again; nothing is flagged and nobody waits.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction

from core import audit, civil_registry, dates
from core.civil_registry import Found, Registry
from sabilulungan.domain import flags
from sabilulungan.enums import RegistryVerdict, Severity, State
from sabilulungan.models import Officer, Proposal, RegistryCheck
from sabilulungan.rules.duplicates import same_person

log = logging.getLogger(__name__)

OPEN = (
    State.DIAJUKAN, State.PERBAIKAN, State.DISPOSISI, State.KLASIFIKASI, State.EVALUASI, State.VERIFIKASI_TP,
    State.PERTIMBANGAN, State.PERSETUJUAN, State.DISETUJUI, State.DIANGGARKAN, State.DITETAPKAN, State.PERJANJIAN,
    State.PENCAIRAN,
)  # fmt: skip
MOST_AT_ONCE = 200  # officers asked about in one run
MOST_SILENT = 3  # questions in a row without an answer, after which the rest waits for the next run
_SEVERITY = {
    RegistryVerdict.TIDAK_DIKENAL: Severity.RED,
    RegistryVerdict.MENINGGAL: Severity.RED,
    RegistryVerdict.NAMA_BEDA: Severity.YELLOW,  # spelled in another way, more often than another person
}
_SAID = {
    RegistryVerdict.TIDAK_DIKENAL: "tidak dikenal di data kependudukan",
    RegistryVerdict.MENINGGAL: "tercatat meninggal di data kependudukan",
    RegistryVerdict.NAMA_BEDA: "bernama lain di data kependudukan",
}

_TONES = {
    RegistryVerdict.COCOK: "good",
    RegistryVerdict.NAMA_BEDA: "waiting",
    RegistryVerdict.MENINGGAL: "bad",
    RegistryVerdict.TIDAK_DIKENAL: "bad",
}

Pair = tuple[int, int]


class Shown(NamedTuple):
    """What the desk reads beside an officer: the verdict in words, how it is coloured, since when it stands."""

    text: str
    tone: str = "neutral"
    at: dt.datetime | None = None


def waiting() -> list[Pair]:
    """Return case and officer (keys) without a verdict: open cases, present officers, the longest untried first."""
    now = Officer.objects.filter(until__isnull=True, recipient__proposals__state__in=OPEN)
    pairs = now.order_by().values_list("recipient__proposals", "pk")
    tried = {
        (check.proposal_id, check.officer_id): check for check in RegistryCheck.objects.filter(proposal__state__in=OPEN)
    }
    asked = {pair: check.asked_at.timestamp() for pair, check in tried.items() if not check.verdict}
    due = [pair for pair in pairs if pair not in tried or pair in asked]
    return sorted(due, key=lambda pair: (asked.get(pair, 0.0), pair))[:MOST_AT_ONCE]


def ask(way: Registry, pairs: Sequence[Pair]) -> int:
    """Ask the registry about each pair and keep the verdicts; return how many it answered.

    Call it outside of transactions. It gives up for now when the registry stays silent.
    """
    done = silent = 0
    for proposal_pk, officer_pk in pairs:
        officer = Officer.objects.get(pk=officer_pk)
        try:
            found = way.look_up(officer.nik)
        except OSError as error:
            log.warning("civil registry: no answer (%s)", type(error).__name__)
            RegistryCheck.objects.update_or_create(
                proposal_id=proposal_pk, officer=officer, defaults={"asked_at": dates.now()}
            )
            silent += 1
            if silent >= MOST_SILENT:
                break
            continue
        silent = 0
        done += 1
        _keep(proposal_pk, officer, verdict_of(officer.name, found))
    return done


def verdict_of(name: str, found: Found | None) -> RegistryVerdict:
    """Return what an answer means for an officer of this name."""
    if found is None:
        return RegistryVerdict.TIDAK_DIKENAL
    if found.deceased:
        return RegistryVerdict.MENINGGAL
    return RegistryVerdict.COCOK if same_person(name, found.name) else RegistryVerdict.NAMA_BEDA


def _keep(proposal_pk: int, officer: Officer, verdict: RegistryVerdict) -> None:
    now = dates.now()
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_pk)
        RegistryCheck.objects.update_or_create(
            proposal=proposal, officer=officer, defaults={"asked_at": now, "verdict": verdict, "checked_at": now}
        )
        if verdict in _SEVERITY:
            when = f"{dates.short_date(now)} {dates.clock(now)}"
            sentence = f"Pemilik NIK {officer.position_label.lower()} {_SAID[verdict]}, dicocokkan {when}."
            facts = ["kependudukan", officer.pk, verdict]
            flags.note(proposal, "F10", _SEVERITY[verdict], sentence, facts=facts)
        audit.record(
            proposal, "cocokkan_kependudukan", actor=None, data={"jabatan": officer.position, "hasil": verdict}
        )


def shown(proposal: Proposal, officers: Sequence[Officer]) -> dict[int, Shown]:
    """Return what the desk reads beside each present officer; nothing where no registry is linked or was asked."""
    checks = {check.officer_id: check for check in proposal.registry_checks.all()}
    linked = civil_registry.is_linked()
    said = {}
    for officer in officers:
        check = checks.get(officer.pk)
        if check and check.checked_at:
            verdict = RegistryVerdict(check.verdict)
            said[officer.pk] = Shown(str(verdict.label), _TONES[verdict], check.checked_at)
        elif linked and officer.until is None and proposal.state in OPEN:
            said[officer.pk] = Shown(str(RegistryVerdict.UNASKED.label))
    return said
