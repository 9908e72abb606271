"""The report receipt: what stands on it, on the page and in the PDF, and how a copy is compared."""

import hashlib
import json

from django.db import transaction
from django.urls import reverse

from core import codes, dates, documents, files, identity, links, qr
from core.errors import Refused
from core.models import StoredFile
from core.region import region
from hayu.enums import State
from hayu.models import Report

DOCUMENT = "tanda_lapor"
KIND = "tanda-lapor-"
PRINTABLE = (State.TERDAFTAR, State.DIJADWALKAN_PERIKSA, State.PERLU_PEMBETULAN)
SENTENCE = "Tanda ini bukti lapor, bukan izin."


def check_address(code: str) -> str:
    """Return the public address behind the QR code."""
    return links.absolute(reverse("hayu:check_code", args=[code]))


def content(report: Report) -> dict[str, str]:
    """Return what a receipt says; equal data give equal bytes of the PDF."""
    licences = region().licences
    return {
        "judul": "Tanda Lapor Usaha",
        "nomor": report.number or "",
        "kode": codes.pretty(report.code or ""),
        "usaha": report.business_name,
        "kegiatan": report.activity.title,
        "kbli": f"{report.kbli_code} (KBLI {report.kbli_version})",
        "lingkup": report.scope_name,
        "pemilik": report.holder_name,
        "nik": identity.mask_nik(report.nik),
        "nib": report.nib,
        "alamat": report.address,
        "tempat": report.place,
        "skala": f"Usaha {report.get_scale_display().lower()}",
        "tanggal": dates.long_date(report.registered_at),
        "jam": dates.clock(report.registered_at),
        "kalimat": SENTENCE,
        "dasar": licences.report_basis or "UU Nomor 20 Tahun 2008 tentang Usaha Mikro, Kecil, dan Menengah",
        "kantor": str(region().offices.licensing.name),
        "alamat_periksa": check_address(report.code or ""),
    }


def pdf(report: Report) -> StoredFile:
    """Return the receipt as a stored PDF/A, made once for the same content.

    Raises Refused when the report is not valid now, since a paper would say something else than /cek.
    """
    if report.state not in PRINTABLE:
        raise Refused(
            "Tanda lapor ini sedang tidak berlaku, jadi tidak dapat diunduh. Lihat keadaannya di halaman cek."
        )
    said = content(report)
    kind = KIND + hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
    made = files.current(report, kind)
    if made:
        return made[0]
    drawn = documents.render(DOCUMENT, {**said, "qr": str(qr.svg(said["alamat_periksa"]))}, at=report.registered_at)
    name = f"tanda-lapor-{report.number}"
    with transaction.atomic():
        return files.store_bytes(drawn, files.PDF, owner=report, kind=kind, user=None, name=name)


def is_issued(report: Report, digest: str) -> bool | None:
    """Return True if a SHA-256 is that of the newest receipt, False of an older one, None of none of ours."""
    issued = StoredFile.objects.filter(
        owner_type=Report._meta.label_lower, owner_id=str(report.pk), kind__startswith=KIND
    ).order_by("-uploaded_at", "-pk")
    hashes = [row.sha256 for row in issued]
    return None if digest not in hashes else digest == hashes[0]
