"""Open data: read-only, without an account, nothing personal (OpenAPI at /api/v1/openapi.json)."""

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Query, Schema
from pydantic import Field

from core.region import region
from hayu.domain.queries import register
from hayu.rules import kbli, search

MAX_PAGE = 200
StateName = Literal[
    "TERDAFTAR", "DIJADWALKAN_PERIKSA", "PERLU_PEMBETULAN", "DIBEKUKAN", "DIRUJUK_OSS", "DICABUT", "TUTUP"
]

api = NinjaAPI(
    title="Data terbuka Hayu",
    version="1",
    description="Register laporan usaha. Tanpa NIK, telepon, dan alamat; nama pemilik disamarkan.",
    docs_url=None,  # its page would load scripts from elsewhere
    urls_namespace="hayu-api",
)


class ReportOut(Schema):
    """One report as the public sees it."""

    nomor: str
    nama_usaha: str
    pemilik: str = Field(description="Hanya huruf pertama tiap kata")
    kbli_versi: str
    kbli: str
    kegiatan: str
    lingkup: str
    risiko: str
    skala: str
    kecamatan_kode: str
    kecamatan: str
    keadaan: str
    terdaftar: dt.date
    data_dibenarkan: dt.date
    terperiksa: bool
    data_lama: bool
    wilayah: str


class ReportPage(Schema):
    """A page of the register; `berikutnya` is the next page's number, null on the last."""

    lisensi: str
    jumlah: int
    halaman: int
    berikutnya: int | None
    laporan: list[ReportOut]


class ActivityOut(Schema):
    """One code of the business classification."""

    versi: str
    kode: str
    judul: str
    bidang: str
    alasan: str


class Asked(Schema):
    """The filters of the register."""

    kecamatan: str | None = Field(None, max_length=13, description="Kode kecamatan, misalnya 32.73.02")
    keadaan: StateName | None = None
    kbli: str | None = Field(None, pattern=r"^\d{2,5}$", description="Kode KBLI 2025 atau awalnya")
    sejak: dt.date | None = Field(None, description="Terdaftar pada atau sesudah tanggal ini")
    halaman: int = Field(1, ge=1, le=100_000)
    banyak: int = Field(50, ge=1, le=MAX_PAGE)


@api.get("/laporan", response=ReportPage, summary="Daftar laporan usaha")
def reports(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return a page of the register, newest first."""
    rows = register.public()
    if asked.kecamatan:
        rows = rows.filter(district_code=asked.kecamatan)
    if asked.keadaan:
        rows = rows.filter(state=asked.keadaan)
    if asked.kbli:
        rows = rows.filter(kbli_version=kbli.CURRENT, kbli_code__startswith=asked.kbli)
    if asked.sejak:
        rows = rows.filter(registered_at__date__gte=asked.sejak)
    total, start = rows.count(), (asked.halaman - 1) * asked.banyak
    return {
        "lisensi": str(region().licences.data_licence),
        "jumlah": total,
        "halaman": asked.halaman,
        "berikutnya": asked.halaman + 1 if start + asked.banyak < total else None,
        "laporan": [register.as_open_data(row) for row in rows[start : start + asked.banyak]],
    }


@api.get("/laporan/{path:number}", response=ReportOut, summary="Satu laporan menurut nomornya")
def report(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return one report by its number."""
    found = register.public().filter(number=number).first()
    if found is None:
        raise Http404("Nomor itu tidak ada.")
    return register.as_open_data(found)


@api.get("/kbli", response=list[ActivityOut], summary="Cari kode KBLI dengan kata sehari-hari")
def activities(request: HttpRequest, q: str = Query(..., max_length=100)) -> list[dict[str, str]]:
    """Return the codes that fit everyday words, best first."""
    return [
        {
            "versi": hit.activity.version,
            "kode": hit.activity.code,
            "judul": hit.activity.title,
            "bidang": kbli.sections().get(hit.activity.section, ""),
            "alasan": hit.reason,
        }
        for hit in search.find(q)
    ]
