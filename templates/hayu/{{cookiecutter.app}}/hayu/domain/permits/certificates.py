"""The permit on paper: what stands on it, and the file (hayu.md section 13)."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from core import codes, dates, documents, files, identity, links, officials, qr
from core.models import StoredFile
from core.region import region
from hayu.domain.permits import sheet
from hayu.enums import AppKind, FieldKind, Signature
from hayu.models import Application, Permit
from hayu.rules.permits import PermitType, Question, day_of
from hayu.validators import as_printed

FILE = "izin"
REFUSAL = "surat_penolakan"
RECEIPT = "tanda_terima"


def check_address(code: str) -> str:
    """Return the public address behind the QR code; short and long codes share it."""
    return links.absolute(reverse("hayu:check_code", args=[code]))


def signer(*, decision: bool = False, on: dt.date | None = None) -> dict[str, Any]:
    """Return the signature block of the head of the licensing office, in the post the region delegates to."""
    post = str(region().licences.delegation.signer)
    return officials.head_of_office("licensing", post=post, decision=decision, on=on)


def shown_answers(kind: PermitType, answers: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the answers of a form in words, label and value."""
    return in_words(kind.questions, answers)


def in_words(questions: tuple[Question, ...], answers: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the answers to some questions in words, label and value; what was not answered is left out."""
    shown = []
    for question in questions:
        value = answers.get(question.key)
        if value in (None, ""):
            continue
        if question.kind == FieldKind.TANGGAL:
            day = day_of(value)
            shown.append((question.label, dates.day_and_month(day) if day else ""))
        elif question.kind == FieldKind.RUPIAH:
            shown.append((question.label, f"Rp{int(value):,}".replace(",", ".")))
        else:
            shown.append((question.label, str(value)))
    return shown


def content(application: Application, signed: dt.date, signature: str, signer_name: str = "") -> dict[str, Any]:
    """Return what a permit says when it is signed on a day."""
    kind = application.type
    start = kind.starts(application.answers, signed)
    end = kind.ends(application.answers, start)
    official = signer(decision=True, on=signed)
    address = check_address(application.permit_code)
    said = {
        "judul": kind.product,
        "nomor": application.permit_number,
        "macam": "" if application.kind == AppKind.BARU else str(AppKind(application.kind).label),
        "pemegang": application.holder_name,
        "nik": application.masked_nik,
        "objek": application.object_text,
        "alamat": f"{application.address}, {application.place}",
        "isian": [list(pair) for pair in shown_answers(kind, application.answers)],
        "berlaku": _period(start, end),
        "syarat": list(application.conditions),
        "dasar": list(kind.basis),
        "kantor": str(region().offices.licensing.name),
        "tempat_tanggal": f"{region().region.letter_place}, {dates.day_and_month(signed)}",
        "pejabat": official if official["name"] else official | {"name": signer_name},
        "kode": codes.pretty(application.permit_code),
        "alamat_periksa": address,
        "kaki": _FOOT[Signature(signature)],
        "tera": "UJI COBA" if signature == Signature.UJI_COBA else "",
        "basah": signature == Signature.BASAH,
    }
    return as_printed(said) | {"qr": str(qr.svg(address))}


_FOOT = {
    Signature.UJI_COBA: "Ditandatangani dengan kunci uji coba sistem ini; belum berkekuatan tanda tangan elektronik "
    "tersertifikasi.",
    Signature.BSRE: "Ditandatangani secara elektronik dengan sertifikat Balai Besar Sertifikasi Elektronik (BSrE).",
    Signature.BASAH: "Ditandatangani di atas kertas; salinan pindainya disimpan dan dapat dibandingkan.",
}


def _period(start: dt.date, end: dt.date | None) -> str:
    if end is None:
        return f"Mulai {dates.day_and_month(start)}, selama kegiatan berjalan"
    return f"{dates.day_and_month(start)} sampai {dates.day_and_month(end)}"


def draw(application: Application, signature: str, at: dt.datetime, signer_name: str = "") -> bytes:
    """Return the permit as PDF/A, not yet signed; equal data and moment give equal bytes."""
    data = content(application, dates.local(at).date(), signature, signer_name)
    return documents.render(application.type.template, data, at=at)


def keep(permit: Permit, content: bytes) -> StoredFile:
    """Store the signed file of a permit."""
    name = f"izin-{permit.number}"
    return files.store_bytes(content, files.PDF, owner=permit, kind=FILE, user=permit.signer, name=name)


def stored(permit: Permit) -> StoredFile | None:
    """Return the signed file of a permit, None for one taken over from an old archive without it."""
    found = files.current(permit, FILE)
    return found[0] if found else None


def refusal_letter(application: Application) -> bytes:
    """Return the letter of refusal as PDF/A, with the reason and how to object."""
    until = application.deadline
    said = as_printed(
        {
            "resi": application.receipt,
            "nama": application.holder_name,
            "nik": identity.mask_nik(application.nik),
            "jenis": application.type.name,
            "objek": application.object_text,
            "alasan": application.reason,
            "dasar": application.legal_basis,
            "keberatan": dates.long_date(until) if until else "",
            "kantor": str(region().offices.licensing.name),
            "tempat_tanggal": f"{region().region.letter_place}, {dates.day_and_month(application.decided_at)}",
            "pejabat": signer(),
        }
    )
    return documents.render(REFUSAL, said, at=application.decided_at)


def receipt(application: Application) -> bytes:
    """Return the receipt of a sent application as PDF/A: what came in, until when it is decided, how to track it."""
    address = links.absolute(f"{reverse('hayu:track')}?{urlencode({'resi': application.receipt or ''})}")
    attached = sheet.documents(application)
    said = as_printed(
        {
            "resi": application.receipt,
            "jenis": application.type.name,
            "nama": application.holder_name,
            "nik": identity.mask_nik(application.nik),
            "objek": application.object_text,
            "alamat": f"{application.address}, {application.place}",
            "diterima": f"{dates.long_date(application.sent_at)}, {dates.clock(application.sent_at)}",
            "lewat": str(application.get_channel_display()),
            "waktu": f"{application.type.days} hari kerja bila berkas lengkap",
            "berkas": [item.name for item in application.type.needed(application.kind) if item.key in attached],
            "kantor": str(region().offices.licensing.name),
            "alamat_lacak": address,
            "pengaduan": str(region().licences.report_line),
        }
    )
    return documents.render(RECEIPT, said | {"qr": str(qr.svg(address))}, at=application.sent_at)
