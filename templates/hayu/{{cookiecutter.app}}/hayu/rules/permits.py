"""A permit type as a region defines it: form, requirements, flow, time, validity, charge. Read from plain data.

The same data come from the profile's catalogue, from the administrator's editor and from a stored version, so every
fault is found here, all at once.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hayu.enums import AppKind, FieldKind
from hayu.rules import formula, sla

CODE = re.compile(r"[A-Z][A-Z0-9-]{1,19}")
KEY = re.compile(r"[a-z][a-z0-9_]{0,29}")
RESERVED_CODES = ("LAPOR", "RUJUK-OSS", "RUJUK-SIMBG")
VISITS = {"no": "Tidak", "optional": "Bila perlu", "yes": "Ya"}
NUMBER_PATTERN = "503/{jenis}/{no:04}/{opd}/{tahun}"
TEMPLATE = "izin"
ALL_KINDS = tuple(AppKind.values)


@dataclass(frozen=True, slots=True)
class Question:
    """One field of the application form, or one question of the minutes of a visit."""

    key: str
    label: str
    kind: FieldKind
    required: bool = True
    help: str = ""
    choices: tuple[str, ...] = ()

    @property
    def item(self) -> str:
        """Return its name in checklists and returns."""
        return f"isian:{self.key}"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One document to attach, for some kinds of application; one with `when` only where that answer is above `over`."""

    key: str
    name: str
    required: bool = True
    kinds: tuple[str, ...] = ALL_KINDS
    when: str = ""
    over: Decimal = Decimal(0)
    help: str = ""

    def is_required(self, answers: Mapping[str, Any]) -> bool:
        """Return whether an application with these answers needs it."""
        if not self.when:
            return self.required
        given = answers.get(self.when)
        return given not in (None, "") and Decimal(str(given)) > self.over

    @property
    def item(self) -> str:
        """Return its name in checklists and returns."""
        return f"syarat:{self.key}"


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a permit holds: months from its start, an end the applicant gave, or both (the earlier); else open."""

    text: str
    months: int | None = None
    start_key: str = ""
    end_key: str = ""
    max_days: int | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge: its formula, the constants of the rule, and the rule itself."""

    formula: str
    constants: tuple[tuple[str, Decimal], ...]
    basis: str


@dataclass(frozen=True, slots=True)
class PermitType:
    """One permit type in one version."""

    code: str
    name: str
    summary: str
    product: str
    days: int
    keywords: tuple[str, ...]
    basis: tuple[str, ...]
    procedure: tuple[str, ...]
    questions: tuple[Question, ...]
    minutes: tuple[Question, ...]
    requirements: tuple[Requirement, ...]
    validity: Validity
    object_key: str
    conditions: tuple[str, ...]
    field_visit: str
    technical_office: str
    deemed_approval: bool
    charge: Charge | None
    cost: int
    cost_note: str
    active: bool
    number_pattern: str
    template: str

    def needed(self, kind: str) -> tuple[Requirement, ...]:
        """Return the documents of a kind of application."""
        return tuple(item for item in self.requirements if kind in item.kinds)

    def items(self, kind: str) -> dict[str, str]:
        """Return what the officer checks: name of the item and its words."""
        asked = {question.item: question.label for question in self.questions}
        return asked | {item.item: item.name for item in self.needed(kind)}

    def ends(self, answers: Mapping[str, Any], start: dt.date) -> dt.date | None:
        """Return the last day of a permit that starts on `start`, None when it is open."""
        given = day_of(answers.get(self.validity.end_key, "")) if self.validity.end_key else None
        after = add_months(start, self.validity.months) - dt.timedelta(days=1) if self.validity.months else None
        return min((day for day in (given, after) if day), default=None)

    def starts(self, answers: Mapping[str, Any], signed: dt.date) -> dt.date:
        """Return the first day of a permit signed on `signed`."""
        given = day_of(answers.get(self.validity.start_key, "")) if self.validity.start_key else None
        return max(given, signed) if given else signed

    def charge_of(self, answers: Mapping[str, Any]) -> tuple[int, dict[str, str]]:
        """Return the charge in whole rupiah and the inputs it was computed from. Raises formula.FormulaError."""
        if self.charge is None:
            return self.cost, {}
        inputs = dict(self.charge.constants)
        for question in self.questions:
            if question.kind in (FieldKind.ANGKA, FieldKind.RUPIAH) and answers.get(question.key) not in (None, ""):
                inputs[question.key] = Decimal(str(answers[question.key]))
        read = formula.parse(self.charge.formula)
        return read.result(inputs), {name: str(inputs[name]) for name in sorted(read.names) if name in inputs}


def day_of(text: Any) -> dt.date | None:
    """Return a stored answer as a date, None without one."""
    return dt.date.fromisoformat(text) if isinstance(text, str) and text else None


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + year, month + 1, 1)
    following = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first.replace(day=1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


def parse(data: Mapping[str, Any]) -> PermitType:
    """Return a permit type from data that has no faults."""
    limits = data.get("limits") or {}
    charge = data.get("charge") or None
    return PermitType(
        code=data["code"],
        name=data["name"],
        summary=data["summary"],
        product=data["product"],
        days=int(data.get("days") or sla.DEFAULT_DAYS),
        keywords=tuple(data.get("keywords") or ()),
        basis=tuple(data["basis"]),
        procedure=tuple(data.get("procedure") or ()),
        questions=tuple(_question(row) for row in data.get("questions") or ()),
        minutes=tuple(_question(row) for row in data.get("minutes") or ()),
        requirements=tuple(_requirement(row) for row in data["requirements"]),
        validity=Validity(data["validity"], **{key: value for key, value in limits.items() if value}),
        object_key=data.get("object_key") or "",
        conditions=tuple(data.get("conditions") or ()),
        field_visit=data.get("field_visit") or "no",
        technical_office=data.get("technical_office") or "",
        deemed_approval=bool(data.get("deemed_approval")),
        charge=_charge(charge) if charge else None,
        cost=int(data.get("cost") or 0),
        cost_note=data.get("cost_note") or "",
        active=bool(data.get("active", True)),
        number_pattern=data.get("number_pattern") or NUMBER_PATTERN,
        template=data.get("template") or TEMPLATE,
    )


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        row["key"], row["label"], FieldKind(row["kind"]), bool(row.get("required", True)), row.get("help") or "",
        tuple(row.get("choices") or ()),
    )  # fmt: skip


def _requirement(row: Mapping[str, Any]) -> Requirement:
    when = row.get("when") or {}
    return Requirement(
        row["key"], row["name"], bool(row.get("required", True)) and not when, tuple(row.get("kinds") or ALL_KINDS),
        when.get("key", ""), Decimal(str(when.get("over", 0))), row.get("help") or "",
    )  # fmt: skip


def _charge(row: Mapping[str, Any]) -> Charge:
    constants = tuple((name, Decimal(str(value))) for name, value in sorted((row.get("constants") or {}).items()))
    return Charge(row["formula"], constants, row["basis"])


def key_of(text: str, taken: set[str]) -> str:
    """Return a key for some words, unlike those taken: "KTP pemohon" -> "ktp_pemohon"."""
    flat = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:26] or "butir"
    base = flat if flat[0].isalpha() else f"b_{flat}"[:26]
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}_{number}"
    return key


def from_profile(item: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the definition of a type of the profile's catalogue.

    `known` holds the form, documents and limits of the common types (data/permit_forms.json), and under `when` the
    answer above which a document of the profile's list is required; a type that is not in it asks for each document
    the profile names, and for the object of the permit in words.
    """
    form = dict(known.get(item["code"], {}))
    conditions: Mapping[str, Any] = form.pop("when", {})
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in item.items()}
    documents: list[dict[str, Any]] = []
    for name in plain["requirements"]:
        key = key_of(name, {row["key"] for row in documents})
        row = {"key": key, "name": name, "required": not _is_conditional(name), "kinds": _kinds(name)}
        documents.append(row | ({"when": conditions[name]} if name in conditions else {}))
    generic = {
        "questions": [{"key": "objek", "label": "Untuk apa izin ini", "kind": "teks", "required": True}],
        "object_key": "objek",
    }
    return plain | generic | {"requirements": documents} | form


def _is_conditional(name: str) -> bool:
    return " bila " in f" {name.lower()} "


def _kinds(name: str) -> list[str]:
    return [AppKind.PERPANJANG] if name.lower().startswith("untuk perpanjangan") else list(ALL_KINDS)
