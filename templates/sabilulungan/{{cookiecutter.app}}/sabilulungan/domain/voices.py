"""Comments, reports and corrections: taken with a ticket, answered by a deadline, published only when answered."""

import datetime as dt
from collections.abc import Sequence
from typing import IO

from django.db import transaction
from django.db.models import QuerySet

from core import audit, codes, dates, files, identity, notify
from core.calendar import calendar
from core.errors import Fault, Refused
from core.models import StoredFile, User
from core.notify import Message
from sabilulungan.enums import Role, VoiceKind, VoiceState
from sabilulungan.models import CitizenVoice, Proposal
from sabilulungan.rules.redaction import personal_numbers

ANSWER_DAYS = 10  # working days
MOST_EVIDENCE = 3
MOST_AN_HOUR = 5  # from one address
HANDLERS = {
    VoiceKind.KOMENTAR: (Role.TU,),
    VoiceKind.KOREKSI: (Role.TU,),
    VoiceKind.LAPORAN: (Role.INSPEKTORAT,),
}


def speak(
    proposal: Proposal, kind: VoiceKind, text: str, *, name: str = "", email: str = "", source: str = "",
    user: User | None = None, evidence: Sequence[IO[bytes]] = (),
) -> CitizenVoice:  # fmt: skip
    """Take a comment, report or correction and return it with its ticket and deadline.

    Evidence (at most three photos or PDFs, reports only) is read by whoever answers, and by nobody else.

    Raises Refused for a comment on aid to a person, whose case is not discussed in public, and for more than five an
    hour from one address. The address itself is kept only as a keyed token.
    """
    if kind == VoiceKind.KOMENTAR and proposal.recipient.is_person:
        raise Refused("Bantuan kepada perorangan tidak dikomentari di muka umum. Anda dapat mengirim laporan.")
    token = identity.token(source) if source else ""
    hour_ago = dates.now() - dt.timedelta(hours=1)
    if token and CitizenVoice.objects.filter(source_token=token, created_at__gt=hour_ago).count() >= MOST_AN_HOUR:
        raise Refused("Terlalu banyak kiriman dari jaringan Anda. Coba lagi satu jam lagi.")
    same = CitizenVoice.objects.filter(
        proposal=proposal, kind=kind, text=text, source_token=token, created_at__gt=hour_ago
    ).first()
    if same:  # a second click
        return same
    checked = _checked(kind, evidence)
    with transaction.atomic():
        voice = CitizenVoice.objects.create(
            proposal=proposal,
            kind=kind,
            text=text,
            name=name,
            email=email,
            source_token=token,
            user=user,
            created_at=dates.now(),
            due_on=calendar().add(dates.today(), ANSWER_DAYS),
        )
        stored = [
            files.store_bytes(content, media_type, owner=voice, kind=f"bukti-{number}", user=user, name="bukti laporan")
            for number, (content, media_type) in enumerate(checked, start=1)
        ]
        if email:
            notify.queue([_received(voice)], about=voice)
        data = {"ticket_seq": voice.pk, "files": [one.sha256 for one in stored]}
        audit.record(proposal, f"terima_{kind.lower()}", actor=user, data=data)
    return voice


def _checked(kind: VoiceKind, evidence: Sequence[IO[bytes]]) -> list[tuple[bytes, str]]:
    """Return content and type of each upload, safe to keep; Refused at `evidence` before anything is kept."""
    sentence = "Kiriman belum tersimpan."
    if evidence and kind != VoiceKind.LAPORAN:
        raise Refused(sentence, [Fault("evidence", "Bukti hanya untuk laporan, karena komentar tampil untuk umum.")])
    if len(evidence) > MOST_EVIDENCE:
        raise Refused(sentence, [Fault("evidence", f"Paling banyak {MOST_EVIDENCE} berkas.")])
    try:
        return [files.inspect(one) for one in evidence]
    except Refused as error:
        raise Refused(sentence, [Fault("evidence", error.sentence)]) from None


def evidence_of(voice: CitizenVoice) -> list[StoredFile]:
    """Return the evidence that came with a report."""
    return files.current(voice)


def _received(voice: CitizenVoice) -> Message:
    body = (
        f"{voice.kind_label} Anda tentang usulan {voice.proposal.number} kami terima dengan nomor tiket "
        f"{codes.pretty(voice.ticket)}. Kami menjawab paling lambat {dates.long_date(voice.due_on)}."
    )
    return Message(
        "suara.diterima", f"Tiket {codes.pretty(voice.ticket)}", body, address=voice.email, link=_link(voice)
    )


def _link(voice: CitizenVoice) -> str:
    return f"/tiket/{voice.ticket}/"


def handled_by(user: User) -> QuerySet[CitizenVoice]:
    """Return the voices a person answers: registry comments and corrections, the auditor reports."""
    kinds = [kind for kind, roles in HANDLERS.items() if user.has_role(*roles)]
    return CitizenVoice.objects.filter(kind__in=kinds).select_related("proposal__recipient", "answered_by")


def answer(voice: CitizenVoice, user: User, text: str, *, accept: bool) -> CitizenVoice:
    """Answer a voice; an accepted comment or correction is published with the answer.

    Raises Refused when it is answered already, or when the answer holds personal numbers.
    """
    if personal_numbers(text):
        raise Refused("Jawaban belum dapat disimpan.", [Fault("answer", "Hapus nomor pribadi dari jawaban ini.")])
    with transaction.atomic():
        fresh = CitizenVoice.objects.select_for_update(of=("self",)).get(pk=voice.pk)
        if fresh.state != VoiceState.BARU:
            raise Refused("Kiriman ini sudah dijawab.")
        fresh.state = VoiceState.DIJAWAB if accept else VoiceState.DITOLAK
        fresh.answer, fresh.answered_by, fresh.answered_at = text.strip(), user, dates.now()
        fresh.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        told = Message("suara.dijawab", f"Jawaban tiket {codes.pretty(fresh.ticket)}", fresh.answer, link=_link(fresh),
                       user=fresh.user, address="" if fresh.user else fresh.email)  # fmt: skip
        if fresh.user or fresh.email:
            notify.queue([told], about=fresh)
        audit.record(fresh.proposal, "jawab_suara", actor=user, note=fresh.answer, data={"ticket_seq": fresh.pk})
    return fresh


def published(proposal: Proposal) -> QuerySet[CitizenVoice]:
    """Return the answered comments and corrections of a proposal, oldest first."""
    return proposal.voices.filter(state=VoiceState.DIJAWAB).exclude(kind=VoiceKind.LAPORAN)
