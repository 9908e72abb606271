"""The region's grant rules as one typed value, built from the rendered profile or from a stored version of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sabilulungan.enums import Form, FormSigner, Kind, Nature, Phase, RecipientType, Role, Stage
from sabilulungan.rules.after import AfterApproval


class ProfileError(ValueError):
    """The grant rules of a profile are incomplete."""


@dataclass(frozen=True, slots=True)
class StepRule:
    """A classic step: whether it is used, who owns it, in how many working days, its local name.

    `automatic`: the system passes a case on when the days are over (DISPOSISI), or routes it at once (KLASIFIKASI).
    """

    stage: Stage
    on: bool
    owner: Role
    days: int
    label: str
    automatic: bool


@dataclass(frozen=True, slots=True)
class Office:
    """An evaluating office; `code` is the scope of its officers."""

    code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class FieldRoute:
    """A field of activity (bidang) and the code of its office."""

    code: int
    name: str
    office: str


@dataclass(frozen=True, slots=True)
class SpecialWindow:
    """A window set for one budget year."""

    budget_year: int
    opens: dt.date
    closes: dt.date
    basis: str


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Highest amount in rupiah for proposals it fits; None stands for all."""

    kind: Kind
    form: Form | None
    nature: Nature | None
    exempt: frozenset[RecipientType]
    amount: int


@dataclass(frozen=True, slots=True)
class DocumentRule:
    """A document asked of applicants; empty sets mean everybody."""

    code: str
    name: str
    help: str
    kinds: frozenset[Kind]
    forms: frozenset[Form]
    natures: frozenset[Nature]
    recipients: frozenset[RecipientType]
    required: bool
    phase: Phase

    def fits(self, kind: Kind, form: Form, nature: Nature, recipient: RecipientType) -> bool:
        """Return whether this document belongs to such a proposal."""
        return all(
            not wanted or value in wanted
            for wanted, value in (
                (self.kinds, kind),
                (self.forms, form),
                (self.natures, nature),
                (self.recipients, recipient),
            )
        )


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity: cached once per version
class Profile:
    """All grant rules of one region at one time; a case keeps the one under which it was filed (section 16)."""

    regulation: str
    legal_bases: tuple[str, ...]
    steps: tuple[StepRule, ...]
    offices: tuple[Office, ...]
    fields: tuple[FieldRoute, ...]
    recommendation_signers: frozenset[FormSigner]
    window_opens: tuple[int, int]
    window_closes: tuple[int, int]
    special_windows: tuple[SpecialWindow, ...]
    repair_days: int
    ceilings: tuple[Ceiling, ...]
    registration_years: int
    registration_mode: str
    gap_years: int
    ban_years: int
    after: AfterApproval
    documents: tuple[DocumentRule, ...]
    full_names: bool
    data_licence: str

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> "Profile":
        """Build from the profile's section `grants`; ProfileError names what is missing or unknown."""
        try:
            return cls(
                regulation=values["regulation"],
                legal_bases=tuple(values["legal_bases"]),
                steps=tuple(
                    StepRule(
                        Stage(row["code"]),
                        row["on"],
                        Role(row["owner"]),
                        row["days"],
                        row["label"],
                        row.get("automatic", False),  # versions stored before the key was known have none
                    )
                    for row in values["steps"]
                ),
                offices=tuple(Office(row["code"], row["name"], row["short_name"]) for row in values["offices"]),
                fields=tuple(FieldRoute(row["code"], row["name"], row["office"]) for row in values["fields"]),
                recommendation_signers=frozenset(map(FormSigner, values["recommendation_signers"])),
                window_opens=_month_day(values["window"]["opens"]),
                window_closes=_month_day(values["window"]["closes"]),
                special_windows=tuple(
                    SpecialWindow(
                        row["budget_year"],
                        dt.date.fromisoformat(row["opens"]),
                        dt.date.fromisoformat(row["closes"]),
                        row["basis"],
                    )
                    for row in values["special_windows"]
                ),
                repair_days=values["repair_days"],
                ceilings=tuple(_ceiling(row) for row in values["ceilings"]),
                registration_years=values["registration"]["years"],
                registration_mode=values["registration"]["mode"],
                gap_years=values["repeat"]["gap_years"],
                ban_years=values["repeat"]["ban_years"],
                after=AfterApproval.read(values["after_approval"]),
                documents=tuple(_document(row) for row in values["documents"]),
                full_names=values["individual_names"] == "PENUH",
                data_licence=values["data_licence"],
            )
        except KeyError as error:
            raise ProfileError(f"The profile's grants lack {error}: render the region again with this kit.") from None
        except ValueError as error:
            raise ProfileError(f"The profile's grants hold what this version does not know: {error}.") from None

    def step(self, stage: Stage) -> StepRule:
        """Return the rule of a classic step."""
        return next(step for step in self.steps if step.stage == stage)

    def office(self, code: str) -> Office | None:
        """Return the office of this code, if the profile has it."""
        return next((office for office in self.offices if office.code == code), None)

    def office_name(self, code: str) -> str:
        """Return the office's name, or the code when the office is gone from the profile."""
        office = self.office(code)
        return office.name if office else code

    def office_short(self, code: str) -> str:
        """Return the office's short name, or the code when the office is gone from the profile."""
        office = self.office(code)
        return office.short_name if office else code

    def field(self, code: int | None) -> FieldRoute | None:
        """Return the field of activity of this number, if the profile has it."""
        return next((route for route in self.fields if route.code == code), None)

    def documents_for(
        self, kind: Kind, form: Form, nature: Nature, recipient: RecipientType, phase: Phase = Phase.USULAN
    ) -> tuple[DocumentRule, ...]:
        """Return the documents of a phase of such a proposal, required and optional, in the profile's order."""
        return tuple(
            rule for rule in self.documents if rule.phase == phase and rule.fits(kind, form, nature, recipient)
        )

    def ceiling_for(self, kind: Kind, form: Form, nature: Nature, recipient: RecipientType) -> int | None:
        """Return the highest amount in rupiah (R04), or None when nothing limits it. The first fitting rule counts."""
        for rule in self.ceilings:
            fits = rule.kind == kind and rule.form in (None, form) and rule.nature in (None, nature)
            if fits and recipient not in rule.exempt:
                return rule.amount
        return None


def _month_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


def _ceiling(row: Mapping[str, Any]) -> Ceiling:
    return Ceiling(
        Kind(row["kind"]),
        Form(row["form"]) if row["form"] else None,
        Nature(row["nature"]) if row["nature"] else None,
        frozenset(map(RecipientType, row["exempt"])),
        row["amount"],
    )


def _document(row: Mapping[str, Any]) -> DocumentRule:
    return DocumentRule(
        row["code"],
        row["name"],
        row["help"],
        frozenset(map(Kind, row["kinds"])),
        frozenset(map(Form, row["forms"])),
        frozenset(map(Nature, row["natures"])),
        frozenset(map(RecipientType, row["recipients"])),
        row["need"] == "required",
        Phase(row["phase"]),
    )
