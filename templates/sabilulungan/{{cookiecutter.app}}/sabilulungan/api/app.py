"""Open data for machines: the same filters, rows and privacy as the public list; OpenAPI at /api/v1/openapi.json."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import NinjaAPI, Schema

from core.paging import PARAMETER, paginate
from sabilulungan.domain.queries import lists, public
from sabilulungan.interfaces.exports import download, record
from sabilulungan.interfaces.filters import ProposalFilters

api = NinjaAPI(
    title="Sabilulungan: data terbuka",
    version="1.0",
    urls_namespace="api",
    docs_url=None,
    description="Usulan hibah dan bantuan sosial. Jumlah dalam rupiah bulat, tanggal ISO 8601.",
)


class Record(Schema):
    """One proposal, with what the public may know."""

    nomor: str
    tahun_anggaran: int
    jenis: str
    bentuk: str
    sifat: str
    bidang: str
    dinas: str
    judul: str
    penerima: str
    jenis_penerima: str
    alamat: str
    kelurahan_desa: str
    kecamatan: str
    kode_wilayah: str
    tahap: str
    keadaan: str
    sejak: str
    hari_kerja_di_tahap: int
    terlambat_hari_kerja: int
    diajukan: str
    diminta: int | None
    rekomendasi_dinas: int | None
    tim_pertimbangan: int | None
    tim_anggaran: int | None
    disetujui: int | None
    dianggarkan: int | None
    ditetapkan: int | None
    diperjanjikan: int | None
    dibayar: int | None
    dipertanggungjawabkan: int | None
    laporan_batas: str | None
    laporan_tanggal: str | None
    laporan_keadaan: str


class Records(Schema):
    """One page of proposals."""

    jumlah: int
    halaman: int
    halaman_terakhir: int
    data: list[Record]


def _parameters() -> list[dict[str, Any]]:
    names = [*((name, one.label) for name, one in ProposalFilters.filters.items()), (PARAMETER, "Halaman")]
    return [
        {"in": "query", "name": name, "required": False, "description": label, "schema": {"type": "string"}}
        for name, label in names
    ]


@api.get(
    "/usulan", response=Records, summary="Daftar usulan, dengan penyaring yang sama seperti halaman umum",
    openapi_extra={"parameters": _parameters()},
)  # fmt: skip
def proposals(request: HttpRequest) -> dict[str, Any]:
    """Return one page of the filtered list."""
    found = ProposalFilters(request, lists.public_list())
    page = paginate(request, found.rows, per_page=100)
    return {
        "jumlah": page.paginator.count,
        "halaman": page.number,
        "halaman_terakhir": page.paginator.num_pages,
        "data": [record(public.row(proposal)) for proposal in page],
    }


@api.get("/usulan.csv", summary="Semua usulan yang tersaring, sebagai CSV", openapi_extra={"parameters": _parameters()})
def proposals_csv(request: HttpRequest) -> HttpResponseBase:
    """Return the whole filtered list as CSV."""
    return download(ProposalFilters(request, lists.public_list()).rows, "usulan-hibah-bansos", "csv")


@api.get("/usulan/{number}", response=Record, summary="Satu usulan menurut nomornya")
def proposal(request: HttpRequest, number: str) -> dict[str, Any]:
    """Return one proposal."""
    found = lists.public_list().filter(number=number).first()
    if found is None:
        raise Http404
    return record(public.row(found))
