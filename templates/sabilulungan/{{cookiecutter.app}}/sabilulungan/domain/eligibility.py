"""Everything that stands against sending a proposal, gathered at once."""

from core import dates
from core.errors import Fault
from core.wilayah import is_inside
from sabilulungan.domain import drafts, rulebook
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import ENDS_WITHOUT_MONEY, UNREPORTED_STATES, Form, Kind, Nature, RecipientType, State
from sabilulungan.models import Officer, PastGrant, Proposal, RuleException, Sanction
from sabilulungan.rules.eligibility import Facts, Verdict, verdicts

_ACTIVITY = {
    "title": "Isi judul kegiatan.",
    "aims": "Isi maksud dan tujuan.",
    "background": "Isi latar belakang.",
    "target_group": "Isi sasaran kegiatan.",
    "beneficiaries": "Isi jumlah penerima manfaat.",
    "place": "Isi tempat kegiatan.",
    "starts_on": "Isi tanggal mulai.",
    "ends_on": "Isi tanggal selesai.",
}
_PERSONAL = {"purpose": "Pilih tujuan bantuan.", "personal_reason": "Isi alasan Anda memerlukan bantuan."}


def facts_of(proposal: Proposal) -> Facts:
    """Return what the rules need to know about a proposal today."""
    recipient = proposal.recipient
    tokens = recipient.officers.filter(until__isnull=True).values("nik_token")
    linked = Officer.objects.filter(nik_token__in=tokens).values("recipient")
    barred = Sanction.objects.filter(proposal__recipient__in=linked, barred_until__gt=dates.today())
    same_year = (
        recipient.proposals.filter(budget_year=proposal.budget_year, number__isnull=False)
        .exclude(pk=proposal.pk)
        .exclude(state__in=ENDS_WITHOUT_MONEY)
        .first()
    )
    return Facts(
        day=dates.today(),
        budget_year=proposal.budget_year,
        kind=Kind(proposal.kind),
        form=Form(proposal.form),
        nature=Nature(proposal.nature),
        recipient=RecipientType(recipient.type),
        amount=proposal.amount_asked or 0,
        address_inside=is_inside(recipient.village_code),
        registered_on=recipient.registered_on,
        paid_years=frozenset(
            [
                *recipient.proposals.filter(amount_paid__gt=0).values_list("budget_year", flat=True).distinct(),
                *recipient.past_grants.values_list("budget_year", flat=True),
            ]
        ),
        open_years=frozenset(
            [
                *Proposal.objects.filter(recipient__in=linked, state__in=UNREPORTED_STATES)
                .exclude(pk=proposal.pk)
                .values_list("budget_year", flat=True),
                *PastGrant.objects.filter(recipient__in=linked, reported=False).values_list("budget_year", flat=True),
            ]
        ),
        barred_until=max(barred.values_list("barred_until", flat=True), default=None),
        other_proposal=str(same_year) if same_year else "",
        exceptions=frozenset(
            RuleException.objects.filter(recipient=recipient, budget_year=proposal.budget_year).values_list(
                "rule", flat=True
            )
        ),
    )


def rule_verdicts(proposal: Proposal) -> list[Verdict]:
    """Return what the rules R02–R13 say against a proposal, blocking or warning."""
    return verdicts(profile_of(proposal), facts_of(proposal))


def missing(proposal: Proposal) -> list[Fault]:
    """Return every part of a proposal that is not filled in, each with the page it belongs to."""
    recipient = proposal.recipient
    faults = [
        Fault(f"kegiatan:{name}", sentence)
        for name, sentence in (_PERSONAL if recipient.is_person else _ACTIVITY).items()
        if not getattr(proposal, name)
    ]
    if proposal.kind == Kind.BANSOS and not recipient.is_person and not proposal.purpose:
        faults.append(Fault("kegiatan:purpose", "Pilih tujuan bantuan."))
    if proposal.field is None:
        faults.append(Fault("kegiatan:field", "Pilih bidang kegiatan."))
    if not proposal.amount_asked:
        faults.append(Fault("rincian:lines", "Isi rincian biaya; jumlahnya harus lebih dari nol."))
    if proposal.form == Form.UANG and proposal.account_id is None:
        faults.append(Fault("kegiatan:account", "Pilih rekening atas nama penerima."))
    held = drafts.files_of(proposal)
    faults += [
        Fault(f"berkas:{document.code}", f"Unggah {document.name}.")
        for document in proposal.documents.all()
        if document.required and document.pk not in held
    ]
    return faults


def faults(proposal: Proposal) -> list[Fault]:
    """Return everything that keeps a proposal from being sent: window, missing parts, blocking rules."""
    found: list[Fault] = []
    if proposal.state == State.DRAF and not rulebook.is_open(proposal.budget_year):
        found.append(Fault("kirim:window", rulebook.closed_sentence()))
    found += missing(proposal)
    found += [
        Fault("kegiatan:kind" if verdict.rule == "R04" else "kirim:rule", verdict.sentence)
        for verdict in rule_verdicts(proposal)
        if verdict.blocks
    ]
    return found


def warnings(proposal: Proposal) -> list[str]:
    """Return the sentences of rules that only warn."""
    return [verdict.sentence for verdict in rule_verdicts(proposal) if not verdict.blocks]
