"""Section ``doc``: letters and documents (Permendagri 1/2023)."""

from typing import Literal

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import Host, Mail, NumberTemplate, Phone, PostalCode, Slug, Text


class Letterhead(Section):
    """Kop naskah dinas. The office's own name follows the lines of ``office``."""

    head: tuple[Text, ...] = field(
        doc="Lines on letters of the head", example=["BUPATI SUMBAWA BARAT"], used="D", derived=True
    )
    office: tuple[Text, ...] = field(
        doc="Lines above the office's name", example=["PEMERINTAH KABUPATEN SUMBAWA BARAT"], used="D", derived=True
    )
    emblem: bool = field(True, doc="Print the emblem where there is one", example=True, used="D")
    rule: Literal["double", "thick", "single"] = field(
        "double", doc="Line under the letterhead", example="thick", used="D"
    )


class Address(Section):
    """Address on letters."""

    street: Text = field(doc="Street and number of the head's office", example="Jl. Contoh No. 1", used="D", fill=True)
    postal_code: PostalCode = field(doc="Postal code", example="12345", used="D", fill=True)
    phone: Phone | None = field(None, doc="Telephone", example="(0370) 123456", used="D", fill=True)
    fax: Phone | None = field(None, doc="Fax", example="(0370) 123457", used="D")
    site: Host = field(doc="Web site", example="mataramkota.go.id", used="D", derived=True)
    email: Mail | None = field(
        None, doc="E-mail address of the government", example="setda@daerah.example", used="D", fill=True
    )


class Margins(Section):
    """Margins in millimetres."""

    top: int = field(25, doc="Top, mm", example=25, used="D", ge=5, le=60)
    right: int = field(20, doc="Right, mm", example=20, used="D", ge=5, le=60)
    bottom: int = field(20, doc="Bottom, mm", example=20, used="D", ge=5, le=60)
    left: int = field(25, doc="Left, mm", example=25, used="D", ge=5, le=60)


class Page(Section):
    """Paper."""

    size: Literal["A4", "F4"] = field("A4", doc="A4, or F4 (215 x 330 mm)", example="F4", used="D")
    margins: Margins = field(Margins, doc="Margins in mm", example={"top": 25, "left": 25}, used="D")


class Font(Section):
    """A typeface and its size in points. The kit ships free ones with the metrics of Arial, Times and Bookman."""

    name: Text = field("Arimo", doc="Name of the typeface", example="Arimo", used="D")
    size: int = field(12, doc="Size in points", example=12, used="D", ge=8, le=16)


def _legal_font() -> Font:
    return Font(name="TeX Gyre Bonum", size=12)


class SignatureRules(Section):
    """Switches of Permendagri 1/2023 art. 44."""

    titles_on_letters: bool = field(
        True, doc="Academic titles under letters, assignments and special papers", example=True, used="D"
    )
    titles_on_decisions: bool = field(
        False, doc="Academic titles under regulations and decisions", example=False, used="D"
    )
    nip_of_officials: bool = field(
        True, doc="NIP and rank of officials other than head, deputy and secretary", example=True, used="D"
    )
    plain_acting_heads: bool = field(
        True, doc="No titles, NIP and rank under an acting head or acting secretary", example=True, used="D"
    )


class LegalBasis(Section):
    """A law that documents name, in the order of this list."""

    kind: Text = field(doc="Kind of law", example="Undang-Undang", used="D")
    number: Text = field(doc="Number", example="27", used="D")
    year: int = field(doc="Year", example=2022, used="D", ge=1945, le=2100)
    subject: Text = field(doc="What it is about", example="Pelindungan Data Pribadi", used="D")


_LEGAL_BASES = (
    LegalBasis(kind="Undang-Undang", number="23", year=2014, subject="Pemerintahan Daerah"),
    LegalBasis(kind="Undang-Undang", number="27", year=2022, subject="Pelindungan Data Pribadi"),
    LegalBasis(kind="Peraturan Pemerintah", number="28", year=2018, subject="Kerja Sama Daerah"),
    LegalBasis(kind="Peraturan Presiden", number="95", year=2018, subject="Sistem Pemerintahan Berbasis Elektronik"),
    LegalBasis(
        kind="Peraturan Menteri Dalam Negeri",
        number="22",
        year=2020,
        subject="Tata Cara Kerja Sama Daerah dengan Daerah Lain dan Kerja Sama Daerah dengan Pihak Ketiga",
    ),
)


class Doc(Section):
    """Letters and documents."""

    kop: Letterhead = field(doc="Letterhead", example={"rule": "thick"}, used="D", derived=True)
    address: Address = field(doc="Address", example={"street": "Jl. Contoh No. 1", "postal_code": "12345"}, used="D")
    page: Page = field(Page, doc="Paper", example={"size": "F4"}, used="D")
    font_body: Font = field(Font, doc="Type of letters", example={"name": "Arimo", "size": 12}, used="D")
    font_legal: Font = field(
        _legal_font, doc="Type of legal products", example={"name": "TeX Gyre Bonum", "size": 12}, used="D"
    )
    number_template: dict[Slug, NumberTemplate] = field(
        lambda: {"default": "{klas}/{no}/{opd}/{tahun}"},
        doc="Number pattern by kind of document; `default` serves all others",
        example={"default": "{klas}/{no}/{opd}/{tahun}"},
        used="D",
    )
    number_reset: Literal["year", "month", "never"] = field(
        "year", doc="When counters start again", example="year", used="D"
    )
    classification_codes: dict[Slug, Text] = field(
        dict, doc="Classification code by kind of document", example={"bast": "000.2.3.2"}, used="D"
    )
    signature_rules: SignatureRules = field(
        SignatureRules, doc="What stands under a signature", example={"titles_on_letters": True}, used="D"
    )
    legal_bases: tuple[LegalBasis, ...] = field(
        _LEGAL_BASES,
        doc="Laws named in agreements, in order; a list here replaces the national one",
        example=[{"kind": "Undang-Undang", "number": "27", "year": 2022, "subject": "Pelindungan Data Pribadi"}],
        used="D",
    )
    witnesses: tuple[Text, ...] = field(
        ("Inspektur Daerah",), doc="Posts of witnesses at a handover", example=["Inspektur Daerah"], used="D"
    )
    meterai: bool = field(True, doc="Agreements carry a duty stamp", example=True, used="D")
