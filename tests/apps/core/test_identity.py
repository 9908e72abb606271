"""Numbers of people: checked, masked, matched (regions.md 10.15, sabilulungan.md 15, erk.md 3)."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import codes, identity

NIK = "3273014507900012"


def test_nik_is_accepted_as_people_write_it():
    assert identity.normalise_nik("3273 0145 0790 0012") == NIK


def test_a_womans_birthday_has_forty_added():
    assert identity.nik_birthday(NIK, dt.date(2026, 1, 1)) == dt.date(1990, 7, 5)


def test_an_unknown_prefix_is_no_fault():
    assert identity.normalise_nik("9999014507900012") == "9999014507900012"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("327301450790001", "NIK terdiri dari 16 angka; yang tertulis 15 tanda."),
        ("32730145079000AB", "NIK terdiri dari 16 angka; yang tertulis 16 tanda."),
        ("3273013213900012", "Tanggal lahir di dalam NIK itu tidak ada. Periksa angka ke-7 sampai ke-12."),
        ("3273014507900000", "NIK itu tidak mungkin. Salin lagi dari KTP atau Kartu Keluarga."),
    ],
)
def test_a_wrong_nik_is_explained(text, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        identity.normalise_nik(text)


def test_masks_hide_all_but_what_staff_need():
    assert identity.mask_nik("3273014507900012") == "3273********0012"
    assert identity.mask_name("Ana Sari") == "A*** S***"
    assert identity.mask_name("Suharto") == "S***"
    assert identity.mask_phone("+6281234567890") == "***********890"


@pytest.mark.parametrize("text", ["0812-3456-7890", "+62 812 3456 7890", "62812.3456.7890", "(0812) 34567890"])
def test_phone_numbers_are_one(text):
    assert identity.normalise_phone(text) == "+6281234567890"
    assert identity.local_phone("+6281234567890") == "0812-3456-7890"


@pytest.mark.parametrize("text", ["8123", "0812", "081234567890123456", "telepon", "00812345678"])
def test_what_is_no_phone_number_is_refused(text):
    with pytest.raises(ValueError, match=r"\.$"):
        identity.normalise_phone(text)


def test_nip_of_a_permanent_employee():
    assert identity.normalise_nip("19860926 201505 1 001") == "198609262015051001"


@pytest.mark.parametrize(
    "text",
    [
        "198609262015131001",
        "198613262015051001",
        "199909262015051001",
        "198609262015053001",
        "198609262015051000",
        "1986",
    ],
)
def test_a_wrong_nip_is_refused(text):
    with pytest.raises(ValueError, match=r"\.$"):
        identity.normalise_nip(text)


def test_a_contract_number_has_no_month():
    assert identity.normalise_nip("198609262015211001", contract=True) == "198609262015211001"
    with pytest.raises(ValueError, match="tidak ada"):
        identity.normalise_nip("198609262015211001")


def test_npwp_old_and_new():
    assert identity.normalise_npwp("01.312.166.0-091.000") == "0013121660091000"


def test_tokens_match_equal_numbers_only():
    assert identity.token(NIK) == identity.token(NIK)
    assert identity.token(NIK) != identity.token("3273014507900013")
    assert NIK not in identity.token(NIK)


@given(st.integers(0, codes.LENGTH - 1), st.sampled_from(codes.ALPHABET))
def test_one_wrong_sign_in_a_code_is_noticed(position, sign):
    code = codes.new_code()
    slipped = code[:position] + sign + code[position + 1 :]
    assert codes.is_wellformed(slipped) == (slipped == code)


@given(st.integers(0, codes.LENGTH - 2))
def test_two_swapped_neighbours_in_a_code_are_noticed(position):
    code = codes.new_code()
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert codes.is_wellformed(swapped) == (swapped == code)


def test_codes_are_read_as_people_type_them():
    code = codes.new_code()
    assert codes.is_wellformed(f" {codes.pretty(code).lower()} ")
    assert codes.normalise(codes.pretty(code).lower()) == code
    assert not codes.is_wellformed("O0I1L")
