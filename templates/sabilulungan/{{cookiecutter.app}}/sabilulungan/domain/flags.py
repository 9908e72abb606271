"""The duplicate scan (R14): candidates by token or normal form from the database, signals by the pure rules."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence

from django.db import transaction

from core import audit, dates, identity
from core.errors import Refused
from core.models import StoredFile, User
from sabilulungan.domain import copied_photos, devices, exchange, likeness, points, prices
from sabilulungan.domain.recipients import traces_of
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import FlagDecision, Phase, Severity, State
from sabilulungan.models import Agreement, BankAccount, Document, Flag, Officer, PayoutRequest, Proposal, Recipient
from sabilulungan.rules.duplicates import SIMILAR, Traces, compare, similarity, too_round, too_young, young
from sabilulungan.rules.looks_of_photos import BITS
from sabilulungan.rules.places import NEAR_METRES, box
from sabilulungan.rules.window import window_for

MOST_ALIKE = 200  # of recipients that share one sign
LEAST_SHARERS = 3  # of recipients with one telephone or mail address, before it is a signal
MOST_NAMES = 2000  # of names in the kecamatan that begin alike


def scan(proposal: Proposal) -> list[Flag]:
    """Compare a proposal's recipient with all others and keep what is new, in both directions.

    Proposals already closed by withdrawal or lapse are left out.
    """
    mine = traces_of(proposal.recipient, proposal.pk)
    found: list[Flag | None] = []
    for other, latest in _latest_of(_alike(mine) - {proposal.recipient_id}):
        for one in compare(mine, traces_of(other, latest.pk)):
            if one.rule == "F03" and _sharers(one.facts) < LEAST_SHARERS:
                continue
            found.append(note(proposal, one.rule, one.severity, one.sentence, latest, facts=one.facts, score=one.score))
            note(latest, one.rule, one.severity, one.sentence, proposal, facts=one.facts, score=one.score)
    found += [*_same_device(proposal), *_same_files(proposal), *note_copied_photos(proposal)]
    found += [*_same_words(proposal), *_own_signals(proposal)]
    return [flag for flag in found if flag]


def _sharers(found: Sequence[str]) -> int:
    """Return how many recipients use one of these telephone numbers, an officer's too, or mail addresses (F03)."""
    tokens = list(found)
    officers = Officer.objects.filter(phone_token__in=tokens).values_list("recipient", flat=True)
    recipients = Recipient.objects.values_list("pk", flat=True)
    phones, mails = recipients.filter(phone_token__in=tokens), recipients.filter(email_token__in=tokens)
    return len({*officers[:MOST_ALIKE], *phones[:MOST_ALIKE], *mails[:MOST_ALIKE]})


def _alike(mine: Traces) -> set[int]:
    """Return the keys of recipients that share a number or the address, or nearly the name in the same kecamatan.

    Each question is answered by one index, so the cost does not grow with the register.
    """
    officers = Officer.objects.values_list("recipient", flat=True)
    accounts = BankAccount.objects.values_list("recipient", flat=True)
    recipients = Recipient.objects.values_list("pk", flat=True)
    shared = [officers.filter(nik_token__in=mine.nik_tokens)]
    if mine.account_token:
        shared.append(accounts.filter(number_token=mine.account_token))
    if mine.owner:
        shared.append(accounts.filter(normal_owner=mine.owner))
    if mine.phone_tokens:
        shared += [
            officers.filter(phone_token__in=mine.phone_tokens),
            recipients.filter(phone_token__in=mine.phone_tokens),
        ]
    if mine.email_token:
        shared.append(recipients.filter(email_token=mine.email_token))
    if mine.family_token:
        shared.append(recipients.filter(family_card_token=mine.family_token))
    if mine.address:
        shared.append(recipients.filter(normal_address=mine.address))
    if mine.position:
        (south, west), (north, east) = box(mine.position, NEAR_METRES)
        shared.append(recipients.filter(latitude__range=(south, north), longitude__range=(west, east)))
    found = {key for rows in shared for key in rows[:MOST_ALIKE]}
    if mine.name:
        names = Recipient.objects.filter(district_code=mine.district, normal_name__startswith=mine.name[:4])
        rows = names.order_by("pk").values_list("pk", "normal_name")[:MOST_NAMES]
        found |= {key for key, name in rows if similarity(mine.name, name) >= SIMILAR}
    return found


def _latest_of(keys: set[int]) -> list[tuple[Recipient, Proposal]]:
    """Return recipients with their newest filed proposal; those without one are left out."""
    rows = (
        Proposal.objects.filter(recipient__in=keys, number__isnull=False)
        .exclude(state__in=[State.DITARIK, State.KEDALUWARSA])
        .select_related("recipient")
        .prefetch_related("recipient__officers", "recipient__accounts")
        .order_by("submitted_at", "pk")
    )
    return list({row.recipient_id: (row.recipient, row) for row in rows}.values())


def note(
    proposal: Proposal, rule: str, severity: Severity, sentence: str, other: Proposal | None = None, *,
    facts: Iterable[object], score: int = 100,
) -> Flag | None:  # fmt: skip
    """Keep one signal with a digest of what it rests on; return it only when it is new.

    The same facts are known already, decided or not; other facts of the same rule are looked at again.
    """
    digest = hashlib.sha256("\n".join(sorted(map(str, facts))).encode()).hexdigest()[:32]
    flag, new = Flag.objects.get_or_create(
        proposal=proposal,
        other=other,
        rule=rule,
        facts=digest,
        defaults={"severity": severity, "score": score, "sentence": sentence},
    )
    return flag if new else None


def _same_device(proposal: Proposal) -> list[Flag | None]:
    """F03: one device filed for three applicants or more, in both directions."""
    found = []
    sentence = "Diajukan dari perangkat yang juga mengajukan untuk penerima lain."
    for other in devices.others(proposal):
        for mine, theirs in ((proposal, other), (other, proposal)):
            found.append(note(mine, "F03", Severity.YELLOW, sentence, theirs, facts=[devices.token_of(proposal)]))
    return found[::2]


def _same_files(proposal: Proposal) -> list[Flag | None]:
    """F06, F14: the same file with another recipient; red for what belongs to a report, yellow for the rest."""
    owner = Document._meta.label_lower
    mine = {str(document.pk): document for document in proposal.documents.exclude(phase=Phase.PETUGAS)}
    hashes = dict(
        StoredFile.objects.filter(owner_type=owner, owner_id__in=list(mine)).values_list("sha256", "owner_id")
    )
    twins = StoredFile.objects.filter(owner_type=owner, sha256__in=list(hashes)).exclude(owner_id__in=list(mine))
    theirs = {
        str(document.pk): document
        for document in Document.objects.filter(pk__in=list(twins.values_list("owner_id", flat=True)))
        .exclude(proposal__recipient=proposal.recipient_id)
        .select_related("proposal")
    }
    shared: dict[tuple[int, bool], dict[str, str]] = {}
    others: dict[int, Proposal] = {}
    for twin in twins:
        other = theirs.get(twin.owner_id)
        if other is None or other.proposal.number is None:
            continue
        document = mine[hashes[twin.sha256]]
        others[other.proposal_id] = other.proposal
        shared.setdefault((other.proposal_id, document.phase == Phase.LPJ), {})[twin.sha256] = document.name.lower()
    found = []
    for (key, report), files_of in shared.items():
        names = ", ".join(sorted(set(files_of.values())))
        sentence = f"Berkas {names} sama persis dengan berkas penerima lain."[:_LONGEST]
        severity = Severity.RED if report else Severity.YELLOW
        found.append(note(proposal, "F14" if report else "F06", severity, sentence, others[key], facts=files_of))
    return found


def _same_words(proposal: Proposal) -> list[Flag | None]:
    """F06: nearly the same text or cost plan as another recipient's proposal, in both directions."""
    found = []
    for one in likeness.find(proposal):
        for mine, other in ((proposal, one.other), (one.other, proposal)):
            found.append(note(mine, "F06", Severity.YELLOW, one.sentence, other, facts=[one.kind], score=one.percent))
    return found[::2]


_LONGEST = 200  # letters of a sentence


def note_copied_photos(proposal: Proposal) -> list[Flag]:
    """F06, F14: keep the signals of photos that were used in another case, or before a report in its own.

    F06 stands on both cases, F14 on that of the report. Return what is new on this one.
    """
    pairs: dict[tuple[str, int], set[str]] = {}
    others: dict[int, Proposal] = {}
    least: dict[tuple[str, int], int] = {}
    for copy in copied_photos.copies_of(proposal):
        key = (copy.rule, copy.other.proposal_id)
        pairs.setdefault(key, set()).add("=".join(sorted((copy.mine.stored.sha256, copy.other.stored.sha256))))
        others[copy.other.proposal_id] = copy.other.proposal
        least[key] = min(copy.different, least.get(key, copy.different))
    found = []
    for (rule, pk), facts in pairs.items():
        score = 100 - 100 * least[rule, pk] // BITS
        other = others[pk] if pk != proposal.pk else None
        sentence = f"{_COUNT.get(len(facts), str(len(facts)))} foto {_REUSED[rule, other is None]}"
        found.append(note(proposal, rule, Severity.RED, sentence, other, facts=facts, score=score))
        if rule == "F06" and other:
            note(other, rule, Severity.RED, sentence, proposal, facts=facts, score=score)
    return [flag for flag in found if flag]


_COUNT = {1: "Satu", 2: "Dua", 3: "Tiga"}
_REUSED = {
    ("F06", False): "hampir sama dengan foto usulan lain.",
    ("F14", False): "laporan sudah dipakai di usulan lain.",
    ("F14", True): "laporan sudah dipakai di usulan ini sebelum laporan.",
}


def note_old_photo(document: Document, taken: dt.date, sha256: str) -> Flag | None:
    """F14: keep the signal of a photo in the report that a camera dates before the agreement; return it when new."""
    agreement = Agreement.objects.filter(proposal=document.proposal_id, signed_on__gt=taken).first()
    if agreement is None or agreement.signed_on is None:
        return None
    signed = dates.short_date(agreement.signed_on)
    sentence = f"Foto laporan bertanggal {dates.short_date(taken)}, sebelum perjanjian {signed}."
    return note(document.proposal, "F14", Severity.RED, sentence, facts=["foto", sha256])


def _own_signals(proposal: Proposal) -> list[Flag | None]:
    """F07–F12: what a case tells without another one."""
    recipient, today = proposal.recipient, dates.today()
    found = []
    window = window_for(profile_of(proposal), proposal.budget_year)
    if recipient.is_organisation and young(recipient.registered_on, window.opens):
        sentence = "Terdaftar kurang dari dua belas bulan sebelum masa pengajuan."
        found.append(note(proposal, "F07", Severity.YELLOW, sentence, facts=[recipient.registered_on]))
    if proposal.account and young(proposal.account.opened_on, window.opens):
        sentence = "Rekening dibuka kurang dari dua belas bulan sebelum masa pengajuan."
        found.append(note(proposal, "F07", Severity.YELLOW, sentence, facts=["rekening", proposal.account.opened_on]))
    now = [officer for officer in recipient.officers.all() if officer.until is None]
    odd = [officer.nik_token for officer in now if too_young(identity.nik_birthday(officer.nik), today)]
    if odd:
        sentence = "NIK pengurus tidak mungkin, atau umurnya di bawah 17 tahun."
        found.append(note(proposal, "F10", Severity.RED, sentence, facts=odd))
    if points.fits(recipient.position, {recipient.village_code}) is False:
        sentence = "Titik peta alamat di luar kelurahan atau desa yang disebut."
        found.append(note(proposal, "F08", Severity.RED, sentence, facts=["alamat", recipient.position]))
    asked = [line.unit_price for line in proposal.lines.all()]
    if too_round(asked):
        sentence = "Sebagian besar harga satuan adalah angka bulat."
        found.append(note(proposal, "F11", Severity.YELLOW, sentence, facts=asked))
    dear = prices.dear_sentence(proposal)
    if dear:
        found.append(note(proposal, "F11", Severity.YELLOW, dear, facts=[dear]))
    elsewhere = exchange.paid_elsewhere(proposal)
    if elsewhere:
        found.append(note(proposal, "F12", Severity.RED, elsewhere, facts=[elsewhere]))
    return [*found, *_changes(proposal)]


def _changes(proposal: Proposal) -> list[Flag | None]:
    """F09: another account than in the proposal, another leader since; each is a fact of its own."""
    asked = PayoutRequest.objects.filter(proposal=proposal).first()
    if asked is None:
        return []
    found = []
    if asked.account_id != proposal.account_id:
        sentence = "Rekening pencairan bukan rekening di usulan."
        found.append(note(proposal, "F09", Severity.RED, sentence, facts=["rekening", asked.account_id]))
    for change in proposal.leader_changes.all():
        sentence = "Ketua berganti antara usulan dan pencairan."
        found.append(note(proposal, "F09", Severity.RED, sentence, facts=["ketua", change.pk]))
    return found


def blocking_sentence(proposal: Proposal, *, confirmed: bool = True) -> str:
    """Return what the red flags forbid: those nobody has decided and, unless left out, those found to be true."""
    red = list(proposal.flags.filter(severity=Severity.RED).order_by("rule"))
    waiting = sorted({flag.rule for flag in red if flag.closed_at is None})
    if waiting:
        return f"Tanda merah {', '.join(waiting)} harus ditutup dahulu oleh orang kedua dengan alasan tertulis."
    true = sorted({flag.rule for flag in red if flag.confirmed})
    if true and confirmed:
        return f"Tanda merah {', '.join(true)} terbukti, jadi berkas ini tidak dapat diteruskan ke pembayaran."
    return ""


def close(flag_pk: int, user: User, reason: str, role: str, decision: str = FlagDecision.WAJAR) -> Flag:
    """Decide a flag with a written reason. Whoever acted on the proposal's evaluation cannot do it himself.

    What was found true may later be found harmless, never the other way round: the case may have gone on since.
    Raises Refused when it is closed already, when the reason is empty, or when the same person evaluates the case.
    """
    if not reason.strip():
        raise Refused("Tulis alasan penutupan tanda ini.")
    with transaction.atomic():
        flag = Flag.objects.select_for_update(of=("self",)).select_related("proposal").get(pk=flag_pk)
        if flag.closed_at and not (flag.confirmed and decision == FlagDecision.WAJAR):
            raise Refused("Tanda ini sudah ditutup.")
        if flag.proposal.steps.filter(actor=user, source=State.EVALUASI).exists():
            raise Refused("Tanda ini harus ditutup oleh orang kedua, bukan penilai berkas ini.")
        flag.closed_at, flag.closed_by, flag.reason = dates.now(), user, reason.strip()
        flag.decision = decision
        flag.save(update_fields=["closed_at", "closed_by", "reason", "decision"])
        data = {"rule": flag.rule, "decision": decision, "other": flag.other.number if flag.other else ""}
        audit.record(flag.proposal, "tutup_tanda", actor=user, role=role, note=flag.reason, data=data)
    return flag
