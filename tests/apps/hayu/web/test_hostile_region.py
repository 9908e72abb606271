"""A hostile profile, rendered and served: its words are words on every public page and in the receipt."""

import hostile

from core import dates, files
from hayu.domain import policy, receipts
from hayu.domain.permits import certificates
from hayu.enums import AppState, Signature

PERMIT_ADDRESSES = ("/lacak/", "/pengaduan/", "/daftar-izin/", "/peta/")
ADDRESSES = ("/", "/izin/", "/cek/", "/daftar-usaha/", "/masuk/")


def test_words_of_the_profile_are_text(client, world, monkeypatch):
    report = world.report()
    words = hostile.serve(monkeypatch, "hayu")
    policy.policy.cache_clear()
    hostile.assert_text(client, words, ADDRESSES)
    assert files.read(receipts.pdf(report)).startswith(b"%PDF-")
    policy.policy.cache_clear()


def test_words_of_the_profile_are_text_on_a_permit(client, office, monkeypatch):
    application = office.application(AppState.MENUNGGU_TTE)
    words = hostile.serve(monkeypatch, "hayu")
    policy.policy.cache_clear()
    hostile.assert_text(client, words, PERMIT_ADDRESSES)
    drawn = certificates.draw(application, Signature.UJI_COBA, dates.now())
    assert drawn.startswith(b"%PDF-")
    policy.policy.cache_clear()
