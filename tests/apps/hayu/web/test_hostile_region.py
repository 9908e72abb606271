"""A hostile profile, rendered and served: its words are words on every public page and in the receipt."""

import hostile

from core import files
from hayu.domain import policy, receipts

ADDRESSES = ("/", "/izin/", "/cek/", "/daftar-usaha/", "/masuk/")


def test_words_of_the_profile_are_text(client, world, monkeypatch):
    report = world.report()
    words = hostile.serve(monkeypatch, "hayu")
    policy.policy.cache_clear()
    hostile.assert_text(client, words, ADDRESSES)
    assert files.read(receipts.pdf(report)).startswith(b"%PDF-")
    policy.policy.cache_clear()
