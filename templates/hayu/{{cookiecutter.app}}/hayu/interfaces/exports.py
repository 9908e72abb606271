"""The register as CSV, XLSX and JSON: what the filter shows, nothing personal."""

import json
from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse

from core.export import Column, table
from core.region import region
from hayu.domain.queries import register
from hayu.models import Report

NAME = "laporan-usaha"
JSON = "json"
_FIELDS = (
    "nomor", "nama_usaha", "pemilik", "kbli_versi", "kbli", "kegiatan", "lingkup", "risiko", "skala",
    "kecamatan_kode", "kecamatan", "keadaan", "terdaftar", "data_dibenarkan", "terperiksa", "data_lama", "wilayah",
)  # fmt: skip


def _column(name: str) -> Column:
    return Column(name, lambda row: _plain(row[name]))


def _plain(value: object) -> object:
    return {True: "ya", False: "tidak"}.get(value, value) if isinstance(value, bool) else value


def export(rows: QuerySet[Report], fmt: str) -> HttpResponseBase:
    """Return the rows as a download; an unknown format is a 404 (core.export)."""
    data = register.open_data(rows)
    if fmt == JSON:
        response = StreamingHttpResponse(_json(data), content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{NAME}.json"'
        return response
    return table([_column(name) for name in _FIELDS], data, NAME, fmt)


def _json(rows: Iterator[dict[str, object]]) -> Iterator[str]:
    licence = json.dumps(str(region().licences.data_licence))
    yield f'{{"lisensi": {licence}, "laporan": ['
    for number, row in enumerate(rows):
        yield ("," if number else "") + json.dumps(row, ensure_ascii=False)
    yield "]}"
