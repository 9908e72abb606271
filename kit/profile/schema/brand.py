"""Section ``brand``: looks and names of the apps."""

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import FilePath, HexColour, Text, Url


class AppName(Section):
    """How an app is called here."""

    name: Text = field(doc="Name of the app", example="Pariri Bantuan", used="U", derived=True)
    slogan: Text = field(
        doc="Its promise in one line", example="Hibah dan bantuan sosial yang terbuka", used="U", derived=True
    )
    logo: FilePath | None = field(None, doc="Logo of the app, SVG or PNG", example="sabilulungan.svg", used="U")


class AppNames(Section):
    """Names of the three apps; an adopter may rename them, the credit stays."""

    sabilulungan: AppName = field(
        doc="Grants and social aid",
        example={"name": "Pariri Bantuan", "slogan": "Bantuan yang terbuka"},
        used="U",
        derived=True,
    )
    hayu: AppName = field(
        doc="Business licensing",
        example={"name": "Pariri Usaha", "slogan": "Izin yang ringkas"},
        used="U",
        derived=True,
    )
    erk: AppName = field(
        doc="Performance and remuneration",
        example={"name": "Pariri Kinerja", "slogan": "Kerja yang tercatat"},
        used="U",
        derived=True,
    )


class Colours(Section):
    """Two colours; tints and shades are computed. Each must read on white with at least 4.5:1 (WCAG 2.2 AA)."""

    primary: HexColour = field("#0B5FA5", doc="Main colour: head, buttons, links", example="#0B5FA5", used="U")
    accent: HexColour = field("#8A5A00", doc="Second colour: marks and highlights", example="#8A5A00", used="U")


class Credit(Section):
    """Where the apps come from. Shown on every page; cannot be left out."""

    text: Text = field(
        "Hasil replikasi dari Pemerintah Kota Bandung",
        doc="Credit line; must name Pemerintah Kota Bandung",
        example="Hasil replikasi dari Pemerintah Kota Bandung",
        used="U",
    )
    link: Url = field(
        "https://www.bandung.go.id/", doc="Where the credit leads", example="https://www.bandung.go.id/", used="U"
    )


class Brand(Section):
    """Looks. Emblems are the region's property: none is shipped, and none is printed until there is one."""

    emblem: FilePath | None = field(
        None, doc="Emblem beside the profile, SVG or PNG, transparent", example="emblem.svg"
    )
    app_names: AppNames = field(
        doc="Names of the apps", example={"erk": {"name": "Pariri Kinerja"}}, used="U", derived=True
    )
    colors: Colours = field(Colours, doc="Colours", example={"primary": "#0B5FA5", "accent": "#8A5A00"}, used="U")
    credit: Credit = field(
        Credit, doc="Credit line", example={"text": "Hasil replikasi dari Pemerintah Kota Bandung"}, used="U"
    )
    footer: Text = field(
        doc="Line at the foot of pages", example="© Pemerintah Kabupaten Sumbawa Barat", used="U", derived=True
    )
    login_image: FilePath | None = field(None, doc="Picture on the sign-in page", example="login.png", used="U")
    favicon: FilePath | None = field(None, doc="Icon of the browser tab, SVG or PNG", example="favicon.svg", used="U")
