"""Files a profile names: pictures, tables, and tricks with them."""

import struct
import zlib
from pathlib import Path

import pytest

from kit.profile import check
from tests.kit.profile.bad_profiles import BASE

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'
LIMIT = "a file of at most 2 MB in the profile's folder"


def png(width: int = 64, height: int = 64, tail: bytes = b"") -> bytes:
    """A PNG's frame: header, one chunk of pixels, end."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"") + tail


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "52.71-kota-mataram"
    folder.mkdir()
    return folder


def found(folder: Path, name: str) -> str:
    """What is wrong with the emblem ``name``; empty when it is sound."""
    (folder / "region.yml").write_text(BASE + f"brand:\n  emblem: {name}\n")
    faults = check(folder).faults
    assert len(faults) <= 1
    for fault in faults:
        assert (fault.line, fault.column, fault.path) == (10, 11, "brand.emblem")
    return faults[0].found if faults else ""


@pytest.mark.parametrize(
    "inner",
    [
        '<path d="M0 0h8v8z" fill="#0B5FA5"/>',
        '<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><rect fill="url(#a)"/>',
        '<style>.a{fill:#123456}</style><g class="a"><use href="#b"/></g>',
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
    ],
)
def test_drawing_svg(folder: Path, inner: str) -> None:
    (folder / "emblem.svg").write_text(SVG.format(inner))
    assert found(folder, "emblem.svg") == ""


@pytest.mark.parametrize(
    ("inner", "reason"),
    [
        ("<script>alert(1)</script>", "an SVG with <script>"),
        ('<g onclick="x()"/>', "an SVG with the script attribute onclick"),
        ('<g ONLOAD="x()"/>', "an SVG with the script attribute onload"),
        ("<foreignObject/>", "an SVG with <foreignObject>"),
        ('<image href="https://example.com/a.png"/>', "an SVG with <image>"),
        ('<use href="https://example.com/a.svg#b"/>', "an SVG that refers to something outside it"),
        (
            '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="data:text/html,x"/>',
            "an SVG that refers to something outside it",
        ),
        ('<a href="javascript:alert(1)"/>', "an SVG with <a>"),
        ('<animate attributeName="href" to="javascript:alert(1)"/>', "an SVG with <animate>"),
        ('<rect fill="url(https://example.com/a)"/>', "an SVG that refers to something outside it"),
        ('<rect style="fill:u\\72l(//example.com)"/>', "an SVG that refers to something outside it"),
        ("<style>@import '//example.com/a.css';</style>", "an SVG that refers to something outside it"),
        ("<style>a{background:url( 'https://example.com')}</style>", "an SVG that refers to something outside it"),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">1</h:script>', "an SVG with <script> of another kind"),
        ("<?xml-stylesheet href='a.css'?>", "an SVG with the instruction <?xml-stylesheet"),
        ("<g>" * 70 + "</g>" * 70, "an SVG with too many elements"),
        ("<g>", "no SVG picture (mismatched tag, line 1)"),
    ],
)
def test_svg_that_does_more(folder: Path, inner: str, reason: str) -> None:
    (folder / "emblem.svg").write_text(SVG.format(inner))
    assert found(folder, "emblem.svg") == f"emblem.svg: {reason}"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no SVG picture (no element found, line 1)"),
        (b"<html/>", "a file whose root is not <svg>"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "an SVG with a DOCTYPE"),
        ('<?xml version="1.0" encoding="utf-16"?><svg/>'.encode("utf-16"), "an SVG that is not UTF-8"),
        (b"<svg>" + b" " * 600_000 + b"</svg>", "an SVG of 600,011 bytes (at most 524,288)"),
    ],
)
def test_file_that_is_no_svg(folder: Path, raw: bytes, reason: str) -> None:
    (folder / "emblem.svg").write_bytes(raw)
    assert found(folder, "emblem.svg") == f"emblem.svg: {reason}"


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (png(), ""),
        (b"GIF89a", "emblem.png: no PNG picture"),
        (png()[:-6], "emblem.png: a damaged PNG picture"),
        (png().replace(b"IDAT", b"IDAX"), "emblem.png: a damaged PNG picture"),
        (png(40_000, 40_000), "emblem.png: a PNG picture of 40000 x 40000 pixels (16 to 4096 a side)"),
        (png(1, 1), "emblem.png: a PNG picture of 1 x 1 pixels (16 to 4096 a side)"),
        (png(tail=b"PK\x03\x04"), "emblem.png: a PNG picture with other data behind it"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 40, "emblem.png: a damaged PNG picture"),
        (b"x" * 3_000_000, "emblem.png: 3,000,000 bytes"),
    ],
)
def test_png(folder: Path, raw: bytes, reason: str) -> None:
    (folder / "emblem.png").write_bytes(raw)
    assert found(folder, "emblem.png") == reason


def test_link_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "secret.svg").write_text(SVG.format(""))
    (folder / "emblem.svg").symlink_to("../secret.svg")
    assert found(folder, "emblem.svg") == "emblem.svg: a link that leaves the folder"


def test_folder_that_is_a_link_out(folder: Path) -> None:
    (folder / "art").symlink_to("/etc")
    assert found(folder, "art/hostname") == "art/hostname: a link that leaves the folder"


def test_links_inside_the_folder_and_rounds(folder: Path) -> None:
    (folder / "real.svg").write_text(SVG.format(""))
    (folder / "emblem.svg").symlink_to("real.svg")
    assert found(folder, "emblem.svg") == ""
    (folder / "round.svg").symlink_to("round.svg")
    assert found(folder, "round.svg").startswith("round.svg: not readable")


def test_folder_pipe_and_other_kinds(folder: Path) -> None:
    (folder / "a.svg").mkdir()
    assert found(folder, "a.svg").startswith("a.svg: ")
    (folder / "emblem.bmp").write_bytes(b"BM")
    assert found(folder, "emblem.bmp") == "emblem.bmp: another kind of file"


def test_tables(folder: Path) -> None:
    (folder / "region.yml").write_text(BASE + "offices:\n  tree: offices.csv\nlocale:\n  strings: {sas: sas.csv}\n")
    (folder / "offices.csv").write_text("kode;nama\n")
    (folder / "sas.csv").write_text("key,text\nsalam,Tabe\n")
    (fault,) = check(folder).faults
    assert (fault.line, fault.column, fault.path) == (10, 9, "offices.tree")
    assert fault.found == "offices.csv: the first line 'kode;nama'"
    assert fault.expected == "a CSV file with the columns code,parent,name,short_name"


def test_files_of_a_sound_profile(folder: Path) -> None:
    (folder / "emblem.svg").write_text(SVG.format(""))
    assert found(folder, "emblem.svg") == ""
    profile = check(folder).profile
    assert profile is not None
    assert profile.files() == {"brand.emblem": folder / "emblem.svg"}
