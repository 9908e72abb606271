"""The minutes of a visit on paper: letterhead, what was found, photographs, position, signatures.

One paper for the three kinds of visits: for an application, of an issued permit, and of a reported business.
"""

import base64
import io
from typing import Any

from PIL import Image

from core import dates, documents, files
from core.models import StoredFile
from core.region import region
from hayu.domain import places
from hayu.domain.permits import certificates
from hayu.enums import Outcome
from hayu.models import Inspection, Supervision, Visit
from hayu.validators import as_printed

TEMPLATE = "berita_acara"
_SIDE = 900  # pixels of the longer side of a photograph on paper


def of_application(visit: Visit) -> dict[str, Any]:
    """Return what the minutes of a visit for an application say; the visit was made."""
    about = visit.application
    said = {
        "judul": "Berita acara peninjauan lapangan",
        "nomor": f"Permohonan {about.receipt}",
        "rincian": [
            ["Izin yang diminta", about.type.name], ["Pemohon", about.holder_name], ["NIK", about.masked_nik],
            ["Untuk", about.object_text], ["Alamat", f"{about.address}, {about.place}"],
        ],
        "jawaban": [list(pair) for pair in certificates.in_words(about.type.minutes, visit.answers)],
        "temuan": [],
        "hasil": "sesuai permohonan" if visit.fits else "tidak sesuai permohonan",
        "sampai": "",
    }  # fmt: skip
    return _whole(visit, said, "Pemohon", about.holder_name, present=visit.applicant_present)


def of_permit(visit: Supervision) -> dict[str, Any]:
    """Return what the minutes of an inspection of an issued permit say; why it was inspected is not among it."""
    about = visit.permit
    said = {
        "judul": "Berita acara pemeriksaan izin",
        "nomor": f"Izin {about.number}",
        "rincian": [
            ["Izin", about.type.product], ["Pemegang", about.holder_name], ["Untuk", about.object_text],
            ["Alamat", ", ".join(part for part in (about.address, about.place) if part)],
        ],
        "jawaban": [],
        "temuan": visit.finding_labels,
        "hasil": "sesuai izin" if visit.outcome == Outcome.SESUAI else "ada temuan",
        "sampai": dates.long_date(visit.fix_by) if visit.fix_by else "",
    }  # fmt: skip
    return _whole(visit, said, "Pemegang izin", about.holder_name, present=visit.holder_present)


def of_report(visit: Inspection) -> dict[str, Any]:
    """Return what the minutes of an inspection of a reported business say."""
    about = visit.report
    said = {
        "judul": "Berita acara pemeriksaan usaha",
        "nomor": f"Tanda lapor {about.number}",
        "rincian": [
            ["Usaha", about.business_name], ["Kegiatan", about.activity.everyday], ["Pemilik", about.holder_name],
            ["NIK", about.masked_nik], ["Alamat", f"{about.address}, {about.place}"],
        ],
        "jawaban": [],
        "temuan": visit.finding_labels,
        "hasil": "sesuai laporan" if visit.outcome == Outcome.SESUAI else "tidak sesuai laporan",
        "sampai": dates.long_date(visit.fix_by) if visit.fix_by else "",
    }  # fmt: skip
    return _whole(visit, said, "Pemilik", about.holder_name, present=visit.owner_present)


def _whole(
    visit: Visit | Supervision | Inspection, said: dict[str, Any], party: str, name: str, *, present: bool
) -> dict[str, Any]:
    """Return what is said of a visit with what all kinds have; `party` is whose place it was."""
    districts = places.districts_at(visit.latitude, visit.longitude)
    position = f"{visit.latitude}, {visit.longitude}".replace(".", ",")
    official = visit.officer.titled_name if visit.officer else ""
    said |= {
        "waktu": f"{dates.long_date(visit.visited_at)} pukul {dates.clock(visit.visited_at)}",
        "posisi": position + (f" ({', '.join(districts)})" if districts else ""),
        "hadir": f"{party} atau wakilnya {'hadir' if present else 'tidak hadir'}",
        "catatan": visit.note,
        "kantor": str(region().offices.licensing.name),
        "tempat_tanggal": f"{region().region.letter_place}, {dates.day_and_month(visit.visited_at)}",
        "petugas": official,
        "pihak": {"post": f"{party} atau wakilnya", "name": name if present else ""},
    }
    return dict(as_printed(said)) | {"foto": [_picture(stored) for stored in files.current(visit)]}


def draw(visit: Visit | Supervision | Inspection) -> bytes:
    """Return the minutes of a visit that was made as PDF/A; equal data give equal bytes."""
    if isinstance(visit, Visit):
        said = of_application(visit)
    else:
        said = of_permit(visit) if isinstance(visit, Supervision) else of_report(visit)
    return documents.render(TEMPLATE, said, at=visit.visited_at)


def _picture(stored: StoredFile) -> str:
    """Return a photograph as SVG text, the only pictures from outside that Typst takes, no larger than paper shows."""
    with Image.open(io.BytesIO(files.read(stored))) as image:
        image.thumbnail((_SIDE, _SIDE))
        out = io.BytesIO()
        image.convert("RGB").save(out, "JPEG", quality=80, optimize=True)
        width, height = image.size
    encoded = base64.b64encode(out.getvalue()).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{encoded}"/></svg>'
    )
