"""A hostile profile, rendered and served: its words are words on every public page."""

import hostile
import pytest

pytestmark = pytest.mark.django_db

ADDRESSES = ("/", "/usulan/", "/statistik/", "/tentang/", "/masuk/")


def test_words_of_the_profile_are_text(client, monkeypatch):
    words = hostile.serve(monkeypatch, "sabilulungan")
    hostile.assert_text(client, words, ADDRESSES)
