"""The decision table of hayu.md section 5."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayu.enums import Lane, Risk, Scale, TableRow, Wish
from hayu.rules import kbli, lane
from hayu.rules.lane import NEW_BUSINESS, Answers, Decision, Question
from helpers import POLICY

CODES = st.sampled_from(sorted(kbli.activities()))


def business(code: str, **answers) -> Answers:
    return Answers(Wish.USAHA, activity=kbli.find(code), **answers)


@pytest.mark.parametrize(
    ("capital", "expected"),
    [
        (0, Lane.LAPOR),
        (499_999_999, Lane.LAPOR),
        (500_000_000, Lane.RUJUK_OSS),
        (500_000_001, Lane.RUJUK_OSS),
    ],
)
def test_threshold(capital: int, expected: Lane):
    """The rule is "less than" (rows 5 and 6)."""
    decision = lane.next_step(business("96100", capital=capital), POLICY)
    assert isinstance(decision, Decision)
    assert decision.lane == expected
    assert decision.row == (TableRow.BELOW if expected == Lane.LAPOR else TableRow.AT_OR_ABOVE)


def test_building_goes_to_simbg():
    assert lane.next_step(Answers(Wish.BANGUNAN), POLICY) == Decision(Lane.RUJUK_SIMBG, TableRow.BUILDING)


def test_permit_needs_a_type_of_the_catalogue():
    assert lane.next_step(Answers(Wish.IZIN), POLICY) == Question.TYPE
    assert lane.next_step(Answers(Wish.IZIN, permit_type="HO"), POLICY) == Question.TYPE
    decision = lane.next_step(Answers(Wish.IZIN, permit_type="SKP"), POLICY)
    assert decision == Decision(Lane.IZIN, TableRow.NOT_A_BUSINESS, permit_type="SKP")


@pytest.mark.parametrize("code", ["56301", "47221", "86101", "86105"])
def test_excluded_whatever_the_capital(code: str):
    """Row 3 comes before capital: no further question."""
    decision = lane.next_step(business(code), POLICY)
    assert isinstance(decision, Decision)
    assert (decision.lane, decision.row) == (Lane.RUJUK_OSS, TableRow.EXCLUDED)


def test_high_risk_goes_to_oss_before_capital_is_asked():
    """10111, slaughterhouse: MT for every scale."""
    decision = lane.next_step(business("10111"), POLICY)
    assert isinstance(decision, Decision)
    assert (decision.lane, decision.row, decision.risk) == (Lane.RUJUK_OSS, TableRow.HIGH_RISK, Risk.MENENGAH_TINGGI)


def test_risk_belongs_to_code_scope_and_scale():
    """56101: a micro restaurant is MR, a small one MT; a food stall is MR for both."""
    assert lane.next_step(business("56101"), POLICY) == Question.SCOPE
    assert lane.next_step(business("56101", scope=1), POLICY) == Question.CAPITAL
    assert lane.next_step(business("56101", scope=1, capital=90_000_000), POLICY) == Question.SALES
    micro = lane.next_step(business("56101", scope=1, capital=90_000_000, sales=NEW_BUSINESS), POLICY)
    small = lane.next_step(business("56101", scope=1, capital=90_000_000, sales=2_000_000_001), POLICY)
    stall = lane.next_step(business("56101", scope=2, capital=90_000_000), POLICY)
    assert micro == Decision(Lane.LAPOR, TableRow.BELOW, risk=Risk.MENENGAH_RENDAH, scale=Scale.MIKRO)
    assert small == Decision(Lane.RUJUK_OSS, TableRow.HIGH_RISK, risk=Risk.MENENGAH_TINGGI, scale=Scale.KECIL)
    assert stall == Decision(Lane.LAPOR, TableRow.BELOW, risk=Risk.MENENGAH_RENDAH, scale=Scale.MIKRO)


def test_unknown_risk_is_said_and_not_guessed():
    """49296 (motorcycle taxi) has no level on OSS."""
    decision = lane.next_step(business("49296", capital=20_000_000), POLICY)
    assert decision == Decision(Lane.LAPOR, TableRow.BELOW, risk=Risk.UNKNOWN, scale=Scale.MIKRO)


ANSWER = {
    Question.WISH: st.sampled_from(Wish).map(lambda wish: {"wish": wish}),
    Question.TYPE: st.sampled_from(POLICY.types).map(lambda code: {"permit_type": code}),
    Question.ACTIVITY: CODES.map(lambda code: {"activity": kbli.find(code)}),
    Question.CAPITAL: st.integers(0, 2_000_000_000).map(lambda amount: {"capital": amount}),
    Question.SALES: st.one_of(st.just(NEW_BUSINESS), st.integers(0, 60_000_000_000)).map(lambda n: {"sales": n}),
}


@given(st.data())
def test_at_most_five_questions_and_always_an_end(data: st.DataObject):
    """Whatever is answered, the wizard asks no question twice and ends within five."""
    given_answers: dict = {}
    asked: list[Question] = []
    while isinstance(step := lane.next_step(Answers(**given_answers), POLICY), Question):
        assert step not in asked
        asked.append(step)
        if step == Question.SCOPE:
            numbers = [scope.number for scope in kbli.scopes(given_answers["activity"])]
            given_answers["scope"] = data.draw(st.sampled_from(numbers))
        else:
            given_answers |= data.draw(ANSWER[step])
    assert len(asked) <= 5


@given(CODES, st.integers(0, 999_999_999), st.integers(0, 999_999_999))
def test_more_capital_never_leads_back_to_reporting(code: str, one: int, other: int):
    low, high = sorted((one, other))
    activity = kbli.find(code)
    lanes = [lane.decide(activity, None, amount, Scale.MIKRO, POLICY).lane for amount in (low, high)]
    assert lanes != [Lane.RUJUK_OSS, Lane.LAPOR]


@given(CODES, st.integers(0, 10**12), st.sampled_from(Scale))
def test_only_below_the_threshold_and_never_with_high_risk(code: str, capital: int, scale: Scale):
    decision = lane.decide(kbli.find(code), None, capital, scale, POLICY)
    if decision.lane == Lane.LAPOR:
        assert capital < POLICY.threshold
        assert not kbli.is_high(decision.risk)
        assert POLICY.exclusion(kbli.find(code)) is None
