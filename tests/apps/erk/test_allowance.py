"""The allowance formula: the nine worked examples of erk.md section 11, and what must always hold."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regions
from erk.enums import Absence, Gate, PolicyKind
from erk.rules.absence import AbsentDay, Faults, credited, day_cuts, discipline_share, leave_factor
from erk.rules.allowance import AllowanceInputs, AllowancePolicy, allowance
from erk.rules.policy import Policy

RULES = Policy.from_values(regions.performance())
DEFAULT = RULES.allowance
DAY = dt.date(2026, 10, 1)


def days(kind: Absence, count: int) -> list[AbsentDay]:
    return [AbsentDay(DAY, kind, nth) for nth in range(1, count + 1)]


def test_the_default_policy_is_the_one_of_bandung():
    expected = AllowancePolicy(version=RULES.version, source=RULES.source, steps=DEFAULT.steps)
    assert expected == DEFAULT
    assert RULES.minutes_per_month == 6000


def test_example_1_full_allowance_with_one_late_arrival():
    d = discipline_share(Faults(events=(12,)), RULES.lateness, RULES.missed_assembly)
    slip = allowance(AllowanceInputs(pk=6_000_000, pl=0, minutes=6240, target=6000, d=d), DEFAULT)
    assert (slip.c, slip.a) == (Decimal("1.04"), 1)
    assert (slip.prod, slip.dis) == (3_600_000, 2_388_000)
    assert slip.tpp == 5_988_000


def example_2() -> AllowanceInputs:
    absent = [*days(Absence.TAHUNAN, 1), *days(Absence.ALPA, 1)]
    d = discipline_share(Faults(events=(40, 55), missing=1), RULES.lateness, RULES.missed_assembly)
    minutes = 5100 + credited(absent, RULES.absences, {})
    return AllowanceInputs(
        pk=9_500_000,
        pl=0,
        minutes=minutes,
        target=6000,
        d=d,
        t=day_cuts(absent, RULES.absences),
        f=leave_factor(absent, RULES.absences, 21),
    )


def test_example_2_leave_alpa_late_and_a_missing_record():
    inputs = example_2()
    assert (inputs.minutes, inputs.d, inputs.t, inputs.f) == (5400, Decimal("0.035"), Decimal("0.05"), 1)
    slip = allowance(inputs, DEFAULT)
    assert slip.c == Decimal("0.9")
    assert (slip.prod, slip.dis, slip.before_cuts) == (5_130_000, 3_667_000, 8_797_000)
    assert slip.tpp == 8_357_150


def test_example_3_below_half_the_gate_takes_everything():
    inputs = AllowanceInputs(pk=6_000_000, pl=0, minutes=2850, target=6000)
    slip = allowance(inputs, DEFAULT)
    assert (slip.c, slip.gated, slip.tpp) == (Decimal("0.475"), True, 0)


def test_example_3_with_the_other_gate_only_productivity_falls_away():
    inputs = AllowanceInputs(pk=6_000_000, pl=0, minutes=2850, target=6000)
    slip = allowance(inputs, replace(DEFAULT, gate=Gate.PRODUKTIVITAS))
    assert (slip.prod, slip.gated, slip.tpp) == (0, False, 2_400_000)


def test_example_4_exactly_half():
    slip = allowance(AllowanceInputs(pk=6_000_000, pl=0, minutes=3000, target=6000), DEFAULT)
    assert (slip.a, slip.prod, slip.dis, slip.tpp) == (Decimal("0.5"), 1_800_000, 2_400_000, 4_200_000)


def test_example_5_all_or_nothing():
    slip = allowance(example_2(), replace(DEFAULT, kind=PolicyKind.AMBANG_PENUH))
    assert (slip.a, slip.prod, slip.dis, slip.tpp) == (0, 0, 3_667_000, 3_483_650)


def test_example_6_weights_of_skp_and_behaviour():
    weighted = replace(
        DEFAULT, weight_activity=Decimal("0.7"), weight_skp=Decimal("0.2"), weight_behaviour=Decimal("0.1")
    )
    slip = allowance(replace(example_2(), s=Decimal("0.95"), b=Decimal("0.88")), weighted)
    assert slip.pr == Decimal("0.908")
    assert (slip.prod, slip.before_cuts, slip.tpp) == (5_175_600, 8_842_600, 8_400_470)


def test_example_7_camat_under_a_disciplinary_cut():
    inputs = AllowanceInputs(pk=18_000_000, pl=2_000_000, minutes=6050, target=6000, h=Decimal("0.25"))
    slip = allowance(inputs, DEFAULT)
    assert (slip.prod, slip.dis, slip.before_cuts, slip.tpp) == (10_800_000, 7_200_000, 20_000_000, 15_000_000)


def test_example_8_a_whole_month_of_maternity_leave():
    absent = days(Absence.MELAHIRKAN, 21)
    minutes = credited(absent, RULES.absences, {})
    factor = leave_factor(absent, RULES.absences, 21)
    assert (minutes, factor) == (6300, Decimal("0.5"))
    slip = allowance(AllowanceInputs(pk=9_500_000, pl=0, minutes=minutes, target=6000, f=factor), DEFAULT)
    assert (slip.c, slip.tpp) == (Decimal("1.05"), 4_750_000)


def test_example_9_six_days_ill():
    absent = days(Absence.SAKIT_LAMA, 6)
    minutes = 4700 + credited(absent, RULES.absences, {})
    factor = leave_factor(absent, RULES.absences, 22)
    assert minutes == 6500
    assert round(factor, 6) == Decimal("0.781818")
    slip = allowance(AllowanceInputs(pk=6_000_000, pl=0, minutes=minutes, target=6000, f=factor), DEFAULT)
    assert slip.tpp == 4_690_909


def test_the_slip_carries_rule_version_source_and_every_input():
    slip = allowance(example_2(), DEFAULT)
    assert (slip.version, slip.source) == (
        RULES.version,
        "Peraturan kepala daerah tentang tambahan penghasilan pegawai",
    )
    assert AllowanceInputs.from_json(slip.inputs.as_json()) == slip.inputs


def test_a_step_pays_its_factor_from_its_edge_on():
    steps = replace(DEFAULT, kind=PolicyKind.BERTINGKAT)
    factors = [
        allowance(AllowanceInputs(pk=1_000_000, pl=0, minutes=minutes, target=6000), steps).a
        for minutes in (2999, 3000, 4499, 4500, 5400, 5999, 6000)
    ]
    assert factors == [0, Decimal("0.5"), Decimal("0.5"), Decimal("0.75"), Decimal("0.9"), Decimal("0.9"), 1]


@pytest.mark.parametrize(
    "change",
    [
        {"weight_activity": Decimal("0.9")},
        {"productivity": Decimal("0.7")},
        {"threshold": Decimal("1.5")},
        {"kind": PolicyKind.BERTINGKAT, "steps": ((Decimal("0.5"), Decimal("0.9")), (Decimal(1), Decimal("0.5")))},
        {"kind": PolicyKind.BERTINGKAT, "steps": ()},
    ],
)
def test_a_policy_that_could_pay_wrongly_is_refused(change):
    with pytest.raises(ValueError, match=r"100 %|harus naik"):
        replace(DEFAULT, **change)


@pytest.mark.parametrize(
    "change", [{"pk": -1}, {"minutes": -1}, {"target": 0}, {"f": Decimal("1.1")}, {"h": Decimal(-1)}]
)
def test_inputs_that_cannot_be_are_refused(change):
    with pytest.raises(ValueError, match=r"negatif|antara 0 dan 1"):
        replace(example_2(), **change)


shares = st.decimals(min_value=0, max_value=1, places=4)
policies = st.builds(
    lambda kind, gate, wa, productivity, threshold: AllowancePolicy(
        version="uji",
        source="uji",
        kind=kind,
        gate=gate,
        threshold=threshold,
        steps=DEFAULT.steps,
        weight_activity=wa,
        weight_skp=1 - wa,
        weight_behaviour=Decimal(0),
        productivity=productivity,
        discipline=1 - productivity,
    ),
    st.sampled_from(PolicyKind),
    st.sampled_from(Gate),
    shares,
    shares,
    shares,
)
inputs = st.builds(
    AllowanceInputs,
    pk=st.integers(0, 60_000_000),
    pl=st.integers(0, 10_000_000),
    minutes=st.integers(0, 20_000),
    target=st.integers(1, 9_000),
    d=st.decimals(min_value=0, max_value=3, places=4),
    t=st.decimals(min_value=0, max_value=3, places=4),
    f=shares,
    h=shares,
    s=shares,
    b=shares,
)


@given(inputs, policies)
def test_never_negative_and_never_above_the_ceiling(values, policy):
    slip = allowance(values, policy)
    assert 0 <= slip.tpp <= values.pk + values.pl


@given(inputs, policies, st.integers(0, 5_000))
def test_more_minutes_never_pay_less(values, policy, more):
    assert allowance(replace(values, minutes=values.minutes + more), policy).tpp >= allowance(values, policy).tpp


@given(inputs, policies)
def test_the_same_inputs_give_the_same_slip_also_after_storage(values, policy):
    again = AllowanceInputs.from_json(values.as_json())
    assert allowance(again, policy) == allowance(values, policy)
