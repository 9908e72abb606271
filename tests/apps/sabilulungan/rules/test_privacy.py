"""The privacy table of section 11, cell by cell, and the redaction of free text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabilulungan.enums import RecipientType
from sabilulungan.rules.privacy import Item, Subject, may_be_copied, open_items, person_title, subject_of
from sabilulungan.rules.redaction import HIDDEN, personal_numbers, redact

ORGANISATION = {
    Item.FULL_NAME,
    Item.FULL_ADDRESS,
    Item.MAP_POINT,
    Item.STAGE_AMOUNTS,
    Item.COST_LINES,
    Item.TOTAL,
    Item.CASE,
    Item.DECISION_REASONS,
    Item.DOCUMENTS,
    Item.CHAIR,
}


def test_the_table_to_the_letter():
    assert open_items(Subject.ORGANISATION) == ORGANISATION
    assert open_items(Subject.PERSON) == {Item.INITIALS, Item.VILLAGE_AND_RW, Item.TOTAL, Item.CASE}
    assert open_items(Subject.UNPLANNED) == {Item.VILLAGE}


def test_full_names_change_the_name_and_nothing_else():
    assert open_items(Subject.PERSON, full_names=True) == {
        Item.FULL_NAME,
        Item.VILLAGE_AND_RW,
        Item.TOTAL,
        Item.CASE,
    }
    assert open_items(Subject.ORGANISATION, full_names=True) == ORGANISATION
    assert open_items(Subject.UNPLANNED, full_names=True) == {Item.VILLAGE}


@pytest.mark.parametrize("recipient", list(RecipientType))
def test_who_is_a_person(recipient):
    person = recipient in (RecipientType.INDIVIDU, RecipientType.KELUARGA)
    assert subject_of(recipient) is (Subject.PERSON if person else Subject.ORGANISATION)


def test_aid_to_a_person_is_titled_by_its_purpose():
    assert person_title("Rehabilitasi sosial") == "Bantuan rehabilitasi sosial"
    assert person_title("") == "Bantuan sosial"


@pytest.mark.parametrize(
    ("code", "open_"),
    [
        ("KTP", False), ("KTP_CAIR", False), ("KK", False), ("LPJ_REKENING_KORAN", False), ("NPWP", False),
        ("KKN", True), ("SURAT_PERMOHONAN", True), ("LPJ_FOTO", True),
    ],
)  # fmt: skip
def test_which_papers_may_have_a_public_copy(code, open_):
    assert may_be_copied(code) is open_


@pytest.mark.parametrize(
    "secret",
    [
        "3273010101900001",
        "3273 0101 0190 0001",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "081234567890",
        "1234567890",
        "0011223344",
        "09.254.294.3-407.000",
        "budi.s@contoh.co.id",
    ],
)
def test_personal_numbers_are_hidden(secret):
    assert redact(f"Hubungi {secret} sekarang") == f"Hubungi {HIDDEN} sekarang"
    assert personal_numbers(f"({secret})")


@pytest.mark.parametrize(
    "text", ["Rp1.250.000.000,00", "Rp 45.000.000", "TA 2026, RT 003/RW 012", "Jl. Cikutra No. 12 40124", "24-11-2026"]
)
def test_amounts_dates_and_addresses_stay(text):
    assert redact(text) == text


@given(st.text("0123456789 .-/abc@", max_size=60), st.text("0123456789", min_size=16, max_size=16))
def test_no_sixteen_digits_survive_in_any_text(around, nik):
    import re

    assert re.search(r"\d{16}", redact(f"{around} {nik} {around}")) is None
    assert redact(redact(around)) == redact(around)
