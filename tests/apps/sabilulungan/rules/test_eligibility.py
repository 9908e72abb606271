"""Who may apply: R02, R03, R04, R10, R12, R13."""

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from helpers import profile
from sabilulungan.enums import Form, Kind, Nature, RecipientType
from sabilulungan.rules.eligibility import Facts, full_years, verdicts

GOOD = Facts(
    day=dt.date(2026, 3, 1),
    budget_year=2027,
    kind=Kind.HIBAH,
    form=Form.UANG,
    nature=Nature.NON_FISIK,
    recipient=RecipientType.ORMAS,
    amount=45_000_000,
    address_inside=True,
    registered_on=dt.date(2018, 5, 1),
)


def found(rules=None, **changes):
    return [(verdict.rule, verdict.blocks) for verdict in verdicts(rules or profile(), replace(GOOD, **changes))]


def test_a_good_application_has_no_verdict():
    assert found() == []


def test_r02_outside_the_region():
    assert found(address_inside=False) == [("R02", True)]


def test_r03_in_three_modes():
    young = dt.date(2024, 1, 1)
    assert found(registered_on=young) == [("R03", False)]
    assert found(profile(registration={"years": 3, "mode": "block"}), registered_on=young) == [("R03", True)]
    assert found(profile(registration={"years": 3, "mode": "off"}), registered_on=young) == []
    assert found(registered_on=dt.date(2023, 3, 1)) == []
    assert found(registered_on=dt.date(2023, 3, 2)) == [("R03", False)]


def test_r04_ceilings():
    assert found(amount=50_000_000) == []
    assert found(amount=50_000_001) == [("R04", True)]
    assert found(amount=250_000_000, nature=Nature.FISIK) == []
    assert found(amount=50_000_001, exceptions=frozenset({"R04"})) == []
    assert found(amount=900_000_000, recipient=RecipientType.PEMERINTAH_PUSAT) == []


def test_check_05_paid_last_year():
    assert found(paid_years=frozenset({2026})) == [("R10", True)]
    assert found(paid_years=frozenset({2025})) == []
    assert found(paid_years=frozenset({2026}), exceptions=frozenset({"R10"})) == []
    assert found(profile(repeat={"gap_years": 0, "ban_years": 5}), paid_years=frozenset({2026})) == []


def test_r12_one_proposal_a_year():
    assert found(other_proposal="3273-2027-H-00012") == [("R12", True)]


def test_check_06_open_report_of_an_officer():
    assert found(open_years=frozenset({2024})) == [("R13", True)]
    assert found(open_years=frozenset({2020})) == []


@given(st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 40))
def test_full_years_change_on_the_day_itself(since, years):
    day = dt.date(since.year + years, since.month, min(since.day, 28))
    assert full_years(since.replace(day=min(since.day, 28)), day) == years
    assert full_years(since.replace(day=min(since.day, 28)), day - dt.timedelta(days=1)) == years - 1
