"""Sections on duties and papers: ``privacy registration agreement support data``."""

from datetime import date

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import Contact, Paper, Paragraph, Slug, Text


def _retention() -> dict[str, int]:
    return {"proposals": 10, "applications": 5, "permits": 10, "activities": 5, "accounts": 2, "audit": 10}


class Privacy(Section):
    """Personal data (UU 27/2022)."""

    retention: dict[Slug, int] = field(
        _retention, doc="Years each kind of data is kept", example={"proposals": 10}, used="U I"
    )
    notice: Paragraph = field(
        doc="Privacy notice shown at forms",
        example="Data Anda dipakai hanya untuk melayani permohonan ini.",
        used="U",
        derived=True,
    )


class Registration(Section):
    """Registration of the electronic systems (Permenkomdigi 5/2025)."""

    tdpse: Text | None = field(
        None, doc="TDPSE number, shown at the foot of pages", example="001234.01/DJAI.PSE/01/2026", used="U"
    )


class Agreement(Section):
    """Papers of the cooperation with Kota Bandung."""

    mou: Paper = field(Paper, doc="Kesepakatan Bersama", example={"number": "415.4/12/2026"}, used="D")
    pks: Paper = field(Paper, doc="Perjanjian Kerja Sama", example={"number": "415.4/34/2026"}, used="D")
    bast: Paper = field(Paper, doc="Berita Acara Serah Terima", example={"number": "000.2.3.2/5/2026"}, used="D")


class Support(Section):
    """Who helps users and the IT office."""

    contacts: tuple[Contact, ...] = field(
        (), doc="Contacts shown to users", example=[{"name": "Layanan Diskominfo"}], used="U"
    )
    until: date | None = field(None, doc="Last day of the donor's support", example="2027-12-31", used="U")


class Data(Section):
    """Editions of the reference data."""

    wilayah_edition: Text = field(
        "300.2.2-2430/2025", doc="Decree of the codes in use", example="300.2.2-2430/2025", used="I"
    )
