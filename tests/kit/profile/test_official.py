"""The official data: totals, and what is derived from a code for all 552 regions."""

import pytest

from kit.profile import from_values, official, sample
from kit.profile.derive import derive, folder
from kit.profile.model import NAME_BLANK

ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
HEADS = {"kota": "Wali Kota", "kabupaten": "Bupati", "provinsi": "Gubernur"}


def test_totals() -> None:
    kinds = [one.kind for one in official.regions().values()]
    assert (kinds.count("provinsi"), kinds.count("kabupaten"), kinds.count("kota")) == (38, 416, 98)
    districts = [
        place for code in official.regions() if "." in code for place in official.territory(code) if place.level == 3
    ]
    assert len(districts) == 7285


@pytest.mark.parametrize(
    ("province", "regencies", "districts", "kelurahan", "desa"),
    [("32", 27, 627, 646, 5311), ("36", 8, 155, 314, 1238), ("52", 10, 117, 145, 1021)],
)
def test_totals_of_the_three_provinces(
    province: str, regencies: int, districts: int, kelurahan: int, desa: int
) -> None:
    places = official.territory(province)
    assert [sum(place.level == level for place in places) for level in (2, 3)] == [regencies, districts]
    assert [sum(place.kind == kind for place in places) for kind in ("kelurahan", "desa")] == [kelurahan, desa]


def test_folders_are_unique() -> None:
    assert len({official.slug(one) for one in official.regions().values()}) == len(official.regions())
    assert folder("52.71") == "52.71-kota-mataram"


def test_holidays_of_2026() -> None:
    days = [day for day in official.holidays() if day.date.startswith("2026")]
    assert [sum(day.kind == kind for day in days) for kind in ("public", "government")] == [17, 8]
    assert [day.kind for day in days if day.date == "2026-05-28"] == ["government"]


@pytest.mark.parametrize("code", official.regions())
def test_every_region_makes_a_sound_profile(code: str) -> None:
    region = official.regions()[code]
    profile = from_values(sample(code))
    data = profile.data
    assert data.region.code == code
    assert data.region.kind == region.kind
    assert data.region.name.startswith(region.kind.capitalize())
    assert data.region.seat
    assert data.terms.head == HEADS[region.kind]
    assert data.terms.regulation == f"Peraturan {HEADS[region.kind]}"
    assert data.terms.bureau == ("Biro" if region.kind == "provinsi" else "Bagian")
    assert data.terms.government_long == f"Pemerintah {region.name}"
    assert data.locale.tz_label == ZONES[data.locale.timezone]
    assert data.locale.languages[0] == "id"
    assert profile.as_context()["officials"]["head"]["name"] == NAME_BLANK


def test_three_bandungs_are_not_mixed() -> None:
    names = [from_values(sample(code)).as_context() for code in ("32.73", "32.04", "32.17")]
    assert [one["terms"]["government_long"] for one in names] == [
        "Pemerintah Kota Bandung",
        "Pemerintah Kabupaten Bandung",
        "Pemerintah Kabupaten Bandung Barat",
    ]
    assert [one["doc"]["kop"]["head"] for one in names] == [
        ["WALI KOTA BANDUNG"],
        ["BUPATI BANDUNG"],
        ["BUPATI BANDUNG BARAT"],
    ]
    assert [one["region"]["slug"] for one in names] == ["kota-bandung", "kabupaten-bandung", "kabupaten-bandung-barat"]


def test_short_names_that_exist_twice_are_both_found() -> None:
    assert [one.code for one in official.by_name("Tangerang")] == ["36.03", "36.71"]
    assert [one.code for one in official.by_name("kota-banjar")] == ["32.79"]


def test_spelling_of_the_region_reaches_every_term() -> None:
    terms = from_values(sample("32.73", {"terms": {"head_spelling": "Walikota"}})).data.terms
    assert (terms.head, terms.deputy, terms.regulation) == ("Walikota", "Wakil Walikota", "Peraturan Walikota")
    assert "Wali Kota" not in str(derive("32.73", "Walikota"))


def test_villages_of_a_kota_may_be_desa() -> None:
    kinds = [place.kind for place in official.territory("32.79") if place.level == 4]
    assert (kinds.count("kelurahan"), kinds.count("desa")) == (9, 16)
    assert {place.kind for place in official.territory("52.08") if place.level == 4} == {"desa"}


def test_provinces_name_their_own_levels() -> None:
    assert from_values(sample("11.71")).data.terms.level4_rural == "gampong"
    assert from_values(sample("94.01")).data.terms.level3 == "distrik"
    assert from_values(sample("52.07")).data.budget.bank_rkud.bank == "Bank NTB Syariah"
