"""The columns of open data: CSV, XLSX and JSON hold the same, built from the public row."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse

from core import dates
from core.export import Column, table
from sabilulungan.domain.queries import public
from sabilulungan.domain.queries.public import PublicRow
from sabilulungan.models import ProposalQuerySet

CHUNK = 500


def record(row: PublicRow) -> dict[str, Any]:
    """Return a public row as open data; amounts are whole rupiah, dates ISO 8601 in the region's zone."""
    return {
        "nomor": row.number,
        "tahun_anggaran": row.budget_year,
        "jenis": row.kind,
        "bentuk": row.form,
        "sifat": row.nature,
        "bidang": row.field,
        "dinas": row.office,
        "judul": row.title,
        "penerima": row.name,
        "jenis_penerima": row.recipient_type,
        "alamat": row.address,
        "kelurahan_desa": row.village,
        "kecamatan": row.district,
        "kode_wilayah": row.place_code,
        "tahap": row.step,
        "keadaan": row.look.label,
        "sejak": dates.local(row.since).date().isoformat(),
        "hari_kerja_di_tahap": row.days,
        "terlambat_hari_kerja": row.late,
        "diajukan": dates.local(row.submitted).date().isoformat(),
        "diminta": row.amounts["asked"],
        "rekomendasi_dinas": row.amounts["opd"],
        "tim_pertimbangan": row.amounts["tp"],
        "tim_anggaran": row.amounts["tapd"],
        "disetujui": row.amounts["approved"],
        "dianggarkan": row.amounts["budgeted"],
        "ditetapkan": row.amounts["decreed"],
        "diperjanjikan": row.amounts["agreed"],
        "dibayar": row.amounts["paid"],
        "dipertanggungjawabkan": row.amounts["accounted"],
        "laporan_batas": row.report_due.isoformat() if row.report_due else None,
        "laporan_tanggal": row.report_filed.isoformat() if row.report_filed else None,
        "laporan_keadaan": row.report_status,
    }


COLUMNS = (
    "nomor", "tahun_anggaran", "jenis", "bentuk", "sifat", "bidang", "dinas", "judul", "penerima", "jenis_penerima",
    "alamat", "kelurahan_desa", "kecamatan", "kode_wilayah", "tahap", "keadaan", "sejak", "hari_kerja_di_tahap",
    "terlambat_hari_kerja", "diajukan", "diminta", "rekomendasi_dinas", "tim_pertimbangan", "tim_anggaran",
    "disetujui", "dianggarkan", "ditetapkan", "diperjanjikan", "dibayar", "dipertanggungjawabkan",
    "laporan_batas", "laporan_tanggal", "laporan_keadaan",
)  # fmt: skip


def records(proposals: ProposalQuerySet) -> Iterator[dict[str, Any]]:
    """Yield the open data of proposals, reading the database in pieces."""
    today = dates.today()
    for proposal in proposals.iterator(chunk_size=CHUNK):
        yield record(public.row(proposal, today))


def download(proposals: ProposalQuerySet, name: str, fmt: str) -> HttpResponseBase:
    """Return proposals as a file; an unknown format is a 404."""
    if fmt == "json":
        response = StreamingHttpResponse(json_lines(records(proposals)), content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    columns = [Column(key, lambda row, key=key: row[key]) for key in COLUMNS]
    return table(columns, records(proposals), name, fmt)


def json_lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    """Yield rows as a JSON list, one a line."""
    yield "["
    for index, row in enumerate(rows):
        yield ("," if index else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]\n"
