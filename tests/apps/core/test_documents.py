"""Documents: PDF/A from data, the same bytes for the same data, nothing in the data evaluated."""

import datetime as dt

import pytest

from core import documents, qr

AT = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)


def letter(**changes):
    data = {"nomor": "503/1/DPMPTSP/2026", "teks": "Isi surat.", "qr": qr.svg("https://contoh.invalid/cek/ABC")}
    return documents.render("surat", {**data, **changes}, AT)


def test_a_document_is_pdf_a_and_repeatable():
    first = letter()
    assert first.startswith(b"%PDF-1.7")
    assert b"pdfaid:part>2</pdfaid:part" in first
    assert letter() == first


@pytest.mark.parametrize(
    "text", ["#panic(1)", '#read("/etc/passwd")', "$ x $", "*tebal*", "@rujukan", "{{ 7*7 }}", "'\"\\"]
)
def test_marks_in_the_data_are_only_text(text):
    assert letter(teks=text).startswith(b"%PDF")


def test_a_missing_template_is_named():
    with pytest.raises(documents.DocumentError, match=r"The document template hilang\.typ is in none of: "):
        documents.render("hilang", {})


def test_a_faulty_template_is_named(settings, tmp_path):
    settings.CUSTOM_DIR = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/surat.typ").write_text("#tidak-ada()")
    with pytest.raises(documents.DocumentError, match=r"surat\.typ could not be set: unknown variable: tidak-ada"):
        letter()


def test_the_regions_own_template_wins(settings, tmp_path):
    settings.CUSTOM_DIR = tmp_path
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/surat.typ").write_text("Templat daerah")
    assert len(letter()) < 20_000


def test_without_emblem_there_is_none(monkeypatch):
    assert documents._emblem() == ""


def test_an_emblem_from_a_png_is_printed(monkeypatch, tmp_path):
    from PIL import Image

    (tmp_path / "static").mkdir()
    Image.new("RGB", (8, 8), "#006600").save(tmp_path / "static/emblem.png")
    plain = letter()
    monkeypatch.setattr(documents, "find_file", lambda name: path if (path := tmp_path / name).is_file() else None)
    assert len(letter()) > len(plain)
