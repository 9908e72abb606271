"""The shapes of what everybody may read: one row of a list, one page of a proposal and their parts."""

import datetime as dt
from dataclasses import dataclass, field

from core.pictures import Step
from core.states import StateLook
from sabilulungan.domain.queries.later import Later
from sabilulungan.rules import money

AMOUNT_LABELS = {
    "asked": "Diminta",
    "opd": "Rekomendasi dinas",
    "tp": "Tim Pertimbangan",
    "tapd": "Tim anggaran",
    "approved": "Disetujui",
    "budgeted": "Dianggarkan",
    "decreed": "Ditetapkan",
    "agreed": "Diperjanjikan",
    "paid": "Dibayar",
    "accounted": "Dipertanggungjawabkan",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of the chain in rupiah, and the public reason when it rose."""

    label: str
    rupiah: int
    rise: str = ""


@dataclass(frozen=True, slots=True)
class PublicRow:
    """One line of a list. `recipient_id` leads to the recipient's page and is empty for persons."""

    number: str
    budget_year: int
    kind: str
    form: str
    nature: str
    field: str
    office: str
    office_short: str
    title: str
    name: str
    recipient_type: str
    recipient_id: str
    address: str
    village: str
    district: str
    place_code: str
    look: StateLook
    step: str
    since: dt.datetime
    days: int
    late: int
    submitted: dt.datetime
    amounts: dict[str, int | None]
    ended: bool
    path: list[Step]
    report_due: dt.date | None = None
    report_filed: dt.date | None = None
    report_status: str = ""

    @property
    def asked(self) -> int:
        """Return what was asked, in rupiah."""
        return self.amounts["asked"] or 0

    @property
    def decided(self) -> Amount | None:
        """Return the latest public amount after what was asked, or None while nothing is decided."""
        stage, amount = money.current_amount(self.amounts)
        return None if stage == "asked" else Amount(AMOUNT_LABELS[stage], amount)


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the public timeline: what happened, by whom, when, after how many days, how late, why."""

    what: str
    who: str
    at: dt.datetime
    days: int
    late: int
    amount: int | None
    reason: str
    rise: str
    items: list[str]


@dataclass(frozen=True, slots=True)
class Line:
    """A cost line: amounts in rupiah."""

    number: int
    description: str
    volume: str
    unit: str
    unit_price: int
    asked: int
    opd: int | None
    decreed: int | None
    realised: int | None


@dataclass(frozen=True, slots=True)
class Voice:
    """An answered comment, or the recipient's own correction."""

    who: str
    at: dt.datetime
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A redacted copy everybody may read; size in bytes."""

    name: str
    public_id: str
    published: dt.datetime
    size: int


@dataclass(frozen=True, slots=True)
class PublicCase:
    """The public page of a proposal."""

    row: PublicRow
    background: str
    aims: str
    target_group: str
    beneficiaries: int | None
    place: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    chair: str
    amounts: list[Amount]
    path: list[Step]
    events: list[Event]
    lines: list[Line] = field(default_factory=list)
    exceptions: list[tuple[str, str]] = field(default_factory=list)
    later: Later | None = None
    voices: list[Voice] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    waits_for: str = ""
    findings: list[tuple[str, str]] = field(default_factory=list)
