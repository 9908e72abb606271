"""What the office keeps about one person, for that person to take away (hayu.md section 21, UU 27/2022 art. 7)."""

from typing import Any

from django.db.models import Model, QuerySet

from core import audit, codes, dates, files
from core.models import Notification, User
from hayu.models import Application, Claim, Complaint, Permit, Referral, Report, Visit


def counts(user: User) -> dict[str, int]:
    """Return how many things of each kind are kept about a person."""
    return {name: rows.count() for name, rows in _rows(user).items()}


def copy(user: User) -> dict[str, Any]:
    """Return everything kept about a person as plain values; of officers only their role stands in it."""
    written = {
        "laporan_usaha": _report, "permohonan": _application, "izin": _permit, "izin_lama_diminta": _claim,
        "nomor_dari_luar": _referral,
        "pengaduan": _complaint, "pesan": _message,
    }  # fmt: skip
    return {
        "dibuat": dates.now().isoformat(),
        "akun": {
            "nama_pengguna": user.username, "nama": user.full_name, "surel": user.email, "telepon": user.phone,
            "nik": user.nik,
        },
    } | {name: [written[name](row) for row in rows] for name, rows in _rows(user).items()}  # fmt: skip


def _rows(user: User) -> dict[str, QuerySet[Any]]:
    return {
        "laporan_usaha": Report.objects.filter(applicant=user).order_by("pk"),
        "permohonan": Application.objects.filter(applicant=user).select_related("type_version").order_by("pk"),
        "izin": Permit.objects.filter(holder=user).select_related("type_version").order_by("pk"),
        "izin_lama_diminta": Claim.objects.filter(person=user).select_related("permit").order_by("pk"),
        "nomor_dari_luar": Referral.objects.filter(applicant=user).order_by("pk"),
        "pengaduan": Complaint.objects.filter(reporter=user).order_by("pk"),
        "pesan": Notification.objects.filter(user=user).order_by("pk"),
    }


def _report(row: Report) -> dict[str, Any]:
    return _plain(
        row, "number", "state", "business_name", "holder_name", "nik", "phone", "nib", "kbli_version", "kbli_code",
        "risk", "scale", "capital", "yearly_sales", "workers", "started_on", "address", "latitude", "longitude",
        "registered_at", "confirmed_on", "ended_on",
    ) | {"code": codes.pretty(row.code or ""), "place": row.place} | _trail(row)  # fmt: skip


def _application(row: Application) -> dict[str, Any]:
    return (
        _plain(
            row,
            "receipt",
            "state",
            "kind",
            "holder_name",
            "nik",
            "phone",
            "address",
            "latitude",
            "longitude",
            "answers",
            "flagged",
            "reason",
            "legal_basis",
            "sent_at",
            "decided_at",
            "due_on",
        )
        | {"type": row.type.name, "place": row.place, "visits": [_visit(seen) for seen in row.visits.all()]}
        | _trail(row)
    )


def _visit(row: Visit) -> dict[str, Any]:
    return _plain(
        row, "scheduled_for", "visited_at", "fits", "applicant_present", "answers", "note", "latitude", "longitude"
    )


def _claim(row: Claim) -> dict[str, Any]:
    return _plain(row, "state", "created_at") | {"number": row.permit.number}


def _permit(row: Permit) -> dict[str, Any]:
    return _plain(
        row, "number", "state", "holder_name", "object_text", "address", "conditions", "answers", "issued_on",
        "starts_on", "ends_on", "ended_on", "warnings", "sha256",
    ) | {"type": row.type.name, "code": codes.pretty(row.code), "place": row.place} | _trail(row)  # fmt: skip


def _referral(row: Referral) -> dict[str, Any]:
    return _plain(row, "system", "number", "state", "name", "kbli_code", "checked_on") | {"place": row.place}


def _complaint(row: Complaint) -> dict[str, Any]:
    return _plain(row, "number", "state", "kind", "text", "reporter_name", "reporter_contact", "answer", "answered_at")


def _message(row: Notification) -> dict[str, Any]:
    return _plain(row, "event", "subject", "body", "created_at", "read_at")


def _plain(row: Model, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _trail(row: Model) -> dict[str, Any]:
    """Return the files of an object and its history: what was done when in which role, no officer's name."""
    return {
        "files": [
            {"name": stored.name, "size": stored.size, "sha256": stored.sha256, "uploaded_at": stored.uploaded_at}
            for stored in files.current(row)
        ],
        "history": [
            {"at": entry.at, "action": entry.action, "role": entry.role, "note": entry.note}
            for entry in audit.history(row)
        ],
    }
