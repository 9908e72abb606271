"""A hostile profile, rendered and served: its words are words on every public page."""

import hostile
import pytest

pytestmark = pytest.mark.django_db

ADDRESSES = ("/", "/gambaran-umum/", "/masuk/")


def test_words_of_the_profile_are_text(client, monkeypatch):
    words = hostile.serve(monkeypatch, "erk")
    hostile.assert_text(client, words, ADDRESSES)
