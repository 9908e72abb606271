"""New versions of the region's rules: drafted from those in force, checked, published ahead of time."""

import datetime as dt
from collections.abc import Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates
from core.errors import Fault, Refused
from core.models import User
from erk.domain import policy
from erk.enums import Role
from erk.models import KebijakanVersi
from erk.rules.numbers import Unsound
from erk.rules.policy import LATER, Policy
from erk.rules.windows import next_month

SECTIONS = {"bands_": "bands", "cliff_": "cliff_warning"}  # of the values, by what the parameter's name begins with
FORMULA = (
    "policy", "gate", "threshold", "steps", "weight_activity", "weight_skp", "weight_behaviour", "productivity",
    "discipline",
)  # fmt: skip
MINUTES = (
    "target_mode", "minutes_per_month", "minutes_per_day", "minutes_per_day_ramadan", "daily_cap",
    "daily_cap_ramadan", "daily_cap_overtime", "norm_factor", "free_text_share",
)  # fmt: skip
ATTENDANCE = ("absences", "short_illness_days", "lateness", "missed_assembly")
PAY = ("tpp_classes", "blud_percent")
WINDOWS = (
    "input_days", "return_days", "return_rounds", "escalation_days", "reopen_limit", "approval_days", "hearing_days",
    "auto_approve", "objection_days", "decision_days",
)  # fmt: skip
SIGNS = ("anomaly_points", "sampled_from", "sample_percent")
BANDS = ("bands_overloaded", "bands_full", "bands_loose", "bands_under_used")
CLIFF = ("cliff_from_day", "cliff_low", "cliff_high")
PARAMETERS = (*FORMULA, *MINUTES, *ATTENDANCE, *PAY, *WINDOWS, *SIGNS, *BANDS, *CLIFF)


def _place(name: str) -> tuple[str, str]:
    """Return the section a parameter stands in ("" for none) and its name there."""
    if name in FORMULA:
        return "formula", name
    prefix = next((prefix for prefix in SECTIONS if name.startswith(prefix)), "")
    return SECTIONS.get(prefix, ""), name.removeprefix(prefix)


def flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return every parameter the editor shows by its name, from the values of a version."""
    values, found = {**LATER, **values}, {}
    for name in PARAMETERS:
        section, key = _place(name)
        found[name] = (values[section] if section else values)[key]
    return found


def drafted(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a draft: those that would else hold on its first day, with what the editor wrote."""
    values = deepcopy(policy.values_on(changes["valid_from"]))
    values["regulation"], values["valid_from"] = changes["regulation"], changes["valid_from"].isoformat()
    for name in PARAMETERS:
        section, key = _place(name)
        (values[section] if section else values)[key] = changes[name]
    return values


def latest() -> dict[str, Any]:
    """Return the values that will hold last, for the editor to start from: those in force or published for later."""
    return policy.values_on(dt.date.max)


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the parameters in which two versions differ, in the editor's order; "50" is "50.00"."""
    first, second = flat(before), flat(after)
    return [name for name in PARAMETERS if _plain(first[name]) != _plain(second[name])]


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    try:
        return value if isinstance(value, bool) else Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        return value


def checked(values: Mapping[str, Any]) -> Policy:
    """Return the typed rules of a draft. Raises Refused with faults by field when they contradict themselves."""
    faults = list(_contradictions(flat(values)))
    try:
        rules = Policy.from_values(values)
    except Unsound as problem:
        faults += [Fault(name, sentence) for name, sentence in problem.faults]
    if faults:
        raise Refused(" ".join(fault.sentence for fault in faults), faults)
    return rules


def _contradictions(draft: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what the single fields cannot see; the kit's schema asks the same of a profile's bands and tables."""
    for day, cap in (("minutes_per_day", "daily_cap"), ("minutes_per_day_ramadan", "daily_cap_ramadan")):
        if draft[cap] < draft[day]:
            yield Fault(cap, f"Batas harian tidak boleh di bawah menit efektif sehari ({draft[day]} menit).")
    if draft["daily_cap_overtime"] < draft["daily_cap"]:
        yield Fault("daily_cap_overtime", f"SPT lembur menaikkan batas: paling sedikit {draft['daily_cap']} menit.")
    edges = [Decimal(draft[name]) for name in BANDS]
    for name, above, edge in zip(BANDS[1:], edges, edges[1:], strict=False):
        if edge >= above:
            yield Fault(name, "Batas pita harus turun: setiap batas di bawah yang sebelumnya.")
    if Decimal(draft["cliff_low"]) > Decimal(draft["cliff_high"]):
        yield Fault("cliff_high", "Batas atas peringatan tidak boleh di bawah batas bawahnya.")


def publish(user: User, values: Mapping[str, Any], *, request: HttpRequest | None = None) -> KebijakanVersi:
    """Publish a version of the rules and return it; past and running months keep theirs.

    Raises Refused with faults by field: not from the first day of a month to come, no legal basis, another version
    of that day, or rules that could pay wrongly.
    """
    rules = checked(values)
    faults = []
    earliest = next_month(dates.today())
    if rules.valid_from < earliest or rules.valid_from.day != 1:
        sentence = f"Aturan baru berlaku sejak awal bulan, paling cepat {dates.short_date(earliest)}."
        faults.append(Fault("valid_from", sentence))
    if len(rules.source.strip()) < 5:
        faults.append(Fault("regulation", "Isi dasar hukumnya."))
    if KebijakanVersi.objects.filter(berlaku=rules.valid_from, diterbitkan_oleh__isnull=False).exists():
        faults.append(Fault("valid_from", "Sudah ada versi yang berlaku sejak tanggal itu."))
    if faults:
        raise Refused("Aturan belum diterbitkan. Perbaiki yang bertanda.", faults)
    with transaction.atomic():
        row = KebijakanVersi.objects.create(
            versi=rules.version, berlaku=rules.valid_from, dasar=rules.source, nilai=values, diterbitkan_oleh=user
        )
        data = {
            "versi": row.versi,
            "berlaku": row.berlaku,
            "dasar": row.dasar,
            "berubah": changed(policy.values_on(rules.valid_from), values),
        }
        audit.record(row, "terbitkan_aturan", actor=user, role=Role.ADMIN_WILAYAH, data=data, request=request)
    policy.forget()
    return row
