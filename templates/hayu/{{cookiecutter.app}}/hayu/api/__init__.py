"""Open data without an account, nothing personal, and the bank's message (OpenAPI at /api/v1/openapi.json)."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Query, Schema, Status
from pydantic import Field

from core.errors import Refused
from core.region import region
from hayu.domain.permits import charges
from hayu.domain.queries import permits, referrals, register
from hayu.rules import kbli, search

MAX_PAGE = 200
StateName = Literal[
    "TERDAFTAR", "DIJADWALKAN_PERIKSA", "PERLU_PEMBETULAN", "DIBEKUKAN", "DIRUJUK_OSS", "DICABUT", "TUTUP"
]

PermitStateName = Literal["TERBIT", "BERLAKU", "DIBEKUKAN", "DICABUT", "BERAKHIR", "DIGANTI"]

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


class PermitOut(Schema):
    """One issued permit as the public sees it."""

    nomor: str
    jenis: str
    nama_izin: str
    pemegang: str = Field(description="Hanya huruf pertama tiap kata")
    objek: str
    kecamatan_kode: str
    kecamatan: str
    keadaan: str
    terbit: dt.date
    mulai: dt.date
    sampai: dt.date | None
    wilayah: str


class PermitPage(Schema):
    """A page of the register of permits; `berikutnya` is the next page's number, null on the last."""

    lisensi: str
    jumlah: int
    halaman: int
    berikutnya: int | None
    izin: list[PermitOut]


class AskedPermits(Schema):
    """The filters of the register of permits."""

    jenis: str | None = Field(None, max_length=20, description="Kode jenis, misalnya REKLAME-T")
    kecamatan: str | None = Field(None, max_length=13, description="Kode kecamatan, misalnya 32.73.02")
    keadaan: PermitStateName | None = None
    sejak: dt.date | None = Field(None, description="Terbit pada atau sesudah tanggal ini")
    halaman: int = Field(1, ge=1, le=100_000)
    banyak: int = Field(50, ge=1, le=MAX_PAGE)


class ReferralOut(Schema):
    """One number of OSS or SIMBG as the public sees it."""

    sistem: str
    nomor: str
    nama: str
    kbli_versi: str
    kbli: str
    kegiatan: str
    kecamatan_kode: str
    kecamatan: str
    keadaan: str = Field(description="TERCATAT: ditulis pemiliknya, belum dicocokkan petugas; COCOK: sudah")
    dicatat: dt.date
    dicocokkan: dt.date | None
    wilayah: str


class ReferralPage(Schema):
    """A page of the numbers of OSS and SIMBG; `berikutnya` is the next page's number, null on the last."""

    lisensi: str
    jumlah: int
    halaman: int
    berikutnya: int | None
    rujukan: list[ReferralOut]


class AskedReferrals(Schema):
    """The filters of the numbers of OSS and SIMBG."""

    sistem: Literal["OSS", "SIMBG"] | None = None
    kecamatan: str | None = Field(None, max_length=13, description="Kode kecamatan, misalnya 32.73.02")
    keadaan: Literal["TERCATAT", "COCOK"] | None = None
    halaman: int = Field(1, ge=1, le=100_000)
    banyak: int = Field(50, ge=1, le=MAX_PAGE)


class Payment(Schema):
    """The bank's message: which bill, how many rupiah, its own reference, and HMAC-SHA-256 of the three."""

    kode_bayar: str = Field(max_length=20)
    jumlah: int = Field(gt=0, le=10**15)
    bukti: str = Field(min_length=1, max_length=60)
    tanda: str = Field(min_length=64, max_length=64)


class PaymentOut(Schema):
    """What became of the message; `baru` is false for one that came before."""

    kode_bayar: str
    lunas: bool
    baru: bool


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
    return _page(rows, asked, "laporan", register.as_open_data)


@api.get("/laporan/{path:number}", response=ReportOut, summary="Satu laporan menurut nomornya")
def report(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return one report by its number."""
    found = register.public().filter(number=number).first()
    if found is None:
        raise Http404("Nomor itu tidak ada.")
    return register.as_open_data(found)


@api.get("/izin", response=PermitPage, summary="Daftar izin yang terbit")
def issued_permits(request: HttpRequest, asked: Query[AskedPermits]) -> dict[str, Any]:
    """Return a page of the register of permits, newest first."""
    given = {
        "type_code": asked.jenis,
        "district_code": asked.kecamatan,
        "state": asked.keadaan,
        "issued_on__gte": asked.sejak,
    }
    rows = permits.public().filter(**{name: value for name, value in given.items() if value})
    return _page(rows, asked, "izin", permits.as_open_data)


@api.get("/rujukan", response=ReferralPage, summary="Daftar nomor dari OSS dan SIMBG")
def outside_numbers(request: HttpRequest, asked: Query[AskedReferrals]) -> dict[str, Any]:
    """Return a page of the numbers of OSS and SIMBG, newest first."""
    given = {"system": asked.sistem, "district_code": asked.kecamatan, "state": asked.keadaan}
    rows = referrals.public().filter(**{name: value for name, value in given.items() if value})
    return _page(rows, asked, "rujukan", referrals.as_open_data)


def _page(
    rows: QuerySet[Any],
    asked: Asked | AskedPermits | AskedReferrals,
    key: str,
    written: Callable[[Any], dict[str, Any]],
) -> dict[str, Any]:
    total, start = rows.count(), (asked.halaman - 1) * asked.banyak
    return {
        "lisensi": str(region().licences.data_licence),
        "jumlah": total,
        "halaman": asked.halaman,
        "berikutnya": asked.halaman + 1 if start + asked.banyak < total else None,
        key: [written(row) for row in rows[start : start + asked.banyak]],
    }


@api.post("/pembayaran", response={200: PaymentOut, 409: dict[str, str]}, summary="Pesan bank: tagihan dibayar")
def payment(request: HttpRequest, message: Payment) -> Any:
    """Take the bank's message. Repeated, it changes nothing and is answered alike; a refusal is 409 with a reason."""
    try:
        bill, new = charges.confirm(message.kode_bayar, message.jumlah, message.bukti, message.tanda, request)
    except Refused as refusal:
        return Status(409, {"sebab": refusal.sentence})
    return {"kode_bayar": bill.payment_code, "lunas": True, "baru": new}


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
