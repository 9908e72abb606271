"""The monthly recap: computed from stored facts, as often as needed, with the same result (erk.md section 10)."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates
from core.models import User
from erk.domain import outages, policy
from erk.domain.facts import MonthReader, Person
from erk.enums import MonthState, Role
from erk.models import BulanOpd, KebijakanVersi, Opd, Penempatan, Rekap
from erk.rules import windows
from erk.rules.allowance import allowance
from erk.rules.monthly import Unrated, assemble
from erk.rules.policy import Policy

FIELDS = (
    "state", "state_since", "opd", "jabatan", "kelas", "menit_setuju", "menit_pengganti", "target", "tpp", "prod",
    "dis", "pagu", "bagian_hadir", "kebijakan", "masukan", "rincian", "sidik", "dihitung_pada", "version",
)  # fmt: skip
SIGNED = (MonthState.REKAP_OPD, MonthState.VERIFIKASI, MonthState.FINAL, MonthState.DIBAYAR)


@dataclass
class Result:
    """What a run did: rows anew, rows that came out the same, people left out and why, offices already signed."""

    computed: int = 0
    unchanged: int = 0
    left_out: list[str] = field(default_factory=list)
    signed: int = 0


def stage(month: dt.date, today: dt.date, rules: Policy, agency: Opd | None = None) -> MonthState:
    """Return how far a month has come by the calendar, of one agency or without any shift."""
    return outages.closing_days(month, rules, agency).stage(today)


def compute(
    month: dt.date, *, opd: Opd | None = None, actor: User | None = None, request: HttpRequest | None = None
) -> Result:
    """Compute the recap of every employee in the scheme, or of one agency; safe to run again.

    One transaction an agency. A row whose inputs, detail, rules and stage are unchanged is not written; the list of
    an agency that its head has signed is never touched. Months that have not begun are refused by the caller.
    """
    month = month.replace(day=1)
    rules = policy.for_month(month)
    version = policy.note(rules)
    result = Result()
    for agency in [opd] if opd else Opd.objects.order_by("pk"):
        _compute_agency(month, agency, rules, version, result, actor, request)
    return result


def members(month: dt.date, agency: Opd, rules: Policy, until: dt.date | None = None) -> list[int]:
    """Return the employees whose last placement in the month (or up to a day of it) is in an agency, in a scheme
    that the rules pay.
    """
    first, end = windows.month_bounds(month)
    last = min(end, until or end)
    rows = Penempatan.objects.definitif().between(first, last).filter(skema__in=rules.schemes)
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
    by_calendar = stage(month, dates.local(moment).date(), rules, agency)
    state = MonthState.PRATINJAU if by_calendar == MonthState.TUTUP_VALIDASI else by_calendar
    with transaction.atomic():
        Opd.objects.select_for_update().get(pk=agency.pk)
        if BulanOpd.objects.filter(opd=agency, bulan=month, state__in=SIGNED).exists():
            result.signed += 1
            return
        keys = members(month, agency, rules)
        existing = {row.pegawai_id: row for row in Rekap.objects.filter(bulan=month, pegawai_id__in=keys)}
        fresh, changed = [], []
        for person, values in _computed(month, keys, rules, result.left_out):
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
        # One INSERT … ON CONFLICT a batch: bulk_update builds a CASE for each column and row, ten times the work.
        Rekap.objects.bulk_create(
            changed, batch_size=500, update_conflicts=True, unique_fields=["pk"], update_fields=FIELDS
        )
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


def _computed(
    month: dt.date, keys: Collection[int], rules: Policy, left_out: list[str]
) -> Iterator[tuple[Person, dict[str, Any]]]:
    """Yield each person with the computed columns; who cannot be computed is added to `left_out` with the reason."""
    for person in MonthReader(month, rules).people(keys):
        try:
            yield person, values_of(person, rules)
        except (Unrated, KeyError) as problem:
            reason = str(problem) if isinstance(problem, Unrated) else f"kelas {problem} belum mempunyai pagu"
            left_out.append(f"{person.placement.pegawai.nama}: {reason}")


def differences(month: dt.date, agency: Opd) -> list[str]:
    """Return whose stored recap no longer follows from the facts, and who is missing, without writing anything."""
    rules = policy.for_month(month)
    keys = members(month, agency, rules)
    stored = {row.pegawai_id: row for row in Rekap.objects.filter(bulan=month, opd=agency).select_related("pegawai")}
    found: list[str] = []
    for person, values in _computed(month, keys, rules, found):
        row = stored.pop(person.placement.pegawai_id, None)
        if row is None or any(getattr(row, name) != values[name] for name in ("masukan", "rincian", "tpp")):
            found.append(person.placement.pegawai.nama)
    return found + [row.pegawai.nama for row in stored.values()]


def values_of(person: Person, rules: Policy) -> dict[str, Any]:
    """Return the computed columns of a recap. Raises Unrated or KeyError, as `assemble`."""
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
