"""Open data: the months that may be shown, and the aggregates of one. No names, no cell below five people."""

from django.http import HttpRequest
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError

from core.region import region
from erk.domain.queries import public as aggregates

api = NinjaAPI(
    title="Data terbuka E-RK",
    version="1",
    description="Menit, beban kerja, dan tunjangan per kelas jabatan; tanpa nama, tanpa sel di bawah lima orang.",
    urls_namespace="erk_api",
    docs_url=None,
)


class AgencyOut(Schema):
    """One agency: people, approved minutes, load in per mille, its word, share handed in in time in per cent."""

    nama: str
    pegawai: int
    menit_disetujui: int
    beban_permil: int
    beban: str
    diajukan_persen: int


class BandOut(Schema):
    """Allowance of the classes of a band: people and whole rupiah."""

    kelas: str
    pegawai: int
    jumlah_tunjangan: int


class MonthOut(Schema):
    """The aggregates of a closed month; hidden are those of fewer than five people."""

    wilayah: str
    bulan: str
    perangkat_daerah: list[AgencyOut]
    perangkat_daerah_disembunyikan: int
    kelas_jabatan: list[BandOut]
    kelas_disembunyikan: int


@api.get("bulan", response=list[str], summary="Bulan yang sudah ditutup")
def months(request: HttpRequest) -> list[str]:
    """Return the closed months, newest first, as YYYY-MM."""
    return [f"{month:%Y-%m}" for month in aggregates.closed_months()]


@api.get("bulan/{bulan}", response=MonthOut, summary="Angka satu bulan")
def month(request: HttpRequest, bulan: str) -> MonthOut:
    """Return the aggregates of a closed month; 404 for any other."""
    found = next((m for m in aggregates.closed_months() if f"{m:%Y-%m}" == bulan), None)
    if found is None:
        raise HttpError(404, "Bulan itu tidak ada atau belum ditutup.")
    picture = aggregates.picture(found)
    return MonthOut(
        wilayah=region().region.name,
        bulan=bulan,
        perangkat_daerah=[
            AgencyOut(
                nama=row.name,
                pegawai=row.people,
                menit_disetujui=row.minutes,
                beban_permil=row.load_permille,
                beban=row.word,
                diajukan_persen=row.on_time_percent,
            )
            for row in picture.agencies
        ],
        perangkat_daerah_disembunyikan=picture.hidden_agencies,
        kelas_jabatan=[BandOut(kelas=b.label, pegawai=b.people, jumlah_tunjangan=b.amount) for b in picture.bands],
        kelas_disembunyikan=picture.hidden_bands,
    )
