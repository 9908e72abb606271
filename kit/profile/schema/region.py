"""Section ``region``: what the region is."""

from datetime import date
from typing import Literal

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import Code, ProvinceCode, Text

Kind = Literal["kota", "kabupaten", "provinsi"]


class FormerCode(Section):
    """A code the region had before a decree changed it: stored addresses still resolve."""

    code: Code = field(doc="The old code", example="32.19", used="I")
    until: date = field(doc="Last day it was valid", example="2024-12-31", used="I")


class Region(Section):
    """Identity. All but the code is derived from the official data; a value here overrides it."""

    code: Code = field(doc="Official code of the region", example="52.07", used="U D I")
    kind: Kind = field(doc="Kind of region", example="kabupaten", derived=True)
    name: Text = field(doc="Full name with its kind", example="Kabupaten Sumbawa Barat", derived=True)
    short_name: Text = field(doc="Name without its kind", example="Sumbawa Barat", used="U", derived=True)
    abbreviation: Text | None = field(None, doc="Usual abbreviation", example="KSB", used="U")
    province_code: ProvinceCode = field(doc="Code of the province", example="52", derived=True)
    province_name: Text = field(doc="Name of the province", example="Nusa Tenggara Barat", derived=True)
    seat: Text = field(doc="Seat of the government", example="Taliwang", used="D", derived=True)
    letter_place: Text = field(
        doc="Place printed before the date of letters", example="Taliwang", used="D", derived=True
    )
    former_codes: tuple[FormerCode, ...] = field(
        (), doc="Codes the region had before", example=[{"code": "32.19", "until": "2024-12-31"}], used="I"
    )
    motto: Text | None = field(None, doc="Motto, as the region writes it", example="Pariri Lema Bariri", used="U")
