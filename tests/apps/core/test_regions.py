"""Places and words of regions unlike Kota Bandung (regions.md section 10, cases 3 and 4)."""

import os

import pytest
import rendered

from core import officials, region, wilayah
from core.forms import PlaceField
from core.widgets import level_name


@pytest.fixture
def rule(monkeypatch):
    """Return a function that makes this the installation of the region with a code."""

    def other(code):
        folder = rendered.sample(code)["core"]
        monkeypatch.setenv("KIT_REGION_DIRS", os.pathsep.join([str(folder)]))
        region.forget()

    yield other
    monkeypatch.undo()
    region.forget()


def test_3_a_desa_of_a_kota_is_headed_by_a_kepala_desa(rule):
    rule("32.79")
    assert region.region().region.kind == "kota"
    villages = wilayah.villages()
    kinds = [place.kind for place in villages]
    assert (kinds.count("desa"), kinds.count("kelurahan")) == (16, 9)
    desa = next(place for place in villages if place.kind == "desa")
    kelurahan = next(place for place in villages if place.kind == "kelurahan")
    assert wilayah.head_post(desa) == f"Kepala Desa {desa.name}"
    assert wilayah.head_post(kelurahan) == f"Lurah {kelurahan.name}"
    assert wilayah.head_post(wilayah.districts()[0]) == f"Camat {wilayah.districts()[0].name}"
    assert level_name(wilayah.VILLAGE) == "kelurahan atau desa"


def test_3_a_kabupaten_without_kelurahan_shows_none_to_choose(rule):
    rule("52.08")
    assert {place.kind for place in wilayah.villages()} == {"desa"}
    assert level_name(wilayah.VILLAGE) == "desa"
    page = PlaceField().widget.render("village_code", None)
    assert "elurahan" not in page


def test_4_in_a_province_the_kabupaten_or_kota_is_chosen_first(rule):
    rule("36")
    data = region.region()
    assert (data.terms.head, data.terms.regulation, data.terms.bureau) == ("Gubernur", "Peraturan Gubernur", "Biro")
    assert data.terms.regulation_abbr == "Pergub"
    assert officials.head_of_region()["post"] == "Gubernur Banten"
    assert len(wilayah.regencies()) == 8
    page = PlaceField().widget.render("village_code", None)
    first, second = page.index("abupaten/kota"), page.index("ecamatan")
    assert first < second
