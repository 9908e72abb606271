"""Signing the documents the app makes: recommendation, attachment of the decree, NPHD and pact.

Without an electronic way (profile, section `sign`) they are printed, signed with ink, and the scan is uploaded.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest

from core import audit, dates, documents, files, signers
from core.enums import Signature
from core.errors import Fault, NotAllowed, Refused
from core.models import StoredFile, User
from sabilulungan.domain import letters
from sabilulungan.domain.flow.people import holds, involved
from sabilulungan.domain.letters import Paper, seats
from sabilulungan.domain.letters.shared import decree_signer
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Role
from sabilulungan.models import Proposal, SignedPaper

FILE = "naskah"
MOST_AT_ONCE = 25
SUBJECT = {"rekomendasi": "evaluation", "lampiran-keputusan": "decree", "nphd": "agreement", "pakta": "agreement"}
_SUBJECT = SUBJECT | dict.fromkeys(seats.BESIDE, "evaluation")
CODES = tuple(_SUBJECT)


def role_of(proposal: Proposal, code: str) -> Role:
    """Return whose signature a document carries: of the recommendation by seat, else whom the region's rules name."""
    if code in seats.ORDER:
        return seats.role_of(code)
    after = profile_of(proposal).after
    return {"lampiran-keputusan": after.decree_signer}.get(code, after.agreement_signer)


def may_sign(user: User, proposal: Proposal, code: str) -> bool:
    """Return whether a person signs this document: never in a matter of his own."""
    if code not in _SUBJECT or (code in seats.ORDER and code not in seats.there(proposal)):
        return False
    role = role_of(proposal, code)
    at_home = seats.is_of_place(user, proposal, code) if role == Role.WILAYAH else holds(user, role, proposal)
    return at_home and not involved(user, proposal)


def may_file_scan(user: User, proposal: Proposal, code: str) -> bool:
    """Return whether a person files the scan of the paper signed with ink: who signs, or whose clerk he is."""
    if may_sign(user, proposal, code):
        return True
    if code in seats.ORDER and code not in seats.there(proposal):
        return False
    return code in _SUBJECT and holds(user, filer_of(code), proposal) and not involved(user, proposal)


def filer_of(code: str) -> Role:
    """Return who files the scan of a document others signed: the evaluators of the office, after approval finance."""
    return Role.OPD if code in seats.ORDER else Role.KEU


def _subject(proposal: Proposal, code: str) -> Model:
    """Return what a document is about now; a new round of evaluation needs a new signature."""
    found: Model = {
        "evaluation": lambda: proposal.evaluations.latest("pk"),
        "decree": lambda: proposal.decree_line.decree,
        "agreement": lambda: proposal.agreement,
    }[_SUBJECT[code]]()
    return found


def signature_of(proposal: Proposal, code: str) -> SignedPaper | None:
    """Return the signature that counts under a document a case has; the newest scan counts."""
    if code not in _SUBJECT:
        return None
    return SignedPaper.objects.filter(code=code, **{_SUBJECT[code]: _subject(proposal, code)}).last()


def stored(proposal: Proposal, paper: Paper) -> StoredFile:
    """Return a document as a file: signed when it is, else as it is printed to be signed.

    Of a recommendation the newest signed file: it carries or names everybody who signed before.
    """
    signed = _newest(proposal) if paper.code in seats.ORDER else signature_of(proposal, paper.code)
    return files.current(signed, FILE)[0] if signed else letters.pdf(proposal, paper)


def files_of(proposal: Proposal) -> list[tuple[str, StoredFile]]:
    """Return the signed files of a case with the code of each, for its accountability file."""
    found = [(code, signature_of(proposal, code)) for code in CODES if _has(proposal, code)]
    return [(f"{code}-tertanda", files.current(signed, FILE)[0]) for code, signed in found if signed]


def _has(proposal: Proposal, code: str) -> bool:
    return letters.named(code).ready(proposal)


def post_of(proposal: Proposal, code: str) -> str:
    """Return in which post a document is signed."""
    if code in seats.ORDER:
        return seats.post_of(proposal, code)
    if code == "lampiran-keputusan":
        return str(decree_signer(proposal, proposal.decree_line.decree.signed_on)["post"])
    return str(proposal.agreement.giver_post)


def sign(
    proposal: Proposal, paper: Paper, actor: User, way: signers.Signer, passphrase: str = "", *, name: str = "",
    request: HttpRequest | None = None,
) -> SignedPaper:  # fmt: skip
    """Sign a document, or file its scan (WetSigner, with the `name` of who signed), and return the signature.

    The provider is asked outside of any transaction, so a slow one holds up nobody; what it signed is kept only when
    the document still says the same. Raises NotAllowed or Refused; then nothing has changed.
    """
    ink = way.kind == Signature.BASAH
    if not (may_file_scan if ink else may_sign)(actor, proposal, paper.code):
        raise NotAllowed("Dokumen ini ditandatangani orang lain.")
    if not ink:
        signers.check_passphrase(way, actor, passphrase)
    name = name.strip() if ink else actor.titled_name
    if not name:
        raise Refused("Isi siapa yang menandatangani.", [Fault("name", "Isi siapa yang menandatangani.")])
    _refuse_signed(proposal, paper.code)
    _refuse_early(proposal, paper.code)
    if not ink:
        _refuse_twice(proposal, paper.code, actor)
    said, post, now = paper.content(proposal), post_of(proposal, paper.code), dates.now()
    drawn = b"" if ink else _signed_before(proposal, paper, way)
    if not (ink or drawn):
        drawn = documents.render(paper.template, _marked(proposal, said, way.kind, name, post, paper.code), at=now)
    signed = way.sign(drawn, actor, passphrase)
    try:
        with transaction.atomic():
            return _keep(proposal, paper, said, signed, actor, request, signature=way.kind, signer_name=name,
                         signer_post=post, at=now)  # fmt: skip
    except IntegrityError:
        raise Refused(_ALREADY) from None


_ALREADY = "Dokumen ini sudah ditandatangani secara elektronik."


def _signed_before(proposal: Proposal, paper: Paper, way: signers.Signer) -> bytes:
    """Return the form as those before signed it, when this signature is added to that file; else nothing.

    The form is drawn at the first signature and stays as it is. The trial key signs beside the file, so for each of
    its signatures the form is drawn anew, with the names of those before and its mark.
    """
    newest = _newest(proposal) if way.within and paper.code in seats.ORDER else None
    if newest is None or newest.signature == Signature.UJI_COBA:
        return b""
    return files.read(files.current(newest, FILE)[0])


def _newest(proposal: Proposal) -> SignedPaper | None:
    return max(seats.signed(proposal).values(), key=lambda row: row.pk, default=None)


def _refuse_signed(proposal: Proposal, code: str) -> None:
    there = signature_of(proposal, code)
    if there and there.signature != Signature.BASAH:
        raise Refused(_ALREADY)


def _refuse_early(proposal: Proposal, code: str) -> None:
    """Of a recommendation each signs after those before him: the head of the office, and whom its profile demands."""
    if code not in seats.BESIDE:
        return
    held = seats.signed(proposal)
    first = next((one for one in seats.before(proposal, code) if one not in held), None)
    if first:
        raise Refused(f"{seats.post_of(proposal, first)} menandatangani formulir ini lebih dahulu.")


def _refuse_twice(proposal: Proposal, code: str, actor: User) -> None:
    """Nobody signs a recommendation for two: each signs as himself, once."""
    if code in seats.ORDER:
        theirs = [row for row in seats.signed(proposal).values() if row.signature != Signature.BASAH]
        if any(row.by_id == actor.pk for row in theirs):
            raise Refused("Anda sudah menandatangani formulir ini. Tanda tangan lain diberikan oleh orangnya sendiri.")


def _marked(
    proposal: Proposal, said: dict[str, Any], kind: Signature, name: str, post: str, code: str
) -> dict[str, Any]:
    """Return what a document says with its foot line, the name under it and, from the trial key, the mark across it."""
    trial = kind == Signature.UJI_COBA
    when = dates.local(dates.now())
    with_what = (
        "dengan kunci uji coba sistem ini; contoh, belum berkekuatan hukum."
        if trial
        else "dengan sertifikat Balai Besar Sertifikasi Elektronik (BSrE)."
    )
    foot = (
        f"Ditandatangani secara elektronik oleh {name}, {post}, {dates.day_and_month(when.date())} "
        f"{dates.clock(when)}, {with_what}"
    )
    marked = {**said, "kaki": foot, "tera": signers.TRIAL_MARK if trial else ""}
    if isinstance(said.get("penanda"), dict):
        marked["penanda"] = {**said["penanda"], "name": name}
    if "tertanda" in said:
        own = seats.there(proposal).index(code)
        mine = seats.line(kind, name, when)
        if not trial:
            marked["panel"] = "Tanda tangan berikutnya ditambahkan pada berkas ini dan terbaca pada panel tanda tangan."
        marked["tertanda"] = [mine if place == own else line for place, line in enumerate(said["tertanda"])]
    return marked


def _keep(
    proposal: Proposal, paper: Paper, said: dict[str, Any], signed: signers.Signed, actor: User,
    request: HttpRequest | None, **columns: Any,
) -> SignedPaper:  # fmt: skip
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    subject = _subject(locked, paper.code)
    type(subject)._base_manager.select_for_update().get(pk=subject.pk)  # no recipient joins a decree meanwhile
    _refuse_signed(locked, paper.code)
    _refuse_early(locked, paper.code)
    if paper.content(locked) != said:
        raise Refused("Isi dokumen ini baru saja berubah. Baca lagi, lalu tanda tangani.")
    made = SignedPaper.objects.create(
        proposal=locked,
        code=paper.code,
        signature_value=signed.value,
        sha256=hashlib.sha256(signed.content).hexdigest(),
        by=actor,
        **{_SUBJECT[paper.code]: subject},
        **columns,
    )
    title = f"{paper.code}-{locked.number}-tertanda"
    files.store_bytes(signed.content, files.PDF, owner=made, kind=FILE, user=actor, name=title)
    audit.record(
        locked,
        "tanda_tangani_dokumen",
        actor=actor,
        role=_acting_role(actor, locked, paper.code),
        note=f"{paper.label}: {made.way}, {made.signer_name}, {made.signer_post}",
        data={"dokumen": paper.code, "cara": str(made.signature), "sha256": made.sha256},
        request=request,
    )
    return made


def _acting_role(user: User, proposal: Proposal, code: str) -> str:
    return role_of(proposal, code) if may_sign(user, proposal, code) else filer_of(code)


def sign_many(
    lines: Sequence[tuple[str, str]], actor: User, passphrase: str, *, request: HttpRequest | None = None
) -> tuple[int, str]:
    """Sign the lines chosen (code and number of the case) one after the other; return how many, and what stopped it.

    It ends at the first that is refused: what stops one, a wrong passphrase or a service that is down, stops all.
    Raises Refused when nothing or too much is chosen, or where the region signs with ink.
    """
    way = signers.electronic()
    if way is None:
        raise Refused("Di sini dokumen ditandatangani dengan tinta. Unggah pindaiannya satu per satu.")
    if not lines:
        raise Refused("Centang dahulu dokumen yang ditandatangani.")
    if len(lines) > MOST_AT_ONCE:
        raise Refused(f"Paling banyak {MOST_AT_ONCE} dokumen sekali tanda tangan.")
    signers.check_passphrase(way, actor, passphrase)
    cases = Proposal.objects.public().select_related("recipient", "profile", "account")
    found = {case.number: case for case in cases.filter(number__in=[number for _, number in lines])}
    done = 0
    for code, number in lines:
        case = found.get(number)
        paper = letters.find(case, actor, code, applicant=False) if case else None
        try:
            if case is None or paper is None:
                raise NotAllowed("Dokumen ini tidak ada, atau ditandatangani orang lain.")
            sign(case, paper, actor, way, passphrase, request=request)
        except Refused as error:
            return done, f"{number}: {error.sentence}"
        done += 1
    return done, ""


def is_intact(signed: SignedPaper) -> bool:
    """Return whether the stored file is the one that was signed and, for the trial key, its signature fits."""
    content = files.read(files.current(signed, FILE)[0])
    if hashlib.sha256(content).hexdigest() != signed.sha256:
        return False
    return signed.signature != Signature.UJI_COBA or signers.is_genuine(content, signed.signature_value)
