"""The monthly recap: computed from stored facts, as often as needed, with the same result (erk.md section 10)."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates
from core.calendar import calendar
from core.models import User
from erk.domain import policy
from erk.domain.facts import MonthReader, Person
from erk.enums import MonthState, Role, Skema
from erk.models import KebijakanVersi, Opd, Pegawai, Penempatan, Rekap
from erk.rules import windows
from erk.rules.allowance import AllowanceInputs, AllowancePolicy, Slip, allowance
from erk.rules.monthly import Month, Unrated, assemble
from erk.rules.policy import Policy

FIELDS = (
    "state", "state_since", "opd", "jabatan", "kelas", "menit_setuju", "menit_pengganti", "target", "tpp", "prod",
    "dis", "pagu", "bagian_hadir", "kebijakan", "masukan", "rincian", "sidik", "dihitung_pada", "version",
)  # fmt: skip


@dataclass
class Result:
    """What a run did: rows computed anew, rows that came out the same, and people left out with the reason."""

    computed: int = 0
    unchanged: int = 0
    left_out: list[str] = field(default_factory=list)


def stage(month: dt.date, today: dt.date, rules: Policy) -> MonthState:
    """Return how far a month has come by the calendar."""
    return windows.month_stage(month, today, rules.input_days, rules.approval_days, calendar())


def compute(
    month: dt.date, *, opd: Opd | None = None, actor: User | None = None, request: HttpRequest | None = None
) -> Result:
    """Compute the recap of every employee in the scheme, or of one agency; safe to run again.

    One transaction an agency. A row whose inputs, detail, rules and stage are unchanged is not written. Months that
    have not begun are refused by the caller; a final month is never touched (there is none before its full closing).
    """
    month = month.replace(day=1)
    rules = policy.for_month(month)
    version = policy.note(rules)
    result = Result()
    for agency in [opd] if opd else Opd.objects.order_by("pk"):
        _compute_agency(month, agency, rules, version, result, actor, request)
    return result


def compute_due(today: dt.date) -> Result:
    """Compute the month before this one anew: decisions and attendance may still have come in."""
    return compute(windows.previous_month(today))


def members(month: dt.date, agency: Opd) -> list[int]:
    """Return the employees whose last placement in the month is in an agency, in the scheme."""
    first, last = windows.month_bounds(month)
    rows = Penempatan.objects.definitif().between(first, last).filter(skema=Skema.ERK)
    inside = rows.filter(jabatan__opd=agency).values("pegawai_id")
    newest = dict(rows.filter(pegawai_id__in=inside).order_by("mulai").values_list("pegawai_id", "jabatan__opd_id"))
    return [person for person, office in newest.items() if office == agency.pk]


def _compute_agency(
    month: dt.date,
    agency: Opd,
    rules: Policy,
    version: KebijakanVersi,
    result: Result,
    actor: User | None,
    request: HttpRequest | None,
) -> None:
    moment = dates.now()
    by_calendar = stage(month, dates.local(moment).date(), rules)
    state = MonthState.PRATINJAU if by_calendar == MonthState.TUTUP_VALIDASI else by_calendar
    with transaction.atomic():
        Opd.objects.select_for_update().get(pk=agency.pk)
        keys = members(month, agency)
        existing = {row.pegawai_id: row for row in Rekap.objects.filter(bulan=month, pegawai_id__in=keys)}
        fresh, changed = [], []
        for person in MonthReader(month, rules).people(keys):
            try:
                values = _values(person, rules)
            except (Unrated, KeyError) as problem:
                reason = str(problem) if isinstance(problem, Unrated) else f"kelas {problem} belum mempunyai pagu"
                result.left_out.append(f"{person.placement.pegawai.nama}: {reason}")
                continue
            seal = _seal(values, version.versi, state)
            row = existing.get(person.placement.pegawai_id)
            if row and row.sidik == seal:
                result.unchanged += 1
                continue
            row = row or Rekap(pegawai=person.placement.pegawai, bulan=month, version=0)
            if row.state != state:
                row.state, row.state_since = state, moment
            for name, value in values.items():
                setattr(row, name, value)
            row.kebijakan, row.sidik, row.dihitung_pada = version, seal, moment
            row.opd, row.jabatan = person.placement.jabatan.opd, person.placement.jabatan
            row.version += 1
            (changed if row.pk else fresh).append(row)
        Rekap.objects.bulk_create(fresh, batch_size=500)
        Rekap.objects.bulk_update(changed, FIELDS, batch_size=200)
        result.computed += len(fresh) + len(changed)
        if fresh or changed:
            audit.record(
                agency,
                "hitung_rekap",
                actor=actor,
                role=Role.VERIFIKATOR_BKPSDM if actor else "",
                target=state,
                data={"bulan": f"{month:%Y-%m}", "baris": len(fresh) + len(changed), "kebijakan": version.versi},
                request=request,
            )


def _values(person: Person, rules: Policy) -> dict[str, Any]:
    month = assemble(person.facts, rules)
    slip = allowance(month.inputs, rules.allowance)
    return {
        "kelas": person.placement.jabatan.kelas,
        "menit_setuju": month.approved,
        "menit_pengganti": month.credited,
        "target": month.inputs.target,
        "tpp": slip.tpp,
        "prod": slip.prod,
        "dis": slip.dis,
        "pagu": slip.ceiling,
        "bagian_hadir": round(month.present, 6),
        "masukan": month.inputs.as_json(),
        "rincian": month.detail,
    }


def _seal(values: dict[str, Any], version: str, state: str) -> str:
    canonical = json.dumps([values, version, state], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Statement:
    """A slip with its month: computed now for a running month, or again from what was stored."""

    month: dt.date
    state: MonthState
    slip: Slip
    approved: int
    credited: int
    detail: dict[str, Any]
    stored: bool
    policy: AllowancePolicy


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
        stored=True,
        policy=rules,
    )


def statement(employee: Pegawai, month: dt.date) -> Statement | None:
    """Return the slip of an employee's month: the stored one of a closed month, else a preview from today's data.

    None when the employee was not in the scheme that month, or a rating the rules need is missing.
    """
    month = month.replace(day=1)
    rules = policy.for_month(month)
    now_at = stage(month, dates.today(), rules)
    recap = Rekap.objects.filter(pegawai=employee, bulan=month).select_related("kebijakan").first()
    if recap and now_at != MonthState.TERBUKA:
        return of_recap(recap)
    person = next(MonthReader(month, rules).people([employee.pk]), None)
    if person is None:
        return None
    try:
        assembled: Month = assemble(person.facts, rules)
    except Unrated:
        return None
    slip = allowance(assembled.inputs, rules.allowance)
    return Statement(
        month=month,
        state=now_at,
        slip=slip,
        approved=assembled.approved,
        credited=assembled.credited,
        detail=assembled.detail,
        stored=False,
        policy=rules.allowance,
    )
