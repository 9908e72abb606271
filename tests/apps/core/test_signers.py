"""Ways to sign, against a double of BSrE's service that refuses and keeps people waiting as the real one does."""

import io
from types import SimpleNamespace

import bsre
import pytest
from django.conf import settings

from core import signers
from core.enums import Signature
from core.errors import Refused
from core.models import User

PDF = b"%PDF-1.7\nisi\n%%EOF\n"
NIK = "3273010101900001"


@pytest.fixture(scope="module")
def service():
    double = bsre.Bsre()
    yield double
    double.close()


@pytest.fixture
def way(service):
    service.mood = ""
    service.seen.clear()
    return signers.BsreSigner(service.address, *bsre.LOGIN)


@pytest.fixture
def head():
    return User(username="kepala", nik=NIK)


def test_bsre_signs_the_file_it_was_sent(way, service, head):
    signed = way.sign(PDF, head, bsre.PASSPHRASE)
    assert signed == signers.Signed(PDF + bsre.MARK)
    sent = {"nik": NIK.encode(), "passphrase": bsre.PASSPHRASE.encode(), "tampilan": b"invisible", "file": PDF}
    assert service.seen == [sent]


REFUSALS = {
    "down": "Layanan BSrE sedang terganggu. Coba lagi beberapa saat lagi.",
    "expired": "Sertifikat elektronik Anda sudah habis masa berlakunya. Perbarui dahulu di BSrE, lalu tanda tangani "
    "lagi.",
    "unknown": "NIK akun Anda tidak terdaftar di BSrE. Daftarkan dahulu.",
    "odd": "BSrE menolak menandatangani (jawaban 400): Kuota habis.",
    "broken": "BSrE menolak menandatangani (jawaban 200).",
}


@pytest.mark.parametrize("mood", REFUSALS)
def test_what_the_service_refuses_is_told_in_words(way, service, head, mood):
    service.mood = mood
    with pytest.raises(Refused) as refused:
        way.sign(PDF, head, bsre.PASSPHRASE)
    assert (refused.value.sentence, refused.value.faults) == (REFUSALS[mood], [])


def test_a_wrong_passphrase_is_told_beside_its_field(way, head):
    with pytest.raises(Refused, match="Passphrase sertifikat elektronik Anda salah") as refused:
        way.sign(PDF, head, "salah")
    assert [fault.field for fault in refused.value.faults] == ["passphrase"]


def test_a_slow_service_is_left_and_said_to_be_slow(way, service, head, monkeypatch):
    monkeypatch.setattr(signers, "TIMEOUT", 0.1)
    service.mood = "hang"
    with pytest.raises(Refused, match="terlalu lama menjawab, jadi dokumen ini belum ditandatangani"):
        way.sign(PDF, head, bsre.PASSPHRASE)
    service.let_go.set()


def test_a_wrong_login_of_the_app_an_unknown_person_and_no_service(service, head):
    service.mood = ""
    with pytest.raises(Refused, match="dan memberi KIT_SIGN_PASSWORD sekali lagi"):
        signers.BsreSigner(service.address, "aplikasi", "lama").sign(PDF, head, bsre.PASSPHRASE)
    with pytest.raises(Refused, match="belum memuat NIK"):
        signers.BsreSigner(service.address, *bsre.LOGIN).sign(PDF, User(username="tanpa-nik"), bsre.PASSPHRASE)
    with pytest.raises(Refused, match="tidak terjangkau"):
        signers.BsreSigner("http://127.0.0.1:9", *bsre.LOGIN).sign(PDF, head, bsre.PASSPHRASE)
    with pytest.raises(Refused, match="Alamat layanan"):
        signers.BsreSigner("ftp://bsre", *bsre.LOGIN)


def test_the_trial_key_signs_this_file_of_this_app_only(head, monkeypatch):
    signed = signers.TrialSigner().sign(PDF, head, "")
    assert signed.content == PDF
    assert signers.is_genuine(PDF, signed.value)
    assert not signers.is_genuine(PDF + b" ", signed.value)
    assert not signers.is_genuine(PDF, "bukan base64")
    monkeypatch.setattr(settings, "APP", "lain")
    assert not signers.is_genuine(PDF, signed.value)


def test_ink_needs_a_scan_that_is_a_pdf(head):
    for scan, why in ((None, "Unggah pindaian"), (io.BytesIO(b"GIF89a"), "bukan PDF")):
        with pytest.raises(Refused, match=why):
            signers.WetSigner(scan).sign(b"", head, "")
    assert signers.WetSigner(io.BytesIO(PDF)).sign(b"", head, "") == signers.Signed(PDF)


def test_the_second_proof_is_the_account_s_password_and_with_bsre_its_own(way, head):
    head.set_password("kata-sandi-kepala")
    signers.check_passphrase(signers.TrialSigner(), head, "kata-sandi-kepala")
    signers.check_passphrase(way, head, "apa saja, BSrE yang menilainya")
    for asked, given, why in ((signers.TrialSigner(), "salah", "tidak cocok"), (way, "", "Isi passphrase")):
        with pytest.raises(Refused, match=why) as refused:
            signers.check_passphrase(asked, head, given)
        assert [fault.field for fault in refused.value.faults] == ["passphrase"]


def test_the_profile_names_the_electronic_way(monkeypatch, service):
    monkeypatch.setattr(settings, "DEMO_MODE", False)
    monkeypatch.setenv("SIGN_USER", bsre.LOGIN[0])
    monkeypatch.setenv("SIGN_PASSWORD", bsre.LOGIN[1])
    kinds = []
    for provider, endpoint in (("none", None), ("double", None), ("bsre", service.address)):
        said = SimpleNamespace(sign=SimpleNamespace(provider=provider, endpoint=endpoint))
        monkeypatch.setattr(signers, "region", lambda said=said: said)
        found = signers.electronic()
        kinds.append(found.kind if found else None)
    assert kinds == [None, Signature.UJI_COBA, Signature.BSRE]
