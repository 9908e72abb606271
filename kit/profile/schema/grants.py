"""Section `grants`: what a region decides about hibah and bansos (domain rules in sabilulungan.md section 16)."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kit.profile.schema import grants_defaults as defaults
from kit.profile.schema.base import Section, field

StepCode = Literal["KELENGKAPAN", "DISPOSISI", "KLASIFIKASI", "EVALUASI", "PERIKSA_TP", "PERIKSA_TAPD", "PERSETUJUAN"]
StepOwner = Literal["TU", "KDH", "TP", "OPD", "TAPD", "KEU", "INSPEKTORAT"]
Kind = Literal["HIBAH", "BANSOS"]
Form = Literal["UANG", "BARANG", "JASA"]
Nature = Literal["FISIK", "NON_FISIK"]
Recipient = Literal[
    "PEMERINTAH_PUSAT",
    "PEMDA_LAIN",
    "BUMN_BUMD",
    "BADAN_LEMBAGA",
    "ORMAS",
    "KELOMPOK_MASYARAKAT",
    "LEMBAGA_NON_PEMERINTAH",
    "INDIVIDU",
    "KELUARGA",
]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
OfficeCode = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,38}$")]
Signer = Literal["KDH", "OPD"]
FormSigner = Literal["KEPALA_OPD", "CAMAT", "LURAH", "KETUA_TP"]

STEP_ORDER: tuple[StepCode, ...] = (
    "KELENGKAPAN",
    "DISPOSISI",
    "KLASIFIKASI",
    "EVALUASI",
    "PERIKSA_TP",
    "PERIKSA_TAPD",
    "PERSETUJUAN",
)
MAY_BE_AUTOMATIC = frozenset({"DISPOSISI", "KLASIFIKASI"})
ALWAYS_ON = frozenset({"KELENGKAPAN", "KLASIFIKASI", "EVALUASI", "PERSETUJUAN"})


class StepRule(Section):
    """One of the seven classic steps: on or off, who owns it, in how many working days."""

    code: StepCode = field(doc="Which of the seven classic steps.", example="PERIKSA_TP", used="S")
    on: bool = field(True, doc="Whether this region uses the step.", example=True, used="S")
    owner: StepOwner = field(doc="The role that decides here.", example="TP", used="S")
    days: int = field(doc="Working days the owner has.", example=5, used="S", ge=1, le=120)
    label: str = field("", doc="The region's own name of the step; empty keeps the usual one.", example="", used="S")
    automatic: bool = field(
        False,
        doc="DISPOSISI: the system passes a case on when its days are over. KLASIFIKASI: it routes a case by its field "
        "of activity at once. Logged as SISTEM.",
        example=True, used="S",
    )  # fmt: skip


class Office(Section):
    """An office that evaluates proposals."""

    code: OfficeCode = field(doc="Short stable code, the scope of its officers.", example="disdik", used="S")
    name: str = field(doc="Full name.", example="Dinas Pendidikan", used="S", min_length=3, max_length=120)
    short_name: str = field(doc="Short name for lists.", example="Disdik", used="S", min_length=2, max_length=40)


class FieldRoute(Section):
    """A field of activity (bidang) and the office it is routed to."""

    code: int = field(doc="Number of the field.", example=6, used="S", ge=1, le=99)
    name: str = field(doc="Name citizens understand.", example="Pendidikan", used="S", min_length=3, max_length=80)
    office: OfficeCode = field(doc="Code of the evaluating office.", example="disdik", used="S")


class Window(Section):
    """The yearly time for proposals, in the year before the budget year."""

    opens: MonthDay = field(doc="First day, MM-DD.", example="01-01", used="S")
    closes: MonthDay = field(
        doc="Last day, MM-DD, until midnight; a day past the month's end is its last day.", example="02-31", used="S"
    )


class SpecialWindow(Section):
    """A window for one budget year that replaces the yearly one, by decision of the head of region."""

    budget_year: int = field(doc="Budget year proposed for.", example=2027, used="S", ge=2011, le=2100)
    opens: dt.date = field(doc="First day.", example="2026-01-01", used="S")
    closes: dt.date = field(doc="Last day, until midnight.", example="2026-06-30", used="S")
    basis: str = field(doc="The regulation or letter that set it.", example="Perwal 309/2014", used="S", min_length=5)

    @model_validator(mode="after")
    def _in_order(self) -> "SpecialWindow":
        if self.closes < self.opens:
            raise ValueError("`closes` lies before `opens`: give the last day after the first")
        return self


class Ceiling(Section):
    """The most one recipient may get; the first rule that fits counts."""

    kind: Kind = field(doc="hibah or bansos.", example="HIBAH", used="S")
    form: Form | None = field(None, doc="Only this form; empty: all.", example="UANG", used="S")
    nature: Nature | None = field(None, doc="Only this nature; empty: both.", example="FISIK", used="S")
    exempt: tuple[Recipient, ...] = field(
        (), doc="Recipients it does not bind.", example=["PEMERINTAH_PUSAT"], used="S"
    )
    amount: int = field(doc="Whole rupiah.", example=250_000_000, used="S", ge=1)


class Registration(Section):
    """How long an organisation must have been registered (rule R03)."""

    years: int = field(3, doc="Full years on the day of filing.", example=3, used="S", ge=0, le=20)
    mode: Literal["block", "warn", "off"] = field(
        "warn", doc="What happens to a younger one.", example="warn", used="S"
    )


class Repeat(Section):
    """How often one recipient may receive (rules R10 and R12)."""

    gap_years: int = field(
        1, doc="Budget years without money after a grant; 0 allows every year.", example=1, used="S", ge=0, le=10
    )
    ban_years: int = field(5, doc="Years without new money after a missing report.", example=5, used="S", ge=0, le=20)


class DocumentRule(Section):
    """A document asked of applicants, and of whom. Empty lists mean everybody."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,38}$")] = field(
        doc="Stable code.", example="DOMISILI", used="S"
    )
    name: str = field(doc="What applicants read.", example="Surat keterangan domisili", used="S", min_length=3)
    help: str = field("", doc="Where to get it, or what it must hold.", example="Dari kelurahan.", used="S")
    kinds: tuple[Kind, ...] = field((), doc="Only for these kinds.", example=["HIBAH"], used="S")
    forms: tuple[Form, ...] = field((), doc="Only for these forms.", example=["UANG"], used="S")
    natures: tuple[Nature, ...] = field((), doc="Only for these natures.", example=["FISIK"], used="S")
    recipients: tuple[Recipient, ...] = field((), doc="Only from these recipients.", example=["ORMAS"], used="S")
    need: Literal["required", "optional"] = field(
        "required", doc="Whether a file without it is incomplete.", example="required", used="S"
    )
    phase: Literal["USULAN", "PENCAIRAN", "LPJ"] = field(
        "USULAN", doc="When it is asked: with the proposal, the pay-out request or the final report.",
        example="USULAN", used="S",
    )  # fmt: skip


class QuietPeriod(Section):
    """Days on which approving and paying shows a warning (rule R21), such as the weeks before an election."""

    first: dt.date = field(doc="First day.", example="2029-01-15", used="S")
    last: dt.date = field(doc="Last day.", example="2029-02-14", used="S")
    reason: str = field(doc="Why, as officers read it.", example="Masa kampanye pemilihan umum", used="S", min_length=5)

    @model_validator(mode="after")
    def _in_order(self) -> "QuietPeriod":
        if self.last < self.first:
            raise ValueError("`last` lies before `first`: give the last day after the first")
        return self


class AfterApproval(Section):
    """From approval to the accepted report: who signs, until when, how defaulters are warned."""

    decree_signer: Signer = field(
        "KDH", doc="Who signs the decree: the head of region, or the office's head by delegation.",
        example="OPD", used="S D",
    )  # fmt: skip
    agreement_signer: Signer = field(
        "KDH", doc="Who signs agreements and pacts for the region.", example="OPD", used="S D"
    )
    report_due: MonthDay = field(
        "01-10", doc="Last day of final reports, in the year after the budget year, MM-DD.", example="01-10", used="S"
    )
    report_check_days: int = field(
        14, doc="Working days in which a report is checked.", example=14, used="S", ge=1, le=120
    )
    report_repair_days: int = field(
        14, doc="Calendar days to mend a returned report.", example=14, used="S", ge=1, le=90
    )
    reminder_days: tuple[Annotated[int, Field(ge=1, le=365)], ...] = field(
        (60, 30, 7), doc="Days before the last day on which recipients are reminded.", example=[60, 30, 7], used="S"
    )
    warnings: int = field(3, doc="Warning letters before a sanction.", example=3, used="S", ge=1, le=5)
    warning_gap_days: int = field(7, doc="Days between two warning letters.", example=7, used="S", ge=1, le=60)
    cash_limit: int = field(
        5_000_000, doc="Most rupiah of unplanned aid paid in cash.", example=5_000_000, used="S", ge=0
    )
    recap_due: MonthDay = field(
        "01-05", doc="Day of the recap of unplanned aid, in the following year, MM-DD.", example="01-05", used="S"
    )
    quiet_periods: tuple[QuietPeriod, ...] = field(
        (), doc="Political quiet periods (rule R21).",
        example=[{"first": "2029-01-15", "last": "2029-02-14", "reason": "Masa kampanye pemilihan umum"}], used="S",
    )  # fmt: skip


class Grants(Section):
    """Rules of Sabilulungan. Every default is national law or common practice; a region need fill nothing."""

    regulation: str = field(
        "", doc="The region's own regulation on hibah and bansos, as shown to the public.",
        example="Peraturan Wali Kota Bandung Nomor 816 Tahun 2015", used="S D",
    )  # fmt: skip
    legal_bases: tuple[str, ...] = field(
        defaults.LEGAL_BASES, doc="National rules named on the public page.",
        example=["Permendagri Nomor 77 Tahun 2020"], used="S D",
    )  # fmt: skip
    steps: tuple[StepRule, ...] = field(
        lambda: tuple(StepRule(**row) for row in defaults.STEPS),
        doc="The seven classic steps, each once, in this order.",
        example=[{"code": "PERIKSA_TP", "on": False, "owner": "TP", "days": 5}], used="S",
    )  # fmt: skip
    offices: tuple[Office, ...] = field(
        lambda: tuple(Office(**row) for row in defaults.OFFICES),
        doc="Offices that evaluate.",
        example=[{"code": "disdik", "name": "Dinas Pendidikan", "short_name": "Disdik"}], used="S", min_length=1,
    )  # fmt: skip
    fields: tuple[FieldRoute, ...] = field(
        lambda: tuple(FieldRoute(**row) for row in defaults.FIELDS),
        doc="Fields of activity and their offices.",
        example=[{"code": 6, "name": "Pendidikan", "office": "disdik"}], used="S", min_length=1,
    )  # fmt: skip
    recommendation_signers: tuple[FormSigner, ...] = field(
        ("KEPALA_OPD",),
        doc="Whose signature the office's recommendation must carry before the team and the budget team decide: the "
        "office's head, camat and lurah of the recipient's place, the team's chair. They sign in this order; the "
        "others may sign too. Empty: nobody's.",
        example=["KEPALA_OPD", "CAMAT", "LURAH", "KETUA_TP"], used="S D",
    )  # fmt: skip
    window: Window = field(
        lambda: Window(**defaults.WINDOW), doc="When proposals are taken each year.",
        example={"opens": "01-01", "closes": "02-31"}, used="S",
    )  # fmt: skip
    special_windows: tuple[SpecialWindow, ...] = field(
        (), doc="Windows decided for one budget year.",
        example=[{"budget_year": 2027, "opens": "2026-01-01", "closes": "2026-06-30", "basis": "Perwal 309/2014"}],
        used="S",
    )  # fmt: skip
    repair_days: int = field(
        14, doc="Calendar days an applicant has to complete a returned file.", example=14, used="S", ge=1, le=90
    )
    ceilings: tuple[Ceiling, ...] = field(
        (), doc="Highest amounts (rule R04); none when empty.",
        example=[{"kind": "HIBAH", "form": "UANG", "nature": "FISIK", "amount": 250_000_000}], used="S",
    )  # fmt: skip
    registration: Registration = field(
        Registration, doc="Age of an organisation (rule R03).", example={"years": 3, "mode": "warn"}, used="S"
    )
    repeat: Repeat = field(
        Repeat, doc="How often one recipient may receive.", example={"gap_years": 1, "ban_years": 5}, used="S"
    )
    after_approval: AfterApproval = field(
        AfterApproval, doc="From approval to the accepted report.", example={"decree_signer": "OPD"}, used="S D"
    )
    documents: tuple[DocumentRule, ...] = field(
        lambda: tuple(DocumentRule(**row) for row in defaults.DOCUMENTS),
        doc="Documents of a proposal, of the pay-out request and of the final report.",
        example=[{"code": "DOMISILI", "name": "Surat keterangan domisili"}], used="S", min_length=1,
    )  # fmt: skip
    individual_names: Literal["INISIAL", "PENUH"] = field(
        "INISIAL",
        doc="Names of persons in public: initials, or full after the information officer's consequence test.",
        example="INISIAL", used="S",
    )  # fmt: skip
    data_licence: str = field("CC BY 4.0", doc="Licence of the open data.", example="CC BY 4.0", used="S")

    @model_validator(mode="after")
    def _consistent(self) -> "Grants":
        codes = tuple(step.code for step in self.steps)
        if codes != STEP_ORDER:
            raise ValueError(f"`steps` must hold each step once in this order: {', '.join(STEP_ORDER)}")
        off = [step.code for step in self.steps if not step.on and step.code in ALWAYS_ON]
        if off:
            raise ValueError(f"`steps`: {', '.join(off)} cannot be switched off; only DISPOSISI and PERIKSA_* can")
        decided = [step.code for step in self.steps if step.automatic and step.code not in MAY_BE_AUTOMATIC]
        if decided:
            raise ValueError(
                f"`steps`: {', '.join(decided)} is decided by people; only DISPOSISI and KLASIFIKASI run alone"
            )
        evaluation = self.steps[STEP_ORDER.index("EVALUASI")]
        if evaluation.owner != "OPD":
            raise ValueError("`steps`: EVALUASI belongs to the office of the field, its owner stays OPD")
        for name, keys in (
            ("offices", [office.code for office in self.offices]),
            ("fields", [str(route.code) for route in self.fields]),
            ("documents", [document.code for document in self.documents]),
        ):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise ValueError(f"`{name}`: code {', '.join(twice)} stands twice")
        known = {office.code for office in self.offices}
        lost = [f"{route.code} {route.name} -> {route.office}" for route in self.fields if route.office not in known]
        if lost:
            raise ValueError(f"`fields` name offices that `offices` does not hold: {'; '.join(lost)}")
        return self
