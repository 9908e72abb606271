"""Section ``offices``: offices the apps refer to by duty, named as the region names them."""

from kit.profile.schema.base import Section, field
from kit.profile.schema.officials import Official
from kit.profile.schema.types import FilePath, Text


class Office(Section):
    """One office."""

    name: Text = field(doc="Full name", example="Dinas Komunikasi dan Informatika", used="S H E D", derived=True)
    short_name: Text = field(doc="Usual abbreviation", example="Diskominfo", used="S H E D", derived=True)
    code: Text | None = field(None, doc="Code in letter numbers", example="Diskominfo", used="D")
    head_post: Text = field(
        doc="Post of its head", example="Kepala Dinas Komunikasi dan Informatika", used="D", derived=True
    )
    head: Official = field(Official, doc="Who heads it", example={"status": "Plt"}, used="D")
    address: Text | None = field(
        None, doc="Address, where it differs from doc.address", example="Jl. Lingkar Selatan No. 5", used="D"
    )


def _office(doc: str, name: str, short_name: str) -> Office:
    office: Office = field(doc=doc, example={"name": name, "short_name": short_name}, used="S H E D", derived=True)
    return office


class Offices(Section):
    """Offices by duty. Names are derived as most regions have them; a value here overrides one."""

    it: Office = _office("Information technology", "Dinas Komunikasi Informatika Sandi dan Statistik", "DKISS")
    licensing: Office = _office("Licensing", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP")
    personnel: Office = _office("Personnel", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "BKPSDM")
    finance: Office = _office("Finance", "Badan Pengelolaan Keuangan dan Aset Daerah", "BPKAD")
    social: Office = _office("Social affairs", "Dinas Sosial", "Dinsos")
    law: Office = _office("Law", "Bagian Hukum Sekretariat Daerah", "Bagian Hukum")
    inspectorate: Office = _office("Inspectorate", "Inspektorat Daerah", "Inspektorat")
    planning: Office = _office("Planning", "Badan Perencanaan Pembangunan Daerah", "Bappeda")
    tree: FilePath | None = field(
        None,
        doc="All offices as CSV beside the profile: code,parent,name,short_name",
        example="offices.csv",
        used="E S",
    )
