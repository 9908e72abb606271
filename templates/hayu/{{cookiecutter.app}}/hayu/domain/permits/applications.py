"""Applications before they are sent: begun, filled in step by step, copied, thrown away; mended when returned."""

from typing import IO, Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates, files
from core.errors import Fault, NotAllowed, Refused, Stale
from core.models import StoredFile, User
from hayu.domain import catalogue
from hayu.domain.permits import sheet, signing
from hayu.domain.permits.machine import machine
from hayu.enums import AppAction, AppKind, AppState, Channel, Role
from hayu.models import Application, Permit

MAX_DRAFTS = 10


def begin(
    user: User, code: str, *, desk: bool = False, request: HttpRequest | None = None, **columns: Any
) -> Application:
    """Return a draft for a permit type: the untouched one already begun, else a new one.

    Raises Refused when the type is not in force, or a person keeps too many drafts.
    """
    channel = Channel.LOKET if desk else Channel.WEB
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        mine = Application.objects.filter(state=AppState.DRAF, filed_by=user, channel=channel)
        same = mine.filter(type_code=code, kind=AppKind.BARU, answers={}).first()
        if same and not columns:
            return same
        if mine.count() >= MAX_DRAFTS:
            raise Refused(f"Anda menyimpan {MAX_DRAFTS} draf. Kirim atau buang salah satunya dahulu.")
        version = catalogue.version_for(code)
        draft = Application(
            applicant=None if desk else user, filed_by=user, channel=channel, type_version=version,
            type_code=version.code, **columns,
        )  # fmt: skip
        if not desk and not columns.get("holder_name"):
            sheet.apply(draft, {"holder_name": user.full_name, "nik": user.nik, "phone": user.phone})
        begun: Application = machine.begin(draft, AppAction.BUAT, user, request=request)
        return begun


def save(application: Application, data: dict[str, Any], user: User, version: int | None = None) -> Application:
    """Write cleaned facts into a draft, or the flagged answers of a returned one.

    Raises Stale when it was changed meanwhile, Refused when it is neither.
    """
    with transaction.atomic():
        locked = _locked(application)
        if version is not None and version != locked.version:
            raise Stale("Permohonan ini sudah berubah di jendela lain. Muat ulang halaman, lalu isi lagi bila perlu.")
        if locked.state == AppState.PERLU_PERBAIKAN:
            open_now = {row["item"].partition(":")[2] for row in locked.flagged if row["item"].startswith("isian:")}
            given = {key: value for key, value in (data.get("answers") or {}).items() if key in open_now}
            data = {"answers": given}
        sheet.apply(locked, data)
        locked.version += 1
        locked.save()
    return locked


def attach(application: Application, key: str, upload: IO[bytes], user: User) -> StoredFile:
    """Store a document of a draft, or a flagged one of a returned application; old versions stay."""
    with transaction.atomic():
        locked = _locked(application)
        item = f"syarat:{key}"
        if item not in locked.type.items(locked.kind):
            raise Refused("Syarat itu tidak diminta untuk permohonan ini.")
        if locked.state == AppState.PERLU_PERBAIKAN and item not in [row["item"] for row in locked.flagged]:
            raise Refused("Hanya berkas yang ditandai petugas yang dapat diganti.")
        try:
            return files.store(upload, owner=locked, kind=f"{sheet.FILE}{key}", user=user)
        except Refused as refusal:
            raise Refused(refusal.sentence, [Fault(item, refusal.sentence)]) from None


def _locked(application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).select_related("type_version").get(pk=application.pk)
    if locked.state not in (AppState.DRAF, AppState.PERLU_PERBAIKAN):
        raise Refused("Permohonan ini sudah dikirim, jadi isinya tidak lagi diubah.")
    return locked


def discard(application: Application, user: User, request: HttpRequest | None = None) -> None:
    """Throw a draft away; that it existed stays in the audit chain."""
    with transaction.atomic():
        locked = _locked(application)
        if locked.state != AppState.DRAF:
            raise Refused("Permohonan yang sudah dikirim tidak dapat dibuang; Anda dapat membatalkannya.")
        role = Role.LOKET if locked.channel == Channel.LOKET else Role.PEMOHON
        audit.record(locked, "buang", actor=user, role=role, source=AppState.DRAF, request=request)
        locked.delete()


def copy(application: Application, user: User, request: HttpRequest | None = None) -> Application:
    """Return a new draft with the answers and documents of an application that ended without a permit."""
    if application.state not in (AppState.KEDALUWARSA, AppState.DIBATALKAN, AppState.DITOLAK):
        raise Refused("Hanya permohonan yang berakhir tanpa izin yang dapat disalin.")
    with transaction.atomic():
        draft = begin(user, application.type_code, desk=application.channel == Channel.LOKET, request=request,
                      **_columns(application))  # fmt: skip
        _copy_files(application, draft, user)
    return draft


def succeed(permit: Permit, kind: str, user: User, request: HttpRequest | None = None) -> Application:
    """Return the draft of a renewal or change of a permit, filled in from it; only what changed is uploaded anew.

    Raises NotAllowed to anybody but the holder, Refused outside its time.
    """
    if permit.holder_id != user.pk:
        raise NotAllowed("Hanya pemegang izin yang dapat mengajukan ini.")
    if kind not in (AppKind.PERPANJANG, AppKind.UBAH):
        raise Refused("Pilih perpanjangan atau perubahan data.")
    why_not = signing.renewal_of(permit, kind, dates.today())
    if why_not:
        raise Refused(why_not)
    with transaction.atomic():
        Permit.objects.select_for_update(of=("self",)).get(pk=permit.pk)
        running = permit.successors.filter(state__in=[AppState.DRAF, *AppState.open()]).first()
        if running:
            return running
        before = permit.application
        columns = _columns(before) if before else {
            "address": permit.address, "district_code": permit.district_code, "village_code": permit.village_code,
            "answers": permit.answers,
        }  # fmt: skip
        limits = permit.type.validity
        columns["answers"] = {
            key: value for key, value in columns["answers"].items() if key not in (limits.start_key, limits.end_key)
        }
        draft = begin(user, permit.type_code, request=request, kind=kind, origin=permit, **columns)
        if before:
            _copy_files(before, draft, user)
    return draft


def _columns(application: Application) -> dict[str, Any]:
    names = ("holder_name", "nik", "nik_token", "phone", "email", "address", "district_code", "village_code",
             "latitude", "longitude", "answers", "consent")  # fmt: skip
    return {name: getattr(application, name) for name in names}


def _copy_files(source: Application, target: Application, user: User) -> None:
    wanted = {requirement.key for requirement in target.type.needed(target.kind)}
    for key, stored in sheet.documents(source).items():
        if key in wanted:
            content = files.read(stored)
            files.store_bytes(
                content, stored.media_type, owner=target, kind=f"{sheet.FILE}{key}", user=user, name=stored.name
            )
