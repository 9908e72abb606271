"""Estimates: the example of hayu.md section 11, the region's own formulas, and what is no number."""

from decimal import Decimal

import pytest
from django.test import Client

from hayu.domain import catalogue
from hayu.interfaces.forms.estimates import NumberField
from hayu.rules import estimates, permits

pytestmark = pytest.mark.django_db
PBG = {"luas": "120", "ilo": "0,5", "shst": "5.500.000", "it": "0,18", "ibg": "1"}
TAX = {"luas": "8", "hari": "30", "harga": "10.000", "tarif": "25"}


def test_the_example_of_the_law():
    page = Client().get("/perkiraan/pbg/", PBG).content.decode()
    assert "Rp594.000" in page
    assert "Ini perkiraan, bukan tagihan." in page
    assert 'value="5.500.000"' in page
    assert "Rp600.000" in Client().get("/perkiraan/pajak-reklame/", TAX).content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"luas": "besar"}, "Tulis dengan angka"), ({"luas": ""}, "Isi bagian ini dahulu"),
        ({"luas": "0"}, "Antara 0 dan"), ({"luas": "-3"}, "Antara 0 dan"), ({"ilo": "101"}, "Antara 0 dan 100"),
        ({"luas": "1e400"}, "Antara 0 dan"), ({"luas": "nan"}, "Tulis dengan angka"),
        ({"it": "１"}, "Tulis dengan angka"),
        ({"luas": "999999999999", "shst": "999999999999"}, "tidak mungkin menjadi biaya"),
    ],
)  # fmt: skip
def test_what_was_typed_stays_and_is_explained(change, sentence):
    page = Client().get("/perkiraan/pbg/", PBG | change).content.decode()
    assert sentence in page
    assert "Kira-kira" not in page
    assert 'value="5.500.000"' in page or "shst" in change


def test_tax_above_what_the_law_allows():
    assert "Antara 0 dan 25." in Client().get("/perkiraan/pajak-reklame/", TAX | {"tarif": "26"}).content.decode()


def test_numbers_as_people_write_them():
    given = {"120": 120, "5.500.000": 5_500_000, "0,18": "0.18", "0.18": "0.18", "Rp 1.250.000,50": "1250000.5"}
    assert {text: NumberField.parse(text) for text in given} == {text: Decimal(str(n)) for text, n in given.items()}


def test_a_type_with_a_formula_is_among_them(monkeypatch):
    """It asks for the formula's questions only, and knows the rule's constants."""
    definition = catalogue.definitions()["RUANG"] | {
        "charge": {"formula": "luas * hari * tarif", "constants": {"tarif": "5000"}, "basis": "Perda contoh 1/2026"}
    }
    kind = permits.parse(definition)
    monkeypatch.setattr(catalogue, "types", lambda: [kind])
    found = estimates.of_type(kind)
    assert [asked.name for asked in found.asked] == ["luas", "hari"]
    client = Client()
    assert "/perkiraan/ruang/" in client.get("/perkiraan/").content.decode()
    page = client.get("/perkiraan/ruang/", {"luas": "4", "hari": "10"}).content.decode()
    assert "Rp200.000" in page
    assert "Perda contoh 1/2026" in page
    assert client.get("/perkiraan/skp/").status_code == 404
    assert "Hitung perkiraannya" in client.get("/izin/ruang/").content.decode()
