"""Signing: one permit or a list, each line as it was shown; the certificate, its code and what it replaces."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.http import HttpRequest

from core import dates
from core.errors import NotAllowed, Refused
from core.models import User
from core.transitions import Step
from hayu.domain.permits import certificates, signers
from hayu.domain.permits.issued import machine as permits
from hayu.enums import AppAction, AppKind, AppState, PermitAction, PermitState, Role, Signature
from hayu.models import Application, Permit, SigningBatch

MOST = 200  # lines of one batch; a page shows PER_PAGE of them
PER_PAGE = 50
AT_ONCE = 3  # so few are signed while one waits; more become a job
RENEW_BEFORE, RENEW_AFTER = 60, 30  # calendar days around the end


def waiting() -> QuerySet[Application]:
    """Return what waits for a signature: deemed granted first, then by due date."""
    rows = Application.objects.filter(state=AppState.MENUNGGU_TTE).select_related("type_version")
    return rows.order_by(F("deemed_at").asc(nulls_last=True), "due_on", "pk")


def may_sign(step: Step) -> None:
    """A signer was chosen; a renewal or change still replaces a permit that holds."""
    if step.data.get("signer") is None:
        raise Refused("Pilih cara menandatangani.")
    origin = step.obj.origin
    if origin and origin.state not in (PermitState.TERBIT, PermitState.BERLAKU, PermitState.BERAKHIR):
        raise Refused(f"Izin asal {origin.number} sudah {origin.STATES[origin.state].label.lower()}.")


def sign(step: Step) -> None:
    """Draw, sign and store the certificate, and put the permit into the register; the old one is replaced."""
    application, way = step.obj, step.data["signer"]
    day = dates.local(step.now).date()
    start = application.type.starts(application.answers, day)
    drawn = b"" if way.kind == Signature.BASAH else certificates.draw(
        application, way.kind, step.now, step.actor.titled_name
    )  # fmt: skip
    signed = way.sign(drawn, step.actor, step.data.get("passphrase", ""))
    permit = Permit(
        number=application.permit_number,
        code=application.permit_code,
        application=application,
        type_version=application.type_version,
        type_code=application.type_code,
        holder=application.applicant,
        holder_name=application.holder_name,
        nik_token=application.nik_token,
        object_text=application.object_text[:300],
        address=application.address,
        district_code=application.district_code,
        village_code=application.village_code,
        conditions=application.conditions,
        answers=application.answers,
        issued_on=day,
        starts_on=start,
        ends_on=application.type.ends(application.answers, start),
        signer=step.actor,
        signer_post=certificates.signer()["post"][:150],
        signature=way.kind,
        signature_value=signed.value,
        sha256=_digest(signed.content),
    )
    permits.begin(permit, PermitAction.TERBITKAN, step.actor)
    certificates.keep(permit, signed.content)
    if start <= day:
        permits.perform(permit.pk, PermitAction.AKTIFKAN, None)
    if application.origin_id and application.origin.state in (PermitState.TERBIT, PermitState.BERLAKU):
        permits.perform(application.origin_id, PermitAction.GANTI, None, data={"by": permit})
    step.audit_data.update(nomor=permit.number, sha256=permit.sha256, cara=str(way.kind))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sign_one(
    application: Application, actor: User, way: signers.Signer, passphrase: str, *, version: int | None = None,
    request: HttpRequest | None = None,
) -> Application:  # fmt: skip
    """Sign one application, as the page showed it."""
    from hayu.domain.permits.machine import machine

    signers.check_passphrase(way, actor, passphrase)
    data = {"signer": way, "passphrase": passphrase}
    signed: Application = machine.perform(
        application.pk, AppAction.TANDA_TANGANI, actor, version=version, data=data, request=request
    )
    return signed


def queue(lines: Sequence[tuple[int, int]], actor: User, passphrase: str) -> SigningBatch:
    """Begin a batch of the lines shown (application and its version), and sign it at once when it is short.

    Raises NotAllowed or Refused: not the signer, wrong passphrase, nothing or too much chosen. BSrE asks for its
    passphrase at each signature, so there the batch is signed at once and never kept for later.
    """
    if not actor.has_role(Role.PENANDATANGAN):
        raise NotAllowed("Hanya penanda tangan yang menandatangani izin.")
    if not lines:
        raise Refused("Pilih sedikitnya satu izin.")
    if len(lines) > MOST:
        raise Refused(f"Paling banyak {MOST} izin sekali tanda tangan.")
    way = signers.electronic()
    if way is None:
        raise Refused("Di sini izin ditandatangani dengan tinta, satu per satu. Unggah pindaiannya di halaman berkas.")
    signers.check_passphrase(way, actor, passphrase)
    batch = SigningBatch.objects.create(signer=actor, signature=way.kind, lines=[list(line) for line in lines])
    if len(lines) <= AT_ONCE or way.kind == Signature.BSRE:
        run(batch, way, passphrase)
    return batch


def run(batch: SigningBatch, way: signers.Signer, passphrase: str = "", *, until: dt.datetime | None = None) -> int:
    """Go on with a batch line by line, each in its own transaction; return how many lines were done now.

    A killed run is taken up at the line it stood at: a line already signed is refused by its state, never twice.
    """
    from hayu.domain.permits.machine import machine

    began = batch.done
    while batch.done < len(batch.lines) and (until is None or dates.now() < until):
        key, version = batch.lines[batch.done]
        data = {"signer": way, "passphrase": passphrase}
        try:
            machine.perform(key, AppAction.TANDA_TANGANI, batch.signer, version=version, data=data)
        except Refused as refusal:
            row = Application.objects.filter(pk=key).first()
            signed_before = row is not None and row.state == AppState.TERBIT and row.permit.signer_id == batch.signer_id
            if not signed_before:
                batch.refused = [*batch.refused, [str(row), refusal.sentence]]
        batch.done += 1
        if batch.done == len(batch.lines):
            batch.finished_at = dates.now()
        batch.save(update_fields=["done", "refused", "finished_at"])
    return batch.done - began


def run_waiting(limit: dt.timedelta = dt.timedelta(seconds=45)) -> int:
    """Go on with the batches that wait, oldest first; return how many lines were done. Called each minute."""
    until, done = dates.now() + limit, 0
    for batch in SigningBatch.objects.filter(finished_at=None).select_related("signer").order_by("pk"):
        done += run(batch, signers.TrialSigner(), until=until)
    return done


def renewal_of(permit: Permit, kind: str, today: dt.date) -> str:
    """Return "" when a permit may be renewed or changed now, else the sentence that says why not."""
    if kind == AppKind.UBAH:
        return "" if permit.state == PermitState.BERLAKU else "Hanya izin yang berlaku yang dapat diubah datanya."
    if permit.ends_on is None:
        return "Izin ini berlaku selama kegiatan berjalan, jadi tidak perlu diperpanjang."
    if permit.state not in (PermitState.BERLAKU, PermitState.BERAKHIR):
        return "Izin ini tidak berlaku, jadi tidak dapat diperpanjang."
    left = (permit.ends_on - today).days
    if left > RENEW_BEFORE:
        opens = dates.long_date(permit.ends_on - dt.timedelta(days=RENEW_BEFORE))
        return f"Perpanjangan dibuka mulai {opens}."
    if left < -RENEW_AFTER:
        return f"Perpanjangan ditutup {RENEW_AFTER} hari setelah izin berakhir. Ajukan izin baru."
    return ""
