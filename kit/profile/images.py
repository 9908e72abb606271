"""Pictures from outside: PNG that is one, SVG that only draws (no script, no reference to elsewhere, no DTD)."""

import re
import struct
import zlib
from xml.parsers import expat

MAX_SIDE = 4096
MAX_SVG = 512 * 1024
MAX_ELEMENTS = 20_000
MAX_DEPTH = 64
_SVG = "http://www.w3.org/2000/svg"
_DRAWING = frozenset(
    """
    svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc metadata style
    linearGradient radialGradient stop pattern clipPath mask marker switch view filter feGaussianBlur feOffset feBlend
    feColorMatrix feComposite feFlood feMerge feMergeNode feMorphology feTurbulence feDropShadow feComponentTransfer
    feFuncR feFuncG feFuncB feFuncA
    """.split()  # noqa: SIM905 - words read better than forty quoted strings
)
_INERT = ("inkscape", "sodipodi", "22-rdf-syntax-ns", "purl.org/dc", "creativecommons.org")
_OUTSIDE = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|expression\s*\(|javascript:", re.IGNORECASE)


class _Refused(Exception):
    """A reason in words."""


def png_problem(raw: bytes) -> str:
    """Why ``raw`` is no usable PNG; empty when it is one. Pixels are never unpacked."""
    if not raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return "no PNG picture"
    at, first, kind = 8, True, b""
    while at + 12 <= len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        kind, body = raw[at + 4 : at + 8], raw[at + 8 : at + 8 + length]
        end = raw[at + 8 + length : at + 12 + length]
        if len(end) < 4 or zlib.crc32(kind + body) != struct.unpack(">I", end)[0]:
            return "a damaged PNG picture"
        if first:
            if kind != b"IHDR" or length != 13:
                return "a damaged PNG picture"
            width, height = struct.unpack(">II", body[:8])
            if not 16 <= width <= MAX_SIDE or not 16 <= height <= MAX_SIDE:
                return f"a PNG picture of {width} x {height} pixels (16 to {MAX_SIDE} a side)"
        first = False
        at += 12 + length
        if kind == b"IEND":
            return "" if at == len(raw) else "a PNG picture with other data behind it"
    return "a damaged PNG picture"


def svg_problem(raw: bytes) -> str:
    """Why ``raw`` is no SVG that only draws; empty when it is one."""
    if len(raw) > MAX_SVG:
        return f"an SVG of {len(raw):,} bytes (at most {MAX_SVG:,})"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "an SVG that is not UTF-8"
    checker = _Drawing()
    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    parser.StartDoctypeDeclHandler = checker.doctype
    parser.ProcessingInstructionHandler = checker.instruction
    parser.StartElementHandler = checker.start
    parser.EndElementHandler = checker.end
    parser.CharacterDataHandler = checker.characters
    parser.buffer_text = True
    try:
        parser.Parse(raw, True)
    except _Refused as reason:
        return str(reason)
    except expat.ExpatError as error:
        return f"no SVG picture ({expat.ErrorString(error.code)}, line {error.lineno})"
    return ""


class _Drawing:
    """Handlers of one SVG."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.count = 0
        self.css = ""

    def doctype(self, *_: object) -> None:
        raise _Refused("an SVG with a DOCTYPE")

    def instruction(self, target: str, *_: object) -> None:
        raise _Refused(f"an SVG with the instruction <?{target[:30]}")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(" ")
        self.count += 1
        if self.count > MAX_ELEMENTS or len(self.open) >= MAX_DEPTH:
            raise _Refused("an SVG with too many elements")
        if not self.open and (space, local) != (_SVG, "svg"):
            raise _Refused("a file whose root is not <svg>")
        if space == _SVG:
            if local not in _DRAWING:
                raise _Refused(f"an SVG with <{local[:30]}>")
        elif not any(mark in space for mark in _INERT):
            raise _Refused(f"an SVG with <{local[:30]}> of another kind")
        self.open.append(local)
        for key, value in attributes.items():
            plain = key.rpartition(" ")[2].lower()
            if plain.startswith("on"):
                raise _Refused(f"an SVG with the script attribute {plain[:30]}")
            if plain in ("href", "src", "base") and not value.strip().startswith("#") and space == _SVG:
                raise _Refused("an SVG that refers to something outside it")
            if space == _SVG and (_OUTSIDE.search(value) or "\\" in value):
                raise _Refused("an SVG that refers to something outside it")

    def characters(self, text: str) -> None:
        if self.open and self.open[-1] == "style":
            self.css += text

    def end(self, *_: object) -> None:
        self.open.pop()
        if _OUTSIDE.search(self.css) or "\\" in self.css:
            raise _Refused("an SVG that refers to something outside it")
