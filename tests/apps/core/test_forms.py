"""Fields take what people write, keep what was typed, and refuse in sentences."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import money, wilayah
from core.forms import (
    BaseForm,
    DateField,
    NikField,
    NipField,
    NpwpField,
    PhoneField,
    PlaceField,
    RupiahField,
    WholeNumberField,
)


class Sample(BaseForm):
    amount = RupiahField(label="Jumlah", min_value=1000, max_value=5_000_000, required=False)
    minutes = WholeNumberField(label="Lama", min_value=5, max_value=6000, unit="menit", required=False)
    nik = NikField(label="NIK", required=False)
    npwp = NpwpField(label="NPWP", required=False)
    nip = NipField(label="NIP", required=False)
    phone = PhoneField(label="Telepon", required=False)
    day = DateField(label="Tanggal", earliest=dt.date(2026, 1, 1), latest=lambda: dt.date(2026, 12, 31), required=False)
    place = PlaceField(label="Tempat", required=False)
    district = PlaceField(label="Kecamatan", level=wilayah.DISTRICT, required=False)


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("amount", "Rp 1.250.000", 1_250_000),
        ("amount", "1250000,00", 1_250_000),
        ("amount", "1,5 juta", 1_500_000),
        ("amount", "  ", None),
        ("minutes", "1.200", 1200),
        ("minutes", " 45 ", 45),
        ("nik", "3273 0145 0190 0012", "3273014501900012"),
        ("nik", "3273014501900012", "3273014501900012"),
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("phone", "62 812 3456 7890", "+6281234567890"),
        ("day", "24/11/2026", dt.date(2026, 11, 24)),
        ("day", "24 Nov 2026", dt.date(2026, 11, 24)),
        ("day", "Selasa, 24 Nopember 2026", dt.date(2026, 11, 24)),
        ("place_tulis", "Dago, Coblong", "32.73.02.1004"),
        ("place_tulis", "DAGO", "32.73.02.1004"),
    ],
)
def test_people_write_as_they_do(name, typed, value):
    form = Sample({name: typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data[name.removesuffix("_tulis")] == value


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("amount", "banyak", "Tulis jumlah dengan angka, misalnya 1.250.000."),
        ("amount", "999", "Jumlah paling sedikit Rp1.000."),
        ("amount", "5.000.001", "Jumlah paling banyak Rp5.000.000."),
        ("minutes", "4", "Paling sedikit 5 menit."),
        ("minutes", "6001", "Paling banyak 6.000 menit."),
        ("minutes", "1,5", "Tulis bilangan bulat dengan angka, misalnya 120."),
        ("minutes", "٣", "Tulis bilangan bulat dengan angka, misalnya 120."),
        ("nik", "3273", "NIK terdiri dari 16 angka; yang tertulis 4 tanda."),
        ("phone", "12345", "Tulis nomor telepon mulai dengan 0 atau +62, misalnya 0812-3456-7890."),
        ("day", "31/02/2026", "Tanggal itu tidak ada di kalender."),
        ("day", "31/12/2025", "Tanggal paling awal 1 Jan 2026."),
        ("day", "1/1/2027", "Tanggal paling akhir 31 Des 2026."),
        ("place_3", "32.73.02", "Pilih juga kelurahan atau desa."),
        ("place_tulis", "Ujung Dunia", "Tempat itu tidak ada di Kota Bandung."),
        ("place_4", "31.71.01.1001", "Tempat itu tidak ada di Kota Bandung."),
    ],
)
def test_what_is_wrong_is_said_and_stays(name, typed, sentence):
    form = Sample({name: typed})
    field = name.partition("_")[0]
    assert form.errors[field] == [sentence]
    assert form.cleaned_data.get(field) is None
    if "_" not in name:
        assert f'value="{typed}"' in str(form[field])


def test_the_chosen_kecamatan_stays_when_the_village_is_missing():
    html = str(Sample({"place_3": "32.73.02"})["place"])
    assert '<option value="32.73.02" selected>Coblong</option>' in html
    assert "Dago" in html
    assert "Sukasari" in html  # other kecamatan are offered, their villages are not
    assert "Geger Kalong" not in html


def test_a_place_may_end_at_the_kecamatan():
    form = Sample({"district_3": "32.73.02"})
    assert form.is_valid()
    assert form.cleaned_data["district"] == "32.73.02"


def test_stored_values_are_shown_as_people_write_them():
    form = Sample(
        initial={"amount": 1_250_000, "day": dt.date(2026, 11, 4), "phone": "+6281234567890", "place": "32.73.02.1004"}
    )
    assert 'value="1.250.000"' in str(form["amount"])
    assert 'value="04/11/2026"' in str(form["day"])
    assert 'value="0812-3456-7890"' in str(form["phone"])
    assert '<option value="32.73.02.1004" selected>Dago</option>' in str(form["place"])


def test_another_spelling_is_no_change():
    initial = {"amount": 1_250_000, "day": dt.date(2026, 11, 4), "phone": "+6281234567890"}
    same = Sample({"amount": "Rp1.250.000,00", "day": "4 Nov 2026", "phone": "0812 3456 7890"}, initial=initial)
    assert same.changed_data == []
    other = Sample({"amount": "1.250.001", "day": "besok", "phone": "0812 3456 7891"}, initial=initial)
    assert other.changed_data == ["amount", "phone", "day"]


@given(st.integers(min_value=0, max_value=10**15))
def test_every_sum_survives_showing_and_reading(amount):
    field = RupiahField()
    assert field.clean(field.prepare_value(amount)) == amount
    assert field.clean(money.rupiah(amount)) == amount


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2199, 12, 31)))
def test_every_date_survives_showing_and_reading(day):
    field = DateField()
    assert field.clean(field.prepare_value(day)) == day


@given(st.text(max_size=60))
def test_no_text_breaks_a_field(text):
    form = Sample(dict.fromkeys([*Sample.base_fields, "place_tulis", "place_3", "place_4"], text))
    form.is_valid()
    assert str(form)
