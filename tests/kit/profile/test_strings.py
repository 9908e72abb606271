"""A region's own words: judged before anything is rendered, and read by gettext as they were written."""

import gettext
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.profile import strings

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters='<>&"%{},\r\n'), min_size=1
)


def csv(*rows: str) -> bytes:
    return "\r\n".join(["key,text", *rows]).encode("utf-8-sig")


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("Masuk,", "line 2 without a key or without a text"),
        (",Tame", "line 2 without a key or without a text"),
        ("Masuk", "line 2 without a key or without a text"),
        ("Masuk,<b>Tame</b>", 'line 2 with one of < > & " or a control character'),
        ('Masuk,"a ""b"', 'line 2 with one of < > & " or a control character'),
        ("Masuk,a\tb", 'line 2 with one of < > & " or a control character'),
        ("%(jumlah)s pesan,pesan", "line 2 with other placeholders than its key"),
        ("Masuk,%(kunci)s", "line 2 with other placeholders than its key"),
        ("Masuk,{isi}", "line 2 with other placeholders than its key"),
        ("Masuk,{{ settings.SECRET_KEY }}", "line 2 with other placeholders than its key"),
    ],
)
def test_a_row_that_cannot_be_shown_is_named(row: str, wrong: str) -> None:
    assert strings.fault(csv(row)) == wrong


def test_a_file_is_refused_as_a_whole_where_it_must_be() -> None:
    assert strings.fault(csv("Masuk,Tame", "Masuk,Tame malik")) == "line 3 says 'Masuk' again"
    assert strings.fault(csv('Masuk,"Tame')) == "no CSV in UTF-8 (unexpected end of data)"
    assert str(strings.fault(b"key,text\nMasuk,\xff")).startswith("no CSV in UTF-8 (")
    assert strings.fault(csv(*(f"Kata {number},Basa {number}" for number in range(2001)))) == "2,001 rows"


def test_words_are_read_by_gettext_as_they_were_written() -> None:
    raw = csv("Masuk,Tame", '"Ya, benar",Aoq', "", "%(n)s pesan,%(n)s pesen")
    assert strings.fault(raw) is None
    found = gettext.GNUTranslations(io.BytesIO(strings.catalogue(raw, "sas")))
    assert found.info()["language"] == "sas"
    asked = ("Masuk", "Ya, benar", "%(n)s pesan", "Keluar")
    assert [found.gettext(key) for key in asked] == ["Tame", "Aoq", "%(n)s pesen", "Keluar"]


@given(st.dictionaries(TEXTS, TEXTS, max_size=30))
def test_every_word_comes_back(said: dict[str, str]) -> None:
    raw = csv(*(f"{key},{text}" for key, text in said.items()))
    found = gettext.GNUTranslations(io.BytesIO(strings.catalogue(raw, "sas")))
    assert strings.fault(raw) is None
    assert {key: found.gettext(key) for key in said} == said
