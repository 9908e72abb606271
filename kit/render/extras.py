"""The profile and the files beside it: kept in the region's repository, and given to the apps that show them."""

import os
import stat
from pathlib import Path

from kit.errors import KitError
from kit.profile import official, strings
from kit.render.tree import File, Tree, add

PROFILE = "region.yml"
MAX_BYTES = 4 * 1024 * 1024
RESERVED = ("apps", "deploy", "docs", "custom")

_CORE = "apps/core/region"
_PLACES = {
    "brand.emblem": f"{_CORE}/static/emblem",
    "brand.favicon": f"{_CORE}/static/favicon",
    "brand.login_image": f"{_CORE}/static/login",
    "offices.tree": f"{_CORE}/offices",
    "budget.account_codes": f"{_CORE}/account_codes",
    "brand.app_names.sabilulungan.logo": "apps/sabilulungan/region/static/logo",
    "brand.app_names.hayu.logo": "apps/hayu/region/static/logo",
    "brand.app_names.erk.logo": "apps/erk/region/static/logo",
}
"""Where a file goes in the apps, by the field that names it; its ending stays."""

_STRINGS = "locale.strings."


def profile_files(named: dict[str, str], file: Path, text: str | None = None) -> Tree:
    """region.yml and the files it names, at their places beside it. Raises KitError where one cannot stand there.

    ``text``: of region.yml, where it is not that of the file.
    ``named``: their paths relative to the profile, by the dotted field that names them.
    """
    tree: Tree = {PROFILE: _read(file) if text is None else File(text.encode())}
    for field, name in sorted(named.items()):
        if name.split("/")[0] in RESERVED:
            raise KitError(
                f"{file}: {field} is {name!r}, but the region's repository keeps something else in "
                f"{name.split('/')[0]}/: keep the file in another folder beside the profile."
            )
        if name not in tree:
            add(tree, name, _read(file.parent / name), field)
    return tree


def app_files(named: dict[str, str], beside: Path, templates: tuple[str, ...]) -> Tree:
    """The files that the ``templates`` show or read, at their places in the apps.

    ``named``: as in `profile_files`; ``beside``: the folder they are relative to.
    """
    tree: Tree = {}
    for field, name in sorted(named.items()):
        path = beside / name
        place = _PLACES.get(field)
        if place and place.split("/")[1] in templates:
            add(tree, f"{place}{path.suffix.lower()}", _read(path), field)
        if field.startswith(_STRINGS):
            language = field.removeprefix(_STRINGS)
            catalogue = File(strings.catalogue(_read(path).data, language))
            add(tree, f"{_CORE}/locale/{_locale(language)}/LC_MESSAGES/django.mo", catalogue, field)
    return tree


def _locale(language: str) -> str:
    """The name of a language's folder: "su", "ms_MY", "jv_Latn"."""
    name, _, part = language.partition("-")
    return f"{name}_{part.title() if len(part) > 2 else part.upper()}" if part else name


def boundary_files(code: str) -> Tree:
    """The outlines of the parts of the region ``code``, for the maps of its apps."""
    return {f"{_CORE}/boundaries/{level}.topojson": _read(path) for level, path in official.boundaries(code).items()}


def small(path: Path) -> bytes | None:
    """The bytes of a plain file of at most 4 MB, else None."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return None
            raw = file.read(MAX_BYTES + 1)
    except OSError:
        return None
    return raw if len(raw) <= MAX_BYTES else None


def _read(path: Path) -> File:
    raw = small(path)
    if raw is None:
        raise KitError(f"{path} cannot be read as a plain file of at most 4 MB.")
    return File(raw)
