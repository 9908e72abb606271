"""Classification data and the search by everyday words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayu.enums import Risk, Scale
from hayu.rules import kbli, search


def test_both_versions_are_whole():
    assert len(kbli.activities("2020")) == 1790
    assert len(kbli.activities("2025")) == 1559
    assert len(kbli.sections()) == 22


def test_a_code_is_nothing_without_its_version():
    """2025 reuses codes of 2020 for other activities."""
    assert kbli.find("56102", "2020").title == "Rumah/Warung Makan"
    assert kbli.find("56102", "2025").title == "Aktivitas penyediaan makanan di bangunan tidak tetap"
    assert kbli.from_key("2025-01111").code == "01111"
    assert kbli.from_key("2017-01111") is None
    assert kbli.from_key("56102") is None


def test_leading_zero_is_kept():
    assert kbli.find("01271").title == "Pertanian kopi"
    assert kbli.find("1271") is None


def test_risk_of_code_scope_and_scale():
    restaurant = kbli.find("56101")
    assert kbli.risk(restaurant, Scale.MIKRO, 1) == Risk.MENENGAH_RENDAH
    assert kbli.risk(restaurant, Scale.KECIL, 1) == Risk.MENENGAH_TINGGI
    assert kbli.risk(restaurant, Scale.KECIL, 2) == Risk.MENENGAH_RENDAH
    assert kbli.risk(restaurant, Scale.BESAR, 2) == Risk.UNKNOWN
    assert kbli.risk(restaurant, Scale.KECIL) == Risk.MENENGAH_TINGGI  # without a choice the highest


def test_risk_is_known_only_in_part():
    assert kbli.risk(kbli.find("49296"), Scale.MIKRO) == Risk.UNKNOWN
    assert all(kbli.scopes(item) == () for item in kbli.activities("2020").values())


def test_old_code_to_new():
    assert kbli.successors()["56102"] == ("56101",)
    assert kbli.successors()["45407"] == ("95320",)
    assert kbli.successors()["96200"] == ("96100",)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("warung kopi", "56303"),
        ("laundry", "96100"),
        ("bengkel motor", "95320"),
        ("katering", "56290"),
        ("salon", "96210"),
        ("warung", "47112"),
        ("mau buka warung nasi", "56101"),
        ("Warung Sembako", "47112"),
        ("jual kopi keliling", "56306"),
        ("tukang jahit", "14120"),
        ("servis hp", "95102"),
        ("keripik singkong", "10794"),
        ("ternak lele", "03221"),
        ("pangkas rambut", "96210"),
        ("kos-kosan", "55909"),
        ("batu bata", "23921"),
        ("56303", "56303"),
    ],
)
def test_everyday_words(words: str, code: str):
    assert search.find(words)[0].activity.code == code


def test_old_number_leads_to_the_new_code():
    hits = search.find("45407")
    assert [hit.activity.code for hit in hits] == ["95320"]
    assert hits[0].reason.startswith("Kode lama 45407 (KBLI 2020)")


def test_nothing_fits():
    assert search.find("zzzz") == []
    assert search.find("") == []
    assert search.find("!!!") == []


def test_synonyms_point_to_codes():
    lost = [code for codes in search.synonyms().values() for code in codes if kbli.find(code) is None]
    assert lost == []


@given(st.text(max_size=80))
def test_any_text_is_searched_without_fault(text: str):
    hits = search.find(text)
    assert len(hits) <= search.LIMIT
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_each_title_finds_itself():
    """A title typed whole finds its own code among the first."""
    sample = list(kbli.activities().values())[::97]
    missed = [item.code for item in sample if item.code not in [hit.activity.code for hit in search.find(item.title)]]
    assert missed == []
