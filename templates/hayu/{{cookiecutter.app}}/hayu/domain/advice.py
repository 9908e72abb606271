"""The result of the wizard in words: the sentence, the reason, the row of the table, the time, the next steps."""

from dataclasses import dataclass

from core import money
from core.errors import Refused
from core.region import region
from core.states import StateLook
from hayu.domain import catalogue
from hayu.domain.policy import office_short, policy
from hayu.enums import Lane, Risk, TableRow
from hayu.rules import kbli, looks
from hayu.rules.lane import Answers, Decision

_NIB = (
    "Siapkan KTP, NPWP, nomor telepon, dan alamat surel.",
    "Buka {oss}, buat akun, lalu isi data usaha. NIB terbit di sana.",
    "Ikuti petunjuk OSS sesuai tingkat risiko usaha Anda. Pendaftaran NIB tidak dipungut biaya.",
    "Perlu dibantu? Datang ke loket {opd} membawa KTP.",
)
_SIMBG = (
    "Siapkan data tanah, gambar rencana, dan data pemilik.",
    "Buka {simbg}, buat akun, lalu ajukan PBG atau SLF di sana.",
    "Perlu dibantu? Datang ke loket {opd} membawa KTP.",
)
_LAPOR = (
    "Isi nama usaha, tempat, dan data pemilik. Siapkan KTP.",
    "Tanda lapor dengan nomor dan kode QR langsung terbit.",
    "Usaha boleh langsung berjalan. Petugas mungkin datang memeriksa kemudian.",
)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the result page says."""

    look: StateLook
    reason: str
    row: int
    rule: str
    time: str
    cost: str
    steps: tuple[str, ...]
    outside: str = ""
    caution: str = ""


def rule_text(row: TableRow) -> str:
    """Return a row of the decision table in words, with the region's threshold."""
    limit = money.rupiah(policy().threshold)
    return {
        TableRow.BUILDING: "Yang diminta PBG atau SLF → SIMBG",
        TableRow.NOT_A_BUSINESS: "Bukan kegiatan usaha → izin daerah menurut daftar layanan",
        TableRow.EXCLUDED: "Jenis usaha ada di daftar pengecualian daerah → OSS",
        TableRow.HIGH_RISK: "Risiko usaha menengah tinggi atau tinggi → OSS",
        TableRow.BELOW: f"Modal kurang dari {limit} → cukup melapor",
        TableRow.AT_OR_ABOVE: f"Modal {limit} atau lebih → OSS",
    }[row]


def _steps(lines: tuple[str, ...]) -> tuple[str, ...]:
    words = {"{oss}": region().licences.oss_url, "{simbg}": region().licences.simbg_url, "{opd}": office_short()}
    found = []
    for line in lines:
        for mark, word in words.items():
            line = line.replace(mark, str(word))
        found.append(line)
    return tuple(found)


def advise(decision: Decision, answers: Answers) -> Advice:
    """Return the result of a decision in words."""
    look, row, rule = looks.VERDICTS[decision.lane], int(decision.row), rule_text(decision.row)
    if decision.lane == Lane.LAPOR:
        return Advice(
            look, _below(answers), row, rule, "Langsung, kira-kira satu menit mengisi", "Rp0", _steps(_LAPOR),
            caution=_caution(decision),
        )  # fmt: skip
    if decision.lane == Lane.RUJUK_SIMBG:
        reason = "Persetujuan bangunan (PBG) dan laik fungsi (SLF) hanya diterbitkan lewat SIMBG."
        return Advice(
            look, reason, row, rule, "Menurut SIMBG", "Menurut SIMBG", _steps(_SIMBG), region().licences.simbg_url
        )
    if decision.lane == Lane.IZIN:
        permit = catalogue.find(decision.permit_type)
        if permit is None:
            raise Refused("Izin ini tidak sedang dilayani di sini.")
        return Advice(look, permit.summary, row, rule, f"{permit.days} hari kerja", money.rupiah(permit.cost), ())
    return Advice(
        look,
        _oss_reason(decision, answers),
        row,
        rule,
        "Menurut OSS",
        "Rp0 untuk NIB",
        _steps(_NIB),
        region().licences.oss_url,
    )


def _below(answers: Answers) -> str:
    capital, limit = money.rupiah(answers.capital or 0), money.rupiah(policy().threshold)
    return f"Modal Anda {capital}, kurang dari batas {limit}, dan usaha ini tidak termasuk yang harus lewat OSS."


def _caution(decision: Decision) -> str:
    if decision.risk != Risk.UNKNOWN:
        return ""
    return (
        "Tingkat risiko usaha ini belum kami ketahui: daftar risiko yang kami miliki belum memuat kodenya. "
        "Anda tetap dapat melapor; bila ternyata berisiko tinggi, kami beri tahu dan bantu langkah di OSS."
    )


def _oss_reason(decision: Decision, answers: Answers) -> str:
    title = answers.activity.everyday if answers.activity else ""
    if decision.row == TableRow.EXCLUDED:
        return f"“{title}” termasuk {decision.exclusion}, yang perizinannya selalu lewat OSS, berapa pun modalnya."
    if decision.row == TableRow.HIGH_RISK:
        scope = next((f" ({item.name})" for item in kbli.scopes(answers.activity) if item.number == answers.scope), "")
        return f"Risiko “{title}”{scope} {str(decision.risk.label).lower()}, jadi perizinannya lewat OSS."
    capital, limit = money.rupiah(answers.capital or 0), money.rupiah(policy().threshold)
    return f"Modal Anda {capital}, sudah mencapai batas {limit}. Usaha sebesar ini diurus lewat OSS."
