"""The slip of one employee's month: computed now for a running month, or again from what was stored."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from core import dates
from erk.domain import policy
from erk.domain.facts import MonthReader
from erk.domain.months import stage
from erk.enums import MonthState
from erk.models import Jabatan, Pegawai, Rekap
from erk.rules.allowance import AllowanceInputs, AllowancePolicy, Slip, allowance
from erk.rules.monthly import Month, Unrated, assemble
from erk.rules.windows import month_bounds


@dataclass(frozen=True, slots=True)
class Statement:
    """A slip with its month and the position that is paid."""

    month: dt.date
    state: MonthState
    slip: Slip
    approved: int
    credited: int
    detail: dict[str, Any]
    policy: AllowancePolicy
    position: Jabatan
    recap: Rekap | None = None

    @property
    def stored(self) -> bool:
        """Return whether it is the stored recap, not an estimate."""
        return self.recap is not None


def of_recap(recap: Rekap) -> Statement:
    """Return the slip of a stored recap, computed again from its own inputs and rule version."""
    inputs = AllowanceInputs.from_json(recap.masukan)
    rules = policy.stored(recap.kebijakan).allowance
    return Statement(
        month=recap.bulan,
        state=MonthState(recap.state),
        slip=allowance(inputs, rules),
        approved=recap.menit_setuju,
        credited=recap.menit_pengganti,
        detail=recap.rincian,
        policy=rules,
        position=recap.jabatan,
        recap=recap,
    )


def statement(employee: Pegawai, month: dt.date) -> Statement | None:
    """Return the slip of an employee's month: the stored one of a closed month, else an estimate from today's data.

    None when the employee was not in the scheme that month, or a rating the rules need is missing. Three queries
    at most.
    """
    month = month.replace(day=1)
    recaps = Rekap.objects.select_related("kebijakan", "jabatan__opd", "pegawai")
    recap = recaps.filter(pegawai=employee, bulan=month).exclude(state=MonthState.TERBUKA).first()
    if recap:
        return of_recap(recap)
    rules = policy.for_month(month)
    person = next(MonthReader(month, rules).people([employee.pk]), None)
    if person is None:
        return None
    ended = dates.today() > month_bounds(month)[1]
    now_at = stage(month, dates.today(), rules, person.placement.jabatan.opd) if ended else MonthState.TERBUKA
    try:
        assembled: Month = assemble(person.facts, rules)
    except Unrated:
        return None
    return Statement(
        month=month,
        state=now_at,
        slip=allowance(assembled.inputs, rules.allowance),
        approved=assembled.approved,
        credited=assembled.credited,
        detail=assembled.detail,
        policy=rules.allowance,
        position=person.placement.jabatan,
    )
