"""NPHD with the six contents of Permendagri 32/2011 art. 13, and the integrity pact (art. 18, 36)."""

from typing import Any

from core import dates
from core.money import in_words
from core.region import region
from sabilulungan.domain.letters.shared import (
    decreed_rows,
    exact,
    facts,
    finance_office,
    leader_post,
    place_and_date,
    signer,
    sum_row,
)  # fmt: skip
from sabilulungan.domain.rulebook import profile_of
from sabilulungan.enums import Form
from sabilulungan.models import Proposal
from sabilulungan.rules.profile import Profile

PROMISES = (
    "memakai bantuan hanya untuk kegiatan dan rincian biaya yang ditetapkan;",
    "tidak meneruskan bantuan kepada pihak lain;",
    "menyimpan semua bukti penggunaan dan bersedia diperiksa;",
    "melaporkan penggunaan bantuan tepat waktu;",
    "menyetor kembali sisa bantuan ke kas daerah;",
    "menerima sanksi sesuai peraturan bila melanggar pakta ini.",
)


_DUTIES = (
    "PIHAK KEDUA menerima hibah secara utuh, memakainya sesuai rincian, menyimpan bukti, dan tidak meneruskannya "
    "kepada pihak lain."
)


def _breach(profile: Profile) -> str:
    return (
        f"Bila laporan tidak diterima sesudah {profile.after.warnings} peringatan, atau hibah disalahgunakan, PIHAK "
        f"KEDUA mengembalikan hibah dan tidak dapat menerima bantuan selama {profile.ban_years} tahun."
    )


def _sides(proposal: Proposal) -> dict[str, Any]:
    agreement = proposal.agreement
    day = place_and_date(agreement.signed_on)
    return {
        "kiri": {"baris": day, **signer(agreement.giver_post, agreement.giver_name)},
        "kanan": {"baris": "", **signer(leader_post(proposal), agreement.signer_name)},
    }


def nphd(proposal: Proposal) -> dict[str, Any]:
    """Return the grant agreement."""
    agreement, line = proposal.agreement, proposal.decree_line
    profile = profile_of(proposal)
    lines = list(proposal.lines.all())
    due = dates.day_and_month(profile.after.report_day(proposal.budget_year))
    what = "uang" if proposal.form == Form.UANG else "barang atau jasa"
    return {
        "judul": "Naskah Perjanjian Hibah Daerah",
        "nomor": agreement.number,
        "nomor_penerima": agreement.recipient_number,
        "kantor": finance_office(),
        "pembuka": f"Pada hari ini, {dates.date_in_words(agreement.signed_on)}, yang bertanda tangan di bawah ini:",
        "pihak_pertama": facts(
            ("Nama", agreement.giver_name), ("Jabatan", agreement.giver_post),
            ("Bertindak untuk", region().terms.government_long), ("Selanjutnya disebut", "PIHAK KESATU"),
        ),
        "pihak_kedua": facts(
            ("Nama", agreement.signer_name), ("Jabatan", leader_post(proposal)), ("Alamat", line.address),
            ("Selanjutnya disebut", "PIHAK KEDUA"),
        ),
        "pasal": [
            {"judul": "TUJUAN", "ayat": [
                f"PIHAK KESATU memberikan hibah berupa {what} kepada PIHAK KEDUA untuk {proposal.title}.",
                f"Dasarnya {line.decree.number} tanggal {dates.day_and_month(line.decree.signed_on)}.",
            ]},
            {"judul": "BESARAN DAN RINCIAN PENGGUNAAN", "ayat": [
                f"Besaran hibah {exact(agreement.amount)} ({in_words(agreement.amount)}) dengan rincian berikut.",
            ], "tabel": decreed_rows(lines), "jumlah": sum_row(3, agreement.amount)},
            {"judul": "HAK DAN KEWAJIBAN", "ayat": [
                "PIHAK KESATU berhak memantau dan memeriksa penggunaan hibah.",
                _DUTIES,
            ]},
            {"judul": "TATA CARA PENYALURAN", "ayat": [_way(proposal)]},
            {"judul": "TATA CARA PELAPORAN", "ayat": [
                f"PIHAK KEDUA menyampaikan laporan penggunaan kepada PIHAK KESATU paling lambat {due}.",
                "Sisa dana disetor kembali ke kas daerah dengan surat tanda setoran.",
            ]},
            {"judul": "SANKSI", "ayat": [
                _breach(profile),
            ]},
        ],
        "penutup": "Perjanjian ini dibuat rangkap empat, dua di antaranya bermeterai, dan berkekuatan hukum sama.",
        **_sides(proposal),
    }  # fmt: skip


def _way(proposal: Proposal) -> str:
    if proposal.form == Form.UANG:
        return "Hibah dibayarkan langsung ke rekening atas nama PIHAK KEDUA sesudah perjanjian ini ditandatangani."
    return "Hibah diserahkan dengan berita acara serah terima sesudah perjanjian ini ditandatangani."


def pact(proposal: Proposal) -> dict[str, Any]:
    """Return the integrity pact of hibah and bansos."""
    agreement, line = proposal.agreement, proposal.decree_line
    return {
        "judul": "Pakta Integritas",
        "nomor": agreement.number,
        "rincian": facts(
            ("Nama", agreement.signer_name), ("Jabatan", leader_post(proposal)), ("Alamat", line.address),
            ("Bantuan", f"{proposal.kind_label}, {exact(agreement.amount)}"), ("Untuk", proposal.title),
        ),
        "janji": list(PROMISES),
        "penutup": "Pakta ini kami buat dengan sadar dan tanpa paksaan.",
        **_sides(proposal),
    }  # fmt: skip
