"""The register as CSV, XLSX and JSON: what the filter shows, nothing personal."""

import json
import logging
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.http import HttpResponseBase, StreamingHttpResponse

from core.export import Column, table
from core.region import region
from hayu.domain.queries import permits, referrals, register
from hayu.models import Permit, Referral, Report

log = logging.getLogger(__name__)
NAME = "laporan-usaha"
JSON = "json"
_FIELDS = (
    "nomor", "nama_usaha", "pemilik", "kbli_versi", "kbli", "kegiatan", "lingkup", "risiko", "skala",
    "kecamatan_kode", "kecamatan", "keadaan", "terdaftar", "data_dibenarkan", "terperiksa", "data_lama", "wilayah",
)  # fmt: skip


def note(name: str, fmt: str, by: str, narrowed: Iterable[str] = ()) -> None:
    """Write to the log that somebody took a table away: which, how, by which filters (hayu.md section 21).

    `fmt` is one that was given out; what an address asks for else never comes here.
    """
    log.info("%s exported as %s by %s with %s", name, fmt, by, ", ".join(narrowed) or "no filter")


def _column(name: str) -> Column:
    return Column(name, lambda row: _plain(row[name]))


def _plain(value: object) -> object:
    return {True: "ya", False: "tidak"}.get(value, value) if isinstance(value, bool) else value


def export(rows: QuerySet[Report], fmt: str) -> HttpResponseBase:
    """Return reports as a download; an unknown format is a 404 (core.export)."""
    return _download(register.open_data(rows), _FIELDS, NAME, fmt)


def _download(data: Iterator[dict[str, object]], names: tuple[str, ...], name: str, fmt: str) -> HttpResponseBase:
    if fmt == JSON:
        key = "laporan" if name == NAME else name
        response = StreamingHttpResponse(_json(data, key), content_type="application/json; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    return table([_column(column) for column in names], data, name, fmt)


def _json(rows: Iterator[dict[str, object]], key: str) -> Iterator[str]:
    licence = json.dumps(str(region().licences.data_licence))
    yield f'{{"lisensi": {licence}, "{key}": ['
    for number, row in enumerate(rows):
        yield ("," if number else "") + json.dumps(row, ensure_ascii=False)
    yield "]}"


PERMITS = "izin"
_PERMIT_FIELDS = (
    "nomor", "jenis", "nama_izin", "pemegang", "objek", "kecamatan_kode", "kecamatan", "keadaan", "terbit", "mulai",
    "sampai", "wilayah",
)  # fmt: skip


def export_permits(rows: QuerySet[Permit], fmt: str) -> HttpResponseBase:
    """Return permits as a download; an unknown format is a 404 (core.export)."""
    return _download(permits.open_data(rows), _PERMIT_FIELDS, PERMITS, fmt)


REFERRALS = "rujukan"
_REFERRAL_FIELDS = (
    "sistem", "nomor", "nama", "kbli_versi", "kbli", "kegiatan", "kecamatan_kode", "kecamatan", "keadaan", "dicatat",
    "dicocokkan", "wilayah",
)  # fmt: skip


def export_referrals(rows: QuerySet[Referral], fmt: str) -> HttpResponseBase:
    """Return the numbers of other systems as a download; an unknown format is a 404 (core.export)."""
    return _download(referrals.open_data(rows), _REFERRAL_FIELDS, REFERRALS, fmt)
