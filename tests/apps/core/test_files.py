"""Files from outside are hostile until checked."""

import hashlib
import io

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from project.models import Letter

from core import files
from core.errors import Refused
from core.models import StoredFile, User

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def letter(db):
    return Letter.objects.create(state="BARU", title="Surat")


@pytest.fixture
def user(db):
    return User.objects.create(username="ana", full_name="Ana")


def photo(fmt="JPEG", size=(60, 40), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "#336699").save(out, fmt, **options)
    return out.getvalue()


def upload(content, name="berkas.pdf"):
    return SimpleUploadedFile(name, content)


def test_a_pdf_is_kept_byte_for_byte(letter, user):
    stored = files.store(upload(PDF, "Akta Notaris.pdf"), owner=letter, kind="akta", user=user)
    assert files.read(stored) == PDF
    assert (stored.name, stored.media_type, stored.size) == ("Akta-Notaris.pdf", "application/pdf", len(PDF))
    assert stored.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (stored.version, stored.public, stored.uploaded_by) == (1, False, user)


def test_a_second_upload_is_a_new_version_and_the_first_stays(letter, user):
    first = files.store(upload(PDF), owner=letter, kind="akta", user=user)
    second = files.store(upload(PDF + b"%"), owner=letter, kind="akta", user=user)
    assert (first.version, second.version) == (1, 2)
    assert files.read(first) == PDF
    assert files.current(letter) == [second]


def test_images_are_drawn_anew_without_position_and_tail(letter, user):
    exif = Image.Exif()
    exif[0x0110] = "Kamera Rahasia"
    content = photo(exif=exif) + b"<?php system('id') ?>"
    stored = files.store(upload(content, "foto.jpg"), owner=letter, kind="foto", user=user)
    kept = files.read(stored)
    assert b"Kamera" not in kept
    assert b"php" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("JPEG", (60, 40), {})


def test_the_name_does_not_decide_the_type(letter, user):
    stored = files.store(upload(photo("PNG"), "surat.pdf"), owner=letter, kind="foto", user=user)
    assert (stored.media_type, stored.name) == ("image/png", "surat.png")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Berkas itu kosong. Pilih berkas lain."),
        (b"MZ\x90\x00", "Berkas itu bukan PDF, JPG, PNG. Jenis berkas dinilai dari isinya, bukan dari namanya."),
        (
            b"<svg onload=alert(1)>",
            "Berkas itu bukan PDF, JPG, PNG. Jenis berkas dinilai dari isinya, bukan dari namanya.",
        ),
        (b"%PDF-" + b"0" * files.MAX_BYTES, "Berkas itu lebih besar dari 5 MB. Perkecil dahulu, lalu unggah lagi."),
        (b"\xff\xd8\xff\xe0rusak", "Gambar itu rusak dan tidak dapat dibuka. Ambil atau pindai lagi, lalu unggah."),
        (photo("PNG")[:60], "Gambar itu rusak dan tidak dapat dibuka. Ambil atau pindai lagi, lalu unggah."),
    ],
)
def test_unfit_files_are_refused_and_nothing_is_written(letter, user, media, content, sentence):
    with pytest.raises(Refused) as caught:
        files.store(upload(content), owner=letter, kind="akta", user=user)
    assert caught.value.sentence == sentence
    assert list(media.rglob("*")) == []
    assert not StoredFile.objects.exists()


def test_a_picture_of_too_many_points_is_refused(letter, user, monkeypatch):
    monkeypatch.setattr(files, "MAX_PIXELS", 100)
    with pytest.raises(Refused, match="terlalu besar"):
        files.store(upload(photo()), owner=letter, kind="foto", user=user)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\ana\\akta.pdf", "akta.pdf"),
        ("Akta «Yayasan» é 2026.PDF", "Akta-Yayasan-e-2026.pdf"),
        ('a"; rm -rf.pdf', "a-rm-rf.pdf"),
        ("...", "berkas.pdf"),
        ("a" * 300 + ".pdf", "a" * 80 + ".pdf"),
    ],
)
def test_names_are_made_safe(name, safe):
    assert files.safe_name(name, files.PDF) == safe


def test_files_are_private_unless_a_guard_says_otherwise(letter, user, monkeypatch):
    stored = files.store(upload(PDF), owner=letter, kind="akta", user=user)
    assert not files.may_read(AnonymousUser(), stored)
    assert not files.may_read(user, stored)
    monkeypatch.setitem(files._GUARDS, "project.letter", lambda who, row: who == user)
    assert files.may_read(user, stored)
    assert not files.may_read(AnonymousUser(), stored)
