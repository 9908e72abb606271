"""Contexts: what each template is given of a profile. Built directly, never evaluated."""

from typing import TYPE_CHECKING, Any

from kit import __version__
from kit.errors import KitError
from kit.profile.colour import theme
from kit.render.engine import Context
from kit.render.markdown import plain
from kit.render.servers import deployment

if TYPE_CHECKING:
    from kit.profile import Profile

APP_SECTIONS = {"sabilulungan": "grants", "hayu": "licences", "erk": "performance"}
"""The section of the profile that holds an app's own rules."""

CORE_SECTIONS = (
    "region", "terms", "officials", "offices", "brand", "doc", "locale", "calendar", "budget", "apps", "net", "mail",
    "notify", "auth", "sign", "privacy", "registration", "support", "data",
)  # fmt: skip
"""What every app may know. Hosting, backups and the papers of the cooperation are none of its business."""

PAGE_COLOURS = ("surface", "surface-soft", "ink", "ink-muted")
"""Colours of the theme that are the same everywhere and stand in core's own style sheet."""


def enabled(values: dict[str, Any]) -> tuple[str, ...]:
    """The enabled apps of a profile's plain values, in the kit's order."""
    return tuple(app for app in APP_SECTIONS if app in values["apps"]["enabled"])


def core(profile: "Profile", values: dict[str, Any]) -> Context:
    """Context of templates/core."""
    colours = values["brand"]["colors"]
    made = theme(colours["primary"], colours["accent"])
    return {
        "app": "core",
        "_region": {"kit": {"version": __version__}} | {name: values[name] for name in CORE_SECTIONS},
        "_tables": {
            "places": [
                [place.code, place.parent, place.level, place.kind, place.name, place.postal_code]
                for place in profile.territory()
            ],
            "holidays": [[day.date, day.kind, day.name] for day in profile.holidays()],
        },
        "_theme": {name: colour for name, colour in made.items() if name not in PAGE_COLOURS},
    }


def app(name: str, values: dict[str, Any]) -> Context:
    """Context of an app's template: its name and slogan here, and its own rules."""
    section = APP_SECTIONS[name]
    if section not in values:
        raise KitError(f"The profile has no section {section!r}, which {name} needs: use the kit's own schema.")
    return {"app": name, "_region": {"app": values["brand"]["app_names"][name], section: values[section]}}


def repository(values: dict[str, Any], folder: str) -> Context:
    """Context of templates/region: words for the IT office, safe to stand in Markdown."""
    names, urls = values["brand"]["app_names"], values["net"]["base_url"]
    return {
        "app": folder,
        "_region": {
            "code": values["region"]["code"],
            "slug": values["region"]["slug"],
            "name": plain(values["region"]["name"]),
            "government": plain(values["terms"]["government_long"]),
            "apps": [
                {key: plain(names[name][key]) for key in ("name", "slogan")} | {"app": name, "url": urls[name]}
                for name in enabled(values)
            ],
            "deploy": deployment(values, enabled(values)),
            "it_office": plain(values["offices"]["it"]["name"]),
            "tz_label": values["locale"]["tz_label"],
            "wilayah_edition": plain(values["data"]["wilayah_edition"]),
        },
    }


def contexts(profile: "Profile") -> dict[str, Context]:
    """The context of every template a region gets, by template: region, core and the enabled apps."""
    values = profile.as_context()
    made = {"region": repository(values, profile.folder_name), "core": core(profile, values)}
    return made | {name: app(name, values) for name in enabled(values)}
