"""Section `licences`: what a region decides about business reports and permits (hayu.md section 19)."""

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kit.profile.schema import licences_defaults as defaults
from kit.profile.schema.base import Section, field
from kit.profile.schema.types import Format, Text, Url

_TOKEN = re.compile(r"\{(?:kode|jenis|opd|tahun|bulan|no(?::0?[1-9])?)\}")


def _is_number_pattern(text: str) -> bool:
    rest = _TOKEN.sub("", text)
    return bool(re.search(r"\{no(?::0?[1-9])?\}", text)) and re.fullmatch(r"[\w ./-]*", rest) is not None


NumberPattern = Annotated[
    str,
    Format(
        "a number pattern with {no} or {no:06}, and any of {kode} {jenis} {opd} {tahun} {bulan}, letters, digits, ./-",
        _is_number_pattern,
    ),
]
TypeCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,19}$")]
KbliPrefix = Annotated[str, Field(pattern=r"^[0-9]{2,5}$")]


class Exclusion(Section):
    """Activities that never report here, whatever their capital; OSS licenses them."""

    reason: Text = field(doc="What they have in common, as people call it.", example="minuman beralkohol", used="H")
    version: Literal["2020", "2025"] = field("2025", doc="Version of the KBLI codes.", example="2025", used="H")
    codes: tuple[KbliPrefix, ...] = field(
        doc="KBLI codes, or their first digits for a whole group.", example=["56301", "861"], used="H", min_length=1
    )


class PermitType(Section):
    """A permit of the catalogue with its service standard (UU 25/2009, Permenpan 15/2014)."""

    code: TypeCode = field(doc="Stable code.", example="SIP-NAKES", used="H")
    name: Text = field(doc="What applicants read.", example="Surat Izin Praktik tenaga kesehatan", used="H")
    summary: Text = field(doc="Who needs it, in one sentence.", example="Untuk perawat dan bidan.", used="H")
    keywords: tuple[Text, ...] = field(
        (), doc="Everyday words that lead here.", example=["praktik bidan", "perawat"], used="H"
    )
    basis: tuple[Text, ...] = field(
        doc="Legal basis.", example=["UU Nomor 17 Tahun 2023 tentang Kesehatan"], used="H D", min_length=1
    )
    requirements: tuple[Text, ...] = field(
        doc="Documents to bring.", example=["KTP pemohon", "STR yang masih berlaku"], used="H", min_length=1
    )
    procedure: tuple[Text, ...] = field(
        doc="Steps, in order; {opd} becomes the short name of the licensing office.",
        example=["Datang ke loket {opd}."], used="H", min_length=1,
    )  # fmt: skip
    days: int = field(5, doc="Working days from a complete file to the decision.", example=5, used="H", ge=1, le=120)
    validity: Text = field(doc="How long it holds.", example="5 tahun", used="H")
    cost: int = field(0, doc="Charge in whole rupiah; 0 when there is none.", example=0, used="H", ge=0)
    cost_note: str = field("", doc="What is paid elsewhere.", example="Pajak reklame dibayar terpisah.", used="H")
    product: Text = field(doc="What the applicant receives.", example="Surat Izin Praktik (SIP)", used="H")
    field_visit: Literal["no", "optional", "yes"] = field(
        "no", doc="Whether officers visit first.", example="yes", used="H"
    )
    technical_office: str = field("", doc="Office that advises, if any.", example="Dinas Kesehatan", used="H")
    deemed_approval: bool = field(
        False, doc="Whether silence past the time counts as granted (UU 30/2014 art. 53).", example=False, used="H"
    )
    active: bool = field(True, doc="Whether the region issues it now.", example=True, used="H")


class Standard(Section):
    """Parts of the service standard that all types share (Permenpan 15/2014: manufacturing parts)."""

    facilities: Text = field(
        "Loket, ruang tunggu, kursi roda, ruang laktasi, dan komputer untuk pemohon",
        doc="Facilities.", example="Loket dan ruang tunggu", used="H",
    )  # fmt: skip
    staff_skill: Text = field(
        "Menguasai peraturan perizinan dan aplikasi, serta melayani dengan ramah",
        doc="Skill of staff.", example="Menguasai aplikasi", used="H",
    )  # fmt: skip
    staff_number: Text = field(
        "Sedikitnya dua petugas loket dan dua petugas verifikasi",
        doc="Number of staff.", example="Dua petugas loket", used="H",
    )  # fmt: skip
    internal_control: Text = field(
        "Pengawasan atasan langsung dan inspektorat; setiap tindakan tercatat di jejak audit",
        doc="Internal control.", example="Pengawasan atasan langsung", used="H",
    )  # fmt: skip
    guarantee_service: Text = field(
        "Diselesaikan sesuai waktu yang tertulis; bila terlambat pemohon diberi tahu alasannya",
        doc="Guarantee of service.", example="Selesai sesuai waktu", used="H",
    )  # fmt: skip
    guarantee_safety: Text = field(
        "Data pribadi dilindungi; keaslian dokumen dapat diperiksa dengan kode QR",
        doc="Guarantee of safety.", example="Data pribadi dilindungi", used="H",
    )  # fmt: skip
    evaluation: Text = field(
        "Survei kepuasan setelah layanan selesai, dievaluasi sedikitnya setahun sekali",
        doc="How performance is evaluated.", example="Survei kepuasan", used="H",
    )  # fmt: skip


class Sampling(Section):
    """Which reports are inspected afterwards."""

    percent: int = field(10, doc="Chance of a report to be drawn, in percent.", example=10, used="H", ge=0, le=100)
    near_limit: int = field(
        450_000_000, doc="Capital in rupiah from which every report is inspected.", example=450_000_000, used="H", ge=0
    )
    inspect_days: int = field(30, doc="Working days until the inspection.", example=30, used="H", ge=1, le=120)
    fix_days: int = field(14, doc="Working days to mend what was found.", example=14, used="H", ge=1, le=120)


class Applications(Section):
    """How often an application goes back for mending, and when applicants and holders are reminded."""

    return_rounds: int = field(
        2, doc="How often one application may be returned to be mended.", example=2, used="H", ge=1, le=5
    )
    mend_days: int = field(
        10, doc="Working days an applicant has to mend what was returned.", example=10, used="H", ge=1, le=60
    )
    remind_on: tuple[Annotated[int, Field(ge=1, le=60)], ...] = field(
        (3, 7, 9), doc="Working days after the return on which the applicant is reminded, in order.",
        example=[3, 7, 9], used="H",
    )  # fmt: skip
    expiry_notices: tuple[Annotated[int, Field(ge=1, le=60)], ...] = field(
        (60, 30, 7), doc="Calendar days before the end of a permit on which its holder is reminded, the first first.",
        example=[60, 30, 7], used="H", min_length=1,
    )  # fmt: skip

    @model_validator(mode="after")
    def _in_order(self) -> "Applications":
        if list(self.remind_on) != sorted(set(self.remind_on)):
            raise ValueError("`remind_on`: write each day once, the earliest first, such as [3, 7, 9]")
        if self.remind_on and self.remind_on[-1] >= self.mend_days:
            raise ValueError(
                f"`remind_on`: day {self.remind_on[-1]} is too late; each day lies before the end of `mend_days`"
                f" ({self.mend_days})"
            )
        if list(self.expiry_notices) != sorted(set(self.expiry_notices), reverse=True):
            raise ValueError("`expiry_notices`: write each number once, the greatest first, such as [60, 30, 7]")
        return self


class Delegation(Section):
    """Who decides in the name of the head of the region."""

    regulation: str = field(
        "", doc="Regulation that delegates.", example="Perwal Nomor 1 Tahun 2024", used="H D", max_length=300
    )
    signer: Text = field(
        "Kepala Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        doc="Post that signs, suspends and revokes.", example="Kepala DPMPTSP", used="H D",
    )  # fmt: skip


class Licences(Section):
    """Rules of Hayu. The threshold is Bandung's of 2017; a region need fill nothing."""

    report_basis: str = field(
        "", doc="The region's own regulation on business reports, as printed on the receipt.",
        example="Peraturan Wali Kota Bandung Nomor 1 Tahun 2024", used="H D", max_length=300,
    )  # fmt: skip
    capital_threshold: int = field(
        500_000_000,
        doc="Capital in rupiah (own and borrowed, without land and building) below which a business only reports.",
        example=500_000_000, used="H", ge=1_000_000, le=10_000_000_000,
    )  # fmt: skip
    kbli_version: Literal["2025"] = field("2025", doc="KBLI version of new reports.", example="2025", used="H")
    excluded: tuple[Exclusion, ...] = field(
        lambda: tuple(Exclusion(**row) for row in defaults.EXCLUDED),
        doc="Activities that OSS licenses whatever their capital.",
        example=[{"reason": "minuman beralkohol", "codes": ["56301"]}], used="H",
    )  # fmt: skip
    catalogue: tuple[PermitType, ...] = field(
        lambda: tuple(PermitType(**row) for row in defaults.CATALOGUE),
        doc="Permits the region issues itself.", example=[{"code": "SKP", "name": "Surat Keterangan Penelitian"}],
        used="H",
    )  # fmt: skip
    standard: Standard = field(
        Standard, doc="Shared parts of the service standard.", example={"facilities": "Loket dan ruang tunggu"},
        used="H",
    )  # fmt: skip
    number_pattern: NumberPattern = field(
        "{kode}-{jenis}-{tahun}-{no:06}", doc="Number of a report receipt; {kode} is the region's code without dots.",
        example="503/{no:05}/{opd}/{tahun}", used="H D",
    )  # fmt: skip
    sampling: Sampling = field(
        Sampling, doc="Inspection after the report.", example={"percent": 10, "fix_days": 14}, used="H"
    )
    applications: Applications = field(
        Applications, doc="Rounds of mending, and reminders.", example={"return_rounds": 2}, used="H"
    )
    stale_years: int = field(
        2, doc="Years without a yearly update until a report is marked as old.", example=2, used="H", ge=1, le=10
    )
    misses_per_hour: int = field(
        30, doc="Unknown codes one address may try in an hour on /cek.", example=30, used="H", ge=5, le=1000
    )
    delegation: Delegation = field(Delegation, doc="Who signs.", example={"signer": "Kepala DPMPTSP"}, used="H D")
    oss_link: Literal["off", "manual"] = field(
        "manual",
        doc="Whether a NIB may be noted on a report, to be compared with OSS by hand.",
        example="manual",
        used="H",
    )
    oss_url: Url = field("https://oss.go.id", doc="Address of OSS.", example="https://oss.go.id", used="H")
    simbg_url: Url = field(
        "https://simbg.pu.go.id", doc="Address of SIMBG.", example="https://simbg.pu.go.id", used="H"
    )
    report_line: Text = field(
        "SP4N-LAPOR! di lapor.go.id atau SMS 1708",
        doc="Where to report whoever asks for money.", example="SP4N-LAPOR! di lapor.go.id atau SMS 1708", used="H",
    )  # fmt: skip
    data_licence: Text = field("CC BY 4.0", doc="Licence of the open data.", example="CC BY 4.0", used="H")

    @model_validator(mode="after")
    def _consistent(self) -> "Licences":
        codes = [item.code for item in self.catalogue]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"`catalogue`: code {', '.join(twice)} stands twice")
        reserved = sorted({"LAPOR", "RUJUK-OSS", "RUJUK-SIMBG"} & set(codes))
        if reserved:
            raise ValueError(
                f"`catalogue`: {', '.join(reserved)} belongs to the app itself; give the type another code"
            )
        if self.sampling.near_limit > self.capital_threshold:
            raise ValueError("`sampling.near_limit` lies above `capital_threshold`: give a capital below the threshold")
        return self
