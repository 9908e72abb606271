"""The reports by name: who may open them, their words, columns and rows."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core import dates
from core.export import Column
from core.models import User
from erk.domain.queries import listings, paylist
from erk.enums import Role
from erk.interfaces.words import month_label

_PERSON = (
    Column("Nama", lambda row: row.recap.pegawai.nama_lengkap),
    Column("NIP", lambda row: row.recap.pegawai.nip),
)


@dataclass(frozen=True, slots=True)
class Listing:
    """One report: the name in its address, title, a sentence, roles, columns, and a function from month to rows."""

    name: str
    title: str
    lead: str
    roles: tuple[Role, ...]
    columns: Sequence[Column]
    rows: Callable[[dt.date], Iterable[Any]]


_LOAD_READERS = (Role.VERIFIKATOR_BKPSDM, Role.PIMPINAN, Role.INSPEKTORAT)
_LOAD_COLUMNS = (
    Column("Perangkat daerah", lambda row: row.recap.opd.nama),
    *_PERSON,
    Column("Jabatan", lambda row: row.recap.jabatan.nama),
    Column("Beban tiga bulan", "shown"),
)
LISTINGS = (
    Listing(
        "daftar-bayar",
        "Daftar pembayaran",
        "Bulan yang sudah final, menurut mata anggaran; diikuti selisih koreksi yang jatuh tempo.",
        (Role.KEUANGAN, Role.VERIFIKATOR_BKPSDM),
        (
            Column("Perangkat daerah", lambda row: row.recap.opd.nama),
            *_PERSON,
            Column("Golongan", lambda row: row.recap.pegawai.golongan),
            Column("Jabatan", lambda row: row.recap.jabatan.nama),
            Column("Kelas", lambda row: row.recap.kelas),
            Column("Mata anggaran", "line"),
            Column("Uraian", "words"),
            Column("Jumlah", "amount"),
        ),
        paylist.pay_lines,
    ),
    Listing(
        "bahan-bayar",
        "Bahan pembayaran manual",
        "Yang sudah dihitung dan belum dibayar, dengan kolom berkas pembayaran manual: bila E-RK tidak dapat dipakai, "
        "lengkapi berkas ini, bayar, lalu kirim lewat Masukkan data.",
        (Role.KEUANGAN,),
        (
            Column("nip", lambda row: row.pegawai.nip),
            Column("bulan", lambda row: f"{row.bulan:%Y-%m}"),
            Column("jumlah", "tpp"),
            Column("tanggal_bayar", lambda row: ""),
            Column("sp2d", lambda row: ""),
            Column("dasar", lambda row: ""),
        ),
        paylist.unpaid,
    ),
    Listing(
        "bayar-manual",
        "Pembayaran manual",
        "Yang dibayar manual untuk bulan itu, di samping hitungan E-RK. Daftar pembayaran sudah menguranginya.",
        (Role.KEUANGAN, Role.VERIFIKATOR_BKPSDM),
        (
            Column("Perangkat daerah", lambda row: row.recap.opd.nama if row.recap else ""),
            Column("Nama", lambda row: row.payment.pegawai.nama_lengkap),
            Column("NIP", lambda row: row.payment.pegawai.nip),
            Column("Dibayar manual", lambda row: row.payment.jumlah),
            Column("Tanggal bayar", lambda row: row.payment.dibayar_pada),
            Column("SP2D", lambda row: row.payment.sp2d),
            Column("Dasar", lambda row: row.payment.dasar),
            Column("Hitungan E-RK", lambda row: row.recap.tpp if row.recap else ""),
            Column("Selisih", lambda row: "" if row.difference is None else row.difference),
        ),
        paylist.paid_by_hand,
    ),
    Listing(
        "e-kinerja",
        "Ekspor e-Kinerja nasional",
        "Aktivitas yang disetujui menurut NIP dan tanggal, dengan alamat buktinya.",
        (Role.VERIFIKATOR_BKPSDM,),
        (
            Column("NIP", lambda row: row.activity.pegawai.nip),
            Column("Tanggal", lambda row: row.activity.tanggal),
            Column("RHK", lambda row: row.activity.rhk.uraian if row.activity.rhk else ""),
            Column("Kegiatan", lambda row: row.activity.katalog.nama),
            Column("Uraian", lambda row: row.activity.uraian),
            Column("Volume", lambda row: float(row.activity.volume)),
            Column("Satuan", lambda row: row.activity.katalog.satuan),
            Column("Menit", lambda row: row.activity.menit_setuju),
            Column("Bukti", "proofs"),
        ),
        listings.national,
    ),
    Listing(
        "pp-94",
        "Pantauan PP 94/2021",
        "Hari tanpa keterangan sejak Januari. Daftar ini pengingat; hukuman hanya dengan surat keputusan.",
        (Role.VERIFIKATOR_BKPSDM, Role.INSPEKTORAT),
        (
            Column("Nama", lambda row: row.employee.nama_lengkap),
            Column("NIP", lambda row: row.employee.nip),
            Column("Hari tanpa keterangan", "days"),
            Column("Berturut-turut", "in_a_row"),
            Column("Jenjang", "step"),
        ),
        listings.watched,
    ),
    Listing(
        "di-bawah-75",
        "Capaian di bawah 75 %",
        "Menit disetujui dan pengganti dibanding target; setahun di bawah 75 % menahan kenaikan pangkat.",
        (Role.VERIFIKATOR_BKPSDM, Role.INSPEKTORAT),
        (
            Column("Perangkat daerah", lambda row: row.opd.nama),
            Column("Nama", lambda row: row.pegawai.nama_lengkap),
            Column("NIP", lambda row: row.pegawai.nip),
            Column("Jabatan", lambda row: row.jabatan.nama),
            Column("Menit", lambda row: row.menit_setuju + row.menit_pengganti),
            Column("Target", "target"),
            Column("Capaian (%)", lambda row: round(100 * (row.menit_setuju + row.menit_pengganti) / row.target)),
        ),
        listings.below,
    ),
    Listing(
        "atasan",
        "Ketelitian atasan",
        "Separuh keputusan diambil dalam sekian jam sesudah diajukan; bagian yang dikembalikan, diturunkan, ditolak.",
        (Role.VERIFIKATOR_BKPSDM, Role.INSPEKTORAT),
        (
            Column("Nama", "name"),
            Column("Diputuskan", "decided"),
            Column("Jam (median)", "hours"),
            Column("Diperbaiki (%)", lambda row: round(row.strict * 100)),
            Column("Naik karena tidak diputuskan", "passed"),
            Column("Beruntun kurang dari 3 detik (%)", lambda row: round(row.bulk * 100)),
        ),
        listings.diligence,
    ),
    Listing(
        "longgar",
        "Pegawai longgar",
        "Di bawah ambang pada dua dari tiga bulan terakhir; pegawai baru dan yang lama cuti tidak termasuk. "
        "Menit sedikit dapat berarti kerja yang tidak dicatat.",
        _LOAD_READERS,
        _LOAD_COLUMNS,
        listings.idle,
    ),
    Listing(
        "kelebihan-beban",
        "Pegawai kelebihan beban",
        "Menit yang disetujui melebihi batas atas pada bulan ini.",
        _LOAD_READERS,
        _LOAD_COLUMNS,
        listings.overloaded,
    ),
    Listing(
        "katalog",
        "Pemakaian katalog",
        "Berapa kali dan berapa menit setiap pekerjaan; yang sering kena batas norma perlu ditinjau normanya.",
        (Role.VERIFIKATOR_BKPSDM, Role.ADMIN_KATALOG),
        (
            Column("Kode", lambda row: row["katalog__kode"]),
            Column("Pekerjaan", lambda row: row["katalog__nama"]),
            Column("Norma", lambda row: row["katalog__norma"]),
            Column("Norma paling lama", lambda row: row["katalog__norma_maks"] or ""),
            Column("Kali", lambda row: row["times"]),
            Column("Menit", lambda row: row["minutes"]),
            Column("Kena batas", lambda row: row["at_cap"]),
        ),
        listings.catalogue_use,
    ),
    Listing(
        "skp",
        "SKP dan predikat",
        "Sasaran kinerja tahun bulan itu: sampai di mana, dan predikatnya bila sudah dinilai.",
        (Role.VERIFIKATOR_BKPSDM, Role.INSPEKTORAT),
        (
            Column("Perangkat daerah", lambda row: row.jabatan.opd.nama),
            Column("Nama", lambda row: row.pegawai.nama_lengkap),
            Column("NIP", lambda row: row.pegawai.nip),
            Column("Jabatan", lambda row: row.jabatan.nama),
            Column("Tahun", "tahun"),
            Column("Keadaan", lambda row: str(row.STATES[row.state].label)),
            Column("Predikat", lambda row: row.get_predikat_display()),
        ),
        listings.plans,
    ),
    Listing(
        "jejak-audit",
        "Jejak audit",
        "Setiap tindakan sebulan dengan pelaku, alasan, dan segelnya; segel mencakup baris sebelumnya.",
        (Role.INSPEKTORAT,),
        (
            Column("Nomor", "seq"),
            Column("Waktu", lambda row: f"{dates.local(row.at):%Y-%m-%d %H:%M:%S}"),
            Column("Pelaku", lambda row: row.actor_name or "sistem"),
            Column("Peran", "role"),
            Column("Objek", lambda row: f"{row.object_type} {row.object_id}"),
            Column("Tindakan", "action"),
            Column("Dari", "source"),
            Column("Menjadi", "target"),
            Column("Alasan", "note"),
            Column("Segel", "hash"),
        ),
        listings.audit_entries,
    ),
)


def listings_of(user: User) -> list[Listing]:
    """Return the reports a person may open."""
    return [row for row in LISTINGS if user.has_role(*row.roles)]


def recap_document(month: Any, recaps: Iterable[Any], amount: int) -> dict[str, Any]:
    """Return what the printed recap of an agency says (`rekap.typ`)."""
    return {
        "kantor": month.opd.nama,
        "bulan": month_label(month.bulan),
        "keadaan": str(month.STATES[month.state].label),
        "tanggal": dates.day_and_month(dates.today()),
        "jumlah": amount,
        "baris": [
            {
                "nama": row.pegawai.nama_lengkap,
                "nip": row.pegawai.nip_terbaca,
                "golongan": row.pegawai.golongan,
                "jabatan": row.jabatan.nama,
                "kelas": row.kelas,
                "pagu": row.pagu,
                "menit": row.menit_setuju,
                "pengganti": row.menit_pengganti,
                "prod": row.prod,
                "dis": row.dis,
                "lain": row.masukan["pl"],
                "potongan": row.prod + row.dis + row.masukan["pl"] - row.tpp,
                "tpp": row.tpp,
            }
            for row in recaps
        ],
    }


def cover_document(month: Any, lines: Iterable[Any], basis: str) -> dict[str, Any]:
    """Return what the cover of an agency's accountability papers says (`spj.typ`): sums by budget line."""
    sums: dict[tuple[str, str], list[int]] = {}
    for line in lines:
        cell = sums.setdefault((line.line, line.words), [0, 0])
        cell[0], cell[1] = cell[0] + 1, cell[1] + line.amount
    return {
        "kantor": month.opd.nama,
        "bulan": month_label(month.bulan),
        "keadaan": str(month.STATES[month.state].label),
        "tanggal": dates.day_and_month(dates.today()),
        "orang": month.orang,
        "dasar": basis,
        "dibayar": dates.short_date(month.dibayar_pada) if month.dibayar_pada else "-",
        "sp2d": month.sp2d or "-",
        "jumlah": sum(amount for _, amount in sums.values()),
        "baris": [
            {"kode": code, "uraian": words, "orang": people, "jumlah": amount}
            for (code, words), (people, amount) in sums.items()
        ],
    }


def log_document(employee: Any, placement: Any, month: dt.date, rows: Iterable[Any]) -> dict[str, Any]:
    """Return what the printed daily log of an employee says (`catatan.typ`)."""
    return {
        "nama": employee.nama_lengkap,
        "nip": employee.nip_terbaca,
        "jabatan": placement.jabatan.nama if placement else "",
        "kantor": placement.jabatan.opd.nama if placement else "",
        "bulan": month_label(month),
        "baris": [
            {
                "tanggal": f"{row.tanggal:%d-%m}",
                "jam": f"{row.mulai:%H.%M}–{row.selesai:%H.%M}",
                "kegiatan": row.katalog.nama,
                "uraian": row.uraian,
                "tugas": "utama" if row.rhk_id else "tambahan",
                "volume": f"{row.volume.normalize():f} {row.katalog.satuan}".replace(".", ","),
                "menit": row.menit_hitung if row.menit_setuju is None else row.menit_setuju,
                "keadaan": str(row.STATES[row.state].label),
                "paraf": "".join(word[0] for word in row.putus_oleh.full_name.split()[:3]) if row.putus_oleh else "",
            }
            for row in rows
        ],
    }
