"""Section ``terms``: what things are called here (domain rule: roles in code, names in the profile)."""

from typing import Literal

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import Slug, Text


class Terms(Section):
    """Names of posts, regulations and levels. Derived from the kind of region; a value here overrides it."""

    head_spelling: Literal["Wali Kota", "Walikota"] = field(
        "Wali Kota", doc="Spelling in a kota; the terms below follow it", example="Walikota"
    )
    head: Text = field(doc="Head of the region", example="Bupati", derived=True)
    deputy: Text = field(doc="Deputy head", example="Wakil Bupati", derived=True)
    government_long: Text = field(
        doc="The government, formally", example="Pemerintah Kabupaten Sumbawa Barat", derived=True
    )
    government_short: Text = field(doc="The government, in short", example="Pemkab Sumbawa Barat", derived=True)
    regulation: Text = field(doc="Regulation of the head", example="Peraturan Bupati", used="D", derived=True)
    regulation_abbr: Text = field(doc="The same, in short", example="Perbup", used="D", derived=True)
    decision: Text = field(doc="Decision of the head", example="Keputusan Bupati", used="D", derived=True)
    decision_abbr: Text = field(doc="The same, in short", example="Kepbup", used="D", derived=True)
    bylaw: Text = field(doc="By-law", example="Peraturan Daerah Kabupaten Sumbawa Barat", used="D", derived=True)
    secretary: Text = field("Sekretaris Daerah", doc="Post of the regional secretary", example="Sekretaris Daerah")
    secretariat: Text = field(
        doc="Regional secretariat", example="Sekretariat Daerah Kabupaten Sumbawa Barat", derived=True
    )
    council: Text = field(doc="Regional council", example="DPRD Kabupaten Sumbawa Barat", derived=True)
    bureau: Text = field(doc="Unit of the secretariat", example="Bagian", derived=True)
    office_generic: Literal["Perangkat Daerah", "OPD", "SKPD"] = field(
        "Perangkat Daerah", doc="Any office of the government", example="OPD", used="U"
    )
    level2: Text = field("kabupaten/kota", doc="Level below a province", example="kabupaten/kota", used="U")
    level3: Text = field("kecamatan", doc="Level below a kabupaten or kota", example="distrik", used="U")
    level3_head: Text = field("Camat", doc="Head of that level", example="Kepala Distrik")
    level4_urban: Text = field("kelurahan", doc="Lowest level in towns", example="kelurahan", used="U")
    level4_urban_head: Text = field("Lurah", doc="Head of that level", example="Lurah")
    level4_rural: Text = field("desa", doc="Lowest level in the country", example="gampong", used="U")
    level4_rural_head: Text = field("Kepala Desa", doc="Head of that level", example="Keuchik")
    party_first: Literal["KESATU", "PERTAMA"] = field(
        "KESATU", doc="Word for the first party of an agreement", example="PERTAMA", used="D"
    )
    overrides: dict[Slug, Text] = field(
        dict, doc="Further words of the interface, by key", example={"lurah": "Lurah"}, used="U"
    )
