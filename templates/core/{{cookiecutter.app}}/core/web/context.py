"""What every page knows of the region and the app: the template variable `service`."""

import functools
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import check_for_language, get_language

from core import notify
from core.region import find_file, region
from core.web import nav

_DAY_NAMES = {
    "monday": "Senin", "tuesday": "Selasa", "wednesday": "Rabu", "thursday": "Kamis",
    "friday": "Jumat", "saturday": "Sabtu", "sunday": "Minggu",
}  # fmt: skip


def service(request: HttpRequest) -> dict[str, Any]:
    """Context processor; nothing is computed before a page asks for it."""
    return {"service": Service(request)}


def region_asset(*names: str) -> str:
    """Return the static path of the first of these files the region brought ("region/emblem.svg"), or ""."""
    return next((f"region/{name}" for name in names if find_file(f"static/{name}")), "")


def _at(key: str) -> str:
    value: Any = region()
    for part in key.split("."):
        value = value[part]
    return str(value or "")


class Brand:
    """Names and words of the region and the app; needs neither request nor database."""

    @property
    def home(self) -> str:
        """Return the address of the app's start page, also below a path such as /hayu/."""
        return get_script_prefix()

    @property
    def government(self) -> str:
        """Return the government's formal name: "Pemerintah Kota Bandung"."""
        return str(region().terms.government_long)

    @property
    def region_name(self) -> str:
        """Return the region's name with its kind: "Kota Bandung"."""
        return str(region().region.name)

    @property
    def initials(self) -> str:
        """Return the letters of the neutral mark, for regions without an emblem."""
        words = str(region().region.short_name).split()
        return "".join(word[0] for word in words[:2]).upper() if len(words) > 1 else words[0][:2].upper()

    @functools.cached_property
    def _app(self) -> Any:
        return region().get("app") or region().brand.app_names[settings.APP]

    @property
    def app_name(self) -> str:
        """Return the app's name in this region."""
        return str(self._app.name)

    @property
    def slogan(self) -> str:
        """Return the app's promise in one line."""
        return str(self._app.slogan)

    @property
    def theme(self) -> str:
        """Return the static path of the region's colours, or ""."""
        return region_asset("theme.css")

    @property
    def emblem(self) -> str:
        """Return the static path of the region's emblem, or ""."""
        return region_asset("emblem.svg", "emblem.png")

    @property
    def logo(self) -> str:
        """Return the static path of the app's own logo, or ""."""
        return region_asset("logo.svg", "logo.png")

    @property
    def login_image(self) -> str:
        """Return the static path of the picture beside the sign-in form, or ""."""
        return region_asset("login.svg", "login.png", "login.jpg")

    @property
    def favicon(self) -> str:
        """Return the static path of the icon of the browser tab."""
        return region_asset("favicon.svg", "favicon.png", "emblem.svg") or "core/img/favicon.svg"

    @property
    def office(self) -> str:
        """Return the name of the office that answers for the app, or ""."""
        offices = region().get("offices", {})
        office = offices.get(getattr(settings, "OFFICE", "it"))
        return str(office.name) if office else ""

    @property
    def address(self) -> Any:
        """Return the postal address and contacts of the government (street, postal_code, phone, email)."""
        return region().doc.address

    @functools.cached_property
    def hours(self) -> list[tuple[str, str]]:
        """Return opening hours, equal neighbouring days joined: [("Senin–Kamis", "07.30–16.00"), ("Jumat", …)]."""
        hours = region().calendar.get("hours", {})
        rows: list[tuple[str, list[str]]] = []
        for day, name in _DAY_NAMES.items():
            work = str(hours[day].work).replace("-", "–") if day in hours else ""
            if rows and rows[-1][0] == work:
                rows[-1][1].append(name)
            else:
                rows.append((work, [name]))
        return [(f"{days[0]}–{days[-1]}" if len(days) > 1 else days[0], work) for work, days in rows if work]

    @property
    def time_label(self) -> str:
        """Return the label of the region's time zone: "WIB"."""
        return str(region().locale.tz_label)

    @property
    def languages(self) -> list[tuple[str, str, bool]]:
        """Return code and name of each language that has words of its own, and whether it is shown; none for one."""
        shown = get_language()
        found = [(code, name, code == shown) for code, name in settings.LANGUAGES if check_for_language(code)]
        return found if len(found) > 1 else []

    @property
    def credit(self) -> str:
        """Return the credit line. It stands on every page (PKS of the replication)."""
        return str(region().brand.credit.text)

    @property
    def credit_link(self) -> str:
        """Return where the credit line leads."""
        return str(region().brand.credit.get("link", "https://www.bandung.go.id/"))

    @property
    def footer(self) -> str:
        """Return the region's own line at the foot of pages."""
        return str(region().brand.footer)

    @property
    def tdpse(self) -> str:
        """Return the registration number of the electronic system (Permenkomdigi 5/2025), or ""."""
        return str(region().get("registration", {}).get("tdpse") or "")

    @property
    def version(self) -> str:
        """Return the version of the kit that rendered this installation."""
        return str(region().kit.version)


class Service(Brand):
    """The brand, and what depends on who looks at which page."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @functools.cached_property
    def nav(self) -> list[nav.Shown]:
        """Return the navigation of this person."""
        return nav.entries(self._request)

    @functools.cached_property
    def unread(self) -> int:
        """Return how many messages of the inbox are unread."""
        return notify.unread(self._request.user) if self._request.user.is_authenticated else 0

    @property
    def demo(self) -> bool:
        """Return whether the data are invented, so that pages say so."""
        return bool(settings.DEMO_MODE)

    @property
    def can_sign_up(self) -> bool:
        """Return whether people may open an account themselves."""
        return bool(getattr(settings, "SIGNUP_OPEN", True))

    @property
    def legal_basis(self) -> list[str]:
        """Return the regulations the app stands on, for the foot of pages.

        `settings.LEGAL_BASIS` names where they stand in the region data: ("grants.regulation",).
        """
        found = (_at(key) for key in getattr(settings, "LEGAL_BASIS", ()))
        return [line for line in found if line]
