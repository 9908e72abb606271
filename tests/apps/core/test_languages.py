"""A regional language: its words where the region gave them, everything else Indonesian (regions.md section 10.9)."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.utils import formats
from django.utils.translation import override, trans_real

from core import dates
from kit.profile.strings import catalogue

WORDS = b"key,text\nSelamat datang.,Rahayu dateng.\n"


@pytest.fixture
def sasak(settings, tmp_path):
    """A region that speaks Sasak as well, with one greeting of its own."""
    folder = tmp_path / "sas/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(catalogue(WORDS, "sas"))
    settings.LOCALE_PATHS = [str(tmp_path), *settings.LOCALE_PATHS]
    settings.LANGUAGES = [("id", "Bahasa Indonesia"), ("sas", "Sasak")]
    yield
    trans_real._translations.pop("sas", None)


@pytest.mark.django_db
def test_a_reader_chooses_and_comes_back_to_the_page(client, sasak):
    page = client.get("/masuk/").content.decode()
    assert "Selamat datang." in page
    assert "Rahayu" not in page
    assert '<a href="/bahasa/sas/?ke=%2Fmasuk%2F" hreflang="sas" rel="nofollow"' in page
    answer = client.get("/bahasa/sas/?ke=%2Fmasuk%2F")
    assert (answer.status_code, answer["Location"]) == (302, "/masuk/")
    assert answer.cookies["bahasa"].value == "sas"
    page = client.get("/masuk/").content.decode()
    assert "Rahayu dateng." in page
    assert "Selamat datang." not in page
    assert "Lupa kata sandi" in page  # a word the region did not give is Indonesian
    client.get("/bahasa/id/")
    assert "Selamat datang." in client.get("/masuk/").content.decode()


def test_dates_and_numbers_are_indonesian_in_every_language(sasak):
    day = dt.date(2026, 5, 27)
    with override("sas"):
        assert dates.long_date(day) == "Rabu, 27 Mei 2026"
        page = Template("{{ day|date:'SHORT_DATE_FORMAT' }} {{ sum }}").render(Context({"day": day, "sum": 1.5}))
        assert page == "27-05-2026 1,5"
        assert formats.get_format("DATE_INPUT_FORMATS")[0] == "%d-%m-%Y"


@pytest.mark.django_db
@pytest.mark.parametrize("back", ["https://jahat.contoh/", "//jahat.contoh/", "javascript:alert(1)", ""])
def test_nobody_is_led_elsewhere(client, sasak, back):
    assert client.get("/bahasa/sas/", {"ke": back})["Location"] == "/"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["en", "su", "..", "id;a=b"])
def test_a_language_the_region_does_not_speak_is_not_found(client, sasak, code):
    answer = client.get(f"/bahasa/{code}/")
    assert answer.status_code == 404
    assert "bahasa" not in answer.cookies


@pytest.mark.django_db
def test_without_words_of_another_language_nobody_is_asked(client, settings):
    assert settings.LANGUAGES == [("id", "Bahasa Indonesia"), ("su", "Basa Sunda")]
    assert "/bahasa/" not in client.get("/masuk/").content.decode()
