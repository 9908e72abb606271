"""The office's reports as PDF/A: the month for the heads, the half-year for the head of the region."""

import datetime as dt
from typing import Any

from core import dates, documents, money, wilayah
from core.region import region
from hayu.domain.permits import certificates
from hayu.domain.queries import complaints, monthly, places, small
from hayu.domain.queries.semester import Report
from hayu.validators import as_printed


def _foot(now: dt.datetime) -> dict[str, Any]:
    return {
        "kantor": str(region().offices.licensing.name),
        "tempat_tanggal": f"{region().region.letter_place}, {dates.day_and_month(dates.local(now).date())}",
        "pejabat": certificates.signer(),
    }


def month(first: dt.date, lines: list[monthly.Line], parts: list[places.Place], now: dt.datetime) -> bytes:
    """Return a month as PDF/A; equal data and moment give equal bytes."""
    paid, reported = monthly.money(first), small.month(first)
    said = {
        "bulan": f"{dates.MONTHS[first.month - 1]} {first.year}",
        "baris": [
            [
                line.name, str(line.received), str(line.issued), str(line.refused),
                f"{line.withdrawn} / {line.lapsed}", str(line.open), str(line.overdue),
                f"{line.median} / {line.p90}" if line.decided else "–", f"{line.on_time} %" if line.decided else "–",
                f"{line.returned_share} %" if line.decided else "–", line.ikm or "–",
            ]
            for line in lines
        ],
        "tempat": [[part.name, *map(money.thousands, (part.received, part.issued, part.reported))] for part in parts],
        "tingkat": "Kabupaten atau kota" if wilayah.regencies() else str(region().terms.level3).capitalize(),
        "alasan": [f"{name}: {number}" for name, number in monthly.reasons(first)],
        "lapor": [
            ["Laporan baru", money.thousands(reported.received)], ["Modal", money.rupiah(reported.capital)],
            ["Tenaga kerja", money.thousands(reported.jobs)], ["Diperiksa", money.thousands(reported.visited)],
            ["Tidak sesuai laporan", f"{reported.wrong_share} %"],
            ["Usaha terbanyak", "; ".join(f"{name} {number}" for name, number in reported.kinds)],
            ["Bidang usaha (KBLI)", "; ".join(f"{name} {number}" for name, number in reported.groups)],
            ["Skala", "; ".join(f"{name} {number}" for name, number in reported.scales)],
        ],
        "beban": [f"{name}: {number} berkas" for name, number in small.load(first)],
        "ditagih": money.rupiah(paid.billed),
        "dibayar": money.rupiah(paid.paid),
        "pengaduan": [
            f"{line.name}: {line.received}, dijawab {line.answered}"
            + (f", median {line.days} hari kerja" if line.answered else "")
            for line in complaints.lines(first, monthly.last_day(first)) if line.received
        ],
    }  # fmt: skip
    return documents.render("laporan_bulanan", as_printed(said | _foot(now)), at=now)


def half_year(report: Report, now: dt.datetime) -> bytes:
    """Return a half-year as PDF/A; equal data and moment give equal bytes."""
    decided = report.decided
    said = {
        "semester": report.half.name,
        "diputus": str(decided.decided),
        "terbit": str(decided.issued),
        "ditolak": str(decided.refused),
        "tepat": f"{decided.on_time} %" if decided.decided else "–",
        "hari": f"{decided.median} / {decided.p90}" if decided.decided else "–",
        "ikm": report.index_words,
        "responden": str(report.index.respondents) if report.index else "",
        "unsur": [[name, mean, "terendah" if lowest else ""] for name, mean, lowest in report.elements],
        "pengaduan": [
            [line.name, str(line.received), str(line.answered), str(line.in_time), str(line.open_late),
             str(line.days) if line.answered else "–"]
            for line in report.complaints
        ],
        "standar": [[standard.name, standard.words] for standard in report.standards],
    }  # fmt: skip
    return documents.render("laporan_semester", as_printed(said | _foot(now)), at=now)
