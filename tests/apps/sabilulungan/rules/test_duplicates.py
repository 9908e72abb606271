"""Normal forms and signals (section 13)."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabilulungan.enums import Severity
from sabilulungan.rules.duplicates import Traces, compare, normal_address, normal_name, similarity, young

TEXT = st.text("ABCDEFGH ijkl.,-'1234", max_size=40)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("Yayasan Al-Ikhlas", "AL IKHLAS"),
        ("DKM  Al Ikhlas", "AL IKHLAS"),
        ("Drs. H. Maman Suparman, M.Pd.", "MAMAN SUPARMAN"),
        ("Yayasan", "YAYASAN"),
        ("Pondok Pesantren Nurul Falah", "NURUL FALAH"),
    ],
)
def test_normal_name(name, normal):
    assert normal_name(name) == normal


@pytest.mark.parametrize(
    ("address", "rt", "rw", "normal"),
    [
        ("Jalan Cikutra No.12", "3", "12", "JL CIKUTRA NO 12 RT 003 RW 012"),
        ("Jl. Cikutra Nomor 12 RT03/RW12", "3", "12", "JL CIKUTRA NO 12 RT 003 RW 012"),
        ("Gang  Mesjid no 05", "", "", "GG MESJID NO 5"),
    ],
)
def test_normal_address(address, rt, rw, normal):
    assert normal_address(address, rt, rw) == normal


@given(TEXT)
def test_normal_forms_are_stable(text):
    assert normal_name(normal_name(text)) == normal_name(text)
    assert normal_address(normal_address(text)) == normal_address(text)


@given(TEXT, TEXT)
def test_similarity_is_the_same_both_ways(one, other):
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1


def traces(key, **changes):
    base = {
        "key": key,
        "nik_tokens": frozenset({f"nik{key}"}),
        "account_token": f"account{key}",
        "phone_tokens": frozenset({f"phone{key}"}),
        "name": f"KELOMPOK KE {key}" * key,
        "address": f"JL {key}",
        "district": "32.73.01",
    }
    return Traces(**{**base, **changes})


def rules(one, other):
    return [(finding.rule, finding.severity) for finding in compare(one, other)]


def test_strangers_have_nothing_in_common():
    assert rules(traces(1), traces(5)) == []


def test_each_signal():
    one = traces(1, name="AL IKHLAS", address="JL A NO 1")
    assert rules(one, traces(5, nik_tokens=one.nik_tokens)) == [("F01", Severity.RED)]
    family = traces(2, family_token="kk")
    assert rules(family, traces(5, family_token="kk")) == [("F01", Severity.RED)]
    assert rules(family, traces(5, family_token="kk5")) == []
    assert rules(traces(2, email_token="surel"), traces(5, email_token="surel")) == [("F03", Severity.YELLOW)]
    assert rules(one, traces(5, account_token=one.account_token)) == [("F02", Severity.RED)]
    assert rules(one, traces(5, phone_tokens=one.phone_tokens)) == [("F03", Severity.YELLOW)]
    assert rules(one, traces(5, name="AL IKHLASS")) == [("F04", Severity.YELLOW)]
    assert rules(one, traces(5, name="AL IKHLASS", district="32.73.02")) == []
    assert rules(one, traces(5, address=one.address)) == [("F05", Severity.YELLOW)]
    assert rules(one, traces(5, address=one.address, name="AL IKHLASS")) == [
        ("F04", Severity.RED),
        ("F05", Severity.YELLOW),
    ]


def test_one_owner_of_two_accounts_but_not_two_namesakes_each_with_his_own():
    one = traces(1, owner="MAMAN SUPARMAN")
    assert rules(one, traces(5, owner="MAMAN SUPARMAN")) == [("F02", Severity.RED)]
    self = traces(2, name="MAMAN SUPARMAN", owner="MAMAN SUPARMAN", district="32.73.02")
    assert rules(one, self) == rules(self, one) == [("F02", Severity.RED)]
    namesake = traces(3, name="MAMAN SUPARMAN", owner="MAMAN SUPARMAN")
    assert rules(self, namesake) == []
    assert rules(one, traces(5, owner="MAMAN SUHERMAN")) == []
    same = traces(5, owner="MAMAN SUPARMAN", account_token=one.account_token)
    assert rules(one, same) == [("F02", Severity.RED)]  # told once, by the number


def test_two_points_less_than_30_m_apart_are_one_place():
    one = traces(1, name="AL IKHLAS", position=(-6.914744, 107.609810))
    near, far = (-6.914544, 107.609810), (-6.914444, 107.609810)  # 22 m and 33 m to the north
    assert rules(one, traces(5, position=near)) == [("F05", Severity.YELLOW)]
    assert rules(one, traces(5, position=near, name="AL IKHLASS")) == [("F04", Severity.RED), ("F05", Severity.YELLOW)]
    assert rules(one, traces(5, position=far)) == []
    assert rules(one, traces(5, position=None)) == []
    assert rules(one, traces(5, position=near, address="JL 1")) == [("F05", Severity.YELLOW)]  # told once
    there, back = compare(one, traces(5, position=near)), compare(traces(5, position=near), one)
    assert [finding.facts for finding in there] == [finding.facts for finding in back]


def test_empty_traces_never_match():
    empty = {"nik_tokens": frozenset(), "account_token": "", "phone_tokens": frozenset(), "name": "", "address": ""}
    assert rules(traces(1, **empty), traces(2, **empty)) == []


def test_registered_less_than_a_year_before_the_window():
    opens = dt.date(2026, 1, 1)
    assert young(dt.date(2025, 1, 2), opens)
    assert not young(dt.date(2025, 1, 1), opens)
    assert not young(None, opens)
