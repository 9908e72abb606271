"""Section ``officials``: the posts that sign. A post is printed even while no person is named."""

from datetime import date
from typing import Literal

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import Mail, Nip, Phone, Text


class Head(Section):
    """A person in a post. Without a name, documents print a dotted line to sign over."""

    front_title: Text | None = field(None, doc="Titles before the name", example="Dr. H.", used="D")
    name: Text | None = field(None, doc="Name without titles", example="Nama Lengkap", used="D")
    back_title: Text | None = field(None, doc="Titles after the name", example="S.H., M.Si.", used="D")
    status: Literal["definitif", "Pj", "Pjs", "Plt", "Plh"] = field(
        "definitif", doc="Whether the post is held or acted for", example="Plt", used="D"
    )
    since: date | None = field(None, doc="First day in the post", example="2025-02-20", used="D")
    until: date | None = field(None, doc="Last day in the post", example="2030-02-20", used="D")


class RegionHead(Head):
    """The head of the region."""

    name: Text | None = field(
        None, doc="Name of the head of the region, without titles", example="Nama Lengkap", used="D", fill=True
    )


class Official(Head):
    """An official whose NIP and rank are printed (Permendagri 1/2023 art. 44)."""

    nip: Nip | None = field(None, doc="NIP", example="197001011995031001", used="D")
    rank: Text | None = field(None, doc="Rank and grade", example="Pembina Utama Muda, IV/c", used="D")


class DataProtection(Section):
    """Official for data protection (UU 27/2022 art. 53)."""

    name: Text = field(
        "Pejabat Pelindungan Data Pribadi", doc="Post", example="Pejabat Pelindungan Data Pribadi", used="U"
    )
    email: Mail | None = field(
        None, doc="E-mail for questions on personal data", example="ppid@daerah.example", used="U", fill=True
    )
    phone: Phone | None = field(None, doc="Telephone", example="(0370) 123456", used="U")


class IncidentTeam(Section):
    """Cyber incident response team (Peraturan BSSN 1/2024)."""

    name: Text = field("Tim Tanggap Insiden Siber", doc="Name of the team", example="TTIS Kota Mataram", used="I")
    email: Mail | None = field(
        None, doc="E-mail for reports of security faults", example="csirt@daerah.example", used="I", fill=True
    )
    phone: Phone | None = field(None, doc="Telephone", example="(0370) 123456", used="I")
    key: Text | None = field(None, doc="Fingerprint of the team's public key", example="D1FA 5E2B 0C9A 77F3", used="I")


class Registrar(Section):
    """Who registers the systems with the ministry (Permenkomdigi 5/2025)."""

    name: Text | None = field(None, doc="Name", example="Nama Lengkap", used="I")
    post: Text = field(
        "Kepala Dinas Komunikasi dan Informatika",
        doc="Post: an administrator or functional ahli madya of the IT office",
        example="Kepala Bidang Aplikasi Informatika",
        used="I",
    )


class Officials(Section):
    """Posts that sign or answer."""

    head: RegionHead = field(RegionHead, doc="Head of the region", example={"status": "Plt"}, used="D")
    deputy: Official = field(Official, doc="Deputy head", example={"status": "definitif"}, used="D")
    secretary: Official = field(
        Official, doc="Regional secretary", example={"rank": "Pembina Utama Madya, IV/d"}, used="D"
    )
    data_protection: DataProtection = field(
        DataProtection, doc="Official for data protection", example={"email": "ppid@daerah.example"}, used="U"
    )
    incident_team: IncidentTeam = field(
        IncidentTeam, doc="Incident response team", example={"email": "csirt@daerah.example"}, used="I"
    )
    pse_registrar: Registrar = field(
        Registrar, doc="Registrar of the systems", example={"post": "Kepala Bidang"}, used="I"
    )
