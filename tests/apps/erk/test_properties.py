"""What holds whatever a month brings: the pay list is the sum of the slips, and more work never pays less."""

import datetime as dt
import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from recompute import Person, Piece, worked
from test_months import OCTOBER, approved, october  # noqa: F401  (a fixture)

import regions
from erk.domain import closing, months, policy
from erk.domain.queries import paylist
from erk.domain.statements import of_recap
from erk.enums import Absence, PolicyKind
from erk.models import Cuti, Kehadiran, Rekap
from erk.rules import budget
from erk.rules.absence import AbsentDay
from erk.rules.allowance import AllowanceInputs, Slip, allowance
from erk.rules.monthly import Facts, Logged, Record, Segment, assemble
from erk.rules.policy import Policy

DAYS = [dt.date(2026, 10, day) for day in range(1, 32) if dt.date(2026, 10, day).weekday() < 5]
CLASSES = [{"grade": 7, "workload": 6_000_001, "other": 333_333}, {"grade": 9, "workload": 9_500_000}]
RULES = [
    Policy.from_values(regions.performance(tpp_classes=CLASSES, formula={"policy": kind, "gate": gate}))
    for kind in PolicyKind
    for gate in ("TOTAL", "PRODUKTIVITAS")
]
minutes = st.integers(0, 700)
days = st.sampled_from(DAYS)
logs = st.dictionaries(days, st.builds(Logged, minutes, minutes, st.sampled_from([450, 600])), max_size=22)
away = st.dictionaries(days, st.tuples(st.sampled_from(Absence), st.integers(1, 20)), max_size=12)
faults = st.lists(
    st.builds(Record, days, st.integers(0, 200), st.integers(0, 200), st.integers(0, 2), st.booleans()), max_size=8
)
worlds = st.builds(
    lambda logged, absent, records, split, cut: Facts(
        working_days=22,
        target=6000,
        segments=tuple(Segment("Analis", grade, n) for grade, n in ((7, split[0]), (9, split[1])) if n),
        logged=logged,
        absent=tuple(AbsentDay(day, kind, nth) for day, (kind, nth) in sorted(absent.items())),
        records=tuple(records),
        h=Decimal(cut) / 100,
    ),
    logs,
    away,
    faults,
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(any),
    st.sampled_from([0, 0, 25]),
)
policies = st.sampled_from(RULES)


def paid(facts: Facts, rules: Policy) -> Slip:
    return allowance(assemble(facts, rules).inputs, rules.allowance)


@settings(max_examples=60, deadline=None)
@given(worlds, policies)
def test_every_month_pays_from_nothing_to_the_ceiling_and_the_same_again(facts, rules):
    slip = paid(facts, rules)
    assert 0 <= slip.tpp <= slip.ceiling <= 9_500_000
    assert paid(facts, rules) == slip
    stored = json.loads(json.dumps(slip.inputs.as_json()))
    assert allowance(AllowanceInputs.from_json(stored), rules.allowance) == slip
    formula = {"policy": rules.allowance.kind, "gate": rules.allowance.gate}
    values = regions.performance(tpp_classes=CLASSES, formula=formula)
    again = Policy.from_values(json.loads(json.dumps(values)))
    assert (again, again.version) == (rules, rules.version)


TRAVEL = (AbsentDay(DAYS[0], Absence.DINAS_LUAR), AbsentDay(DAYS[1], Absence.DIKLAT))


@settings(max_examples=60, deadline=None)
@given(worlds, policies, days, st.integers(1, 400), st.booleans())
@example(
    Facts(22, 6000, (Segment("Analis", 7, 22),), {DAYS[2]: Logged(100, 50, 450)}, TRAVEL), RULES[0], DAYS[0], 90, True
)
def test_more_approved_minutes_never_pay_less(facts, rules, day, more, free):
    row = facts.logged.get(day, Logged(0, 0, 450))
    larger = replace(row, free=row.free + more) if free else replace(row, listed=row.listed + more)
    after = replace(facts, logged={**facts.logged, day: larger})
    assert assemble(after, rules).inputs.minutes >= assemble(facts, rules).inputs.minutes
    assert paid(after, rules).tpp >= paid(facts, rules).tpp


@settings(max_examples=60, deadline=None)
@given(logs, away)
def test_minutes_and_credits_add_up_as_recomputed_apart(logged, absent):
    spell = tuple(AbsentDay(day, kind, nth) for day, (kind, nth) in sorted(absent.items()))
    month = assemble(Facts(22, 6000, (Segment("Analis", 7, 22),), logged, spell), RULES[0])
    person = Person("", "", "", [], overtime={day for day, row in logged.items() if row.cap == 600})
    for day, row in logged.items():
        person.pieces += [Piece(day, 0, row.listed, norm=600), Piece(day, 0, row.free, free=True)]
    instead = {day: RULES[0].absences[kind].credit for day, (kind, _) in absent.items()}
    assert month.approved + month.credited == worked(person, logged.keys(), instead)


PEOPLE = ("ana", "budi", "kabid", "kepala", "cici", "camat", "sekda")
nth = st.integers(0, 21)
month_of_one = st.tuples(
    st.dictionaries(nth, st.tuples(st.integers(30, 600), st.booleans()), max_size=14),
    st.dictionaries(nth, st.sampled_from(["ALPA", "IZIN", "DINAS_LUAR", "HADIR"]), max_size=5),
    st.sampled_from([None, "SAKIT", "MELAHIRKAN", "BESAR", "TAHUNAN"]),
)
cities = st.dictionaries(st.sampled_from(PEOPLE), month_of_one, min_size=1)


def happen(world, october, city) -> None:  # noqa: F811
    """Store a random month: work in one stretch a day, attendance, leave in the last week."""
    for name, (work, attended, leave) in city.items():
        who = getattr(world, name)
        for day, (length, free) in work.items():
            approved(world, who, october[day], length, item=world.lain if free else None)
        Kehadiran.objects.bulk_create(
            Kehadiran(pegawai=who, tanggal=october[day], status=status, sumber="uji", menit_tl=17, masuk="07:47")
            for day, status in attended.items()
        )
        if leave:
            Cuti.objects.create(
                pegawai=who, jenis=leave, mulai=october[17], akhir=october[21], dokumen="1", disetujui=True
            )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cities)
def test_the_pay_list_is_the_sum_of_the_slips_by_employee_and_budget_line(world, october, rules_changed, city):  # noqa: F811
    rules_changed(tpp_classes=[{"grade": g, "workload": g * 1_000_003, "other": g * 50_001} for g in range(1, 18)])
    before = transaction.savepoint()
    try:
        happen(world, october, city)
        closing.compute(OCTOBER)
        Rekap.objects.update(state="FINAL")
        agrees()
    finally:
        transaction.savepoint_rollback(before)
        policy.forget()


def agrees() -> None:
    recaps = {row.pegawai_id: row for row in Rekap.objects.select_related("kebijakan", "pegawai", "jabatan")}
    lines = list(paylist.pay_lines(OCTOBER))
    by_person: Counter[int] = Counter()
    by_line: Counter[str] = Counter()
    for line in lines:
        assert line.amount >= 0
        by_person[line.recap.pegawai_id] += line.amount
        by_line[line.line] += line.amount
    assert by_person == Counter({key: row.tpp for key, row in recaps.items()})
    assert sum(by_line.values()) == sum(row.tpp for row in recaps.values())
    agencies = {row.opd for row in recaps.values()}
    assert Counter(line.recap.pk for office in agencies for line in paylist.pay_lines(OCTOBER, office)) == Counter(
        line.recap.pk for line in lines
    )
    other = 0
    for row in recaps.values():
        slip = of_recap(row).slip
        assert (slip.tpp, 0 <= row.tpp <= row.pagu) == (row.tpp, True)
        other += min(row.tpp, int(slip.inputs.pl * slip.factor + Decimal("0.5"))) if row.tpp else 0
    assert by_line[budget.CONDITIONS] == other
    again = months.compute(OCTOBER)
    assert (again.computed, again.unchanged) == (0, len(recaps))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_what_is_parted_adds_up_and_follows_the_weights(amount, weights):
    found = budget.parted(amount, weights)
    assert (sum(found), min(found) >= 0) == (amount, True)
    if whole := sum(weights):
        assert all(abs(part * whole - amount * weight) <= whole for part, weight in zip(found, weights, strict=True))
