"""The profile and the files beside it: kept in the region's repository, and given to the apps that show them."""

import os
import stat
from pathlib import Path

from kit.errors import KitError
from kit.profile import Profile
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


def profile_files(profile: Profile, file: Path) -> Tree:
    """region.yml and the files it names, at their places beside it. Raises KitError where one cannot stand there."""
    tree: Tree = {PROFILE: _read(file)}
    for field, path in sorted(profile.files().items()):
        name = path.relative_to(file.parent).as_posix()
        if name.split("/")[0] in RESERVED:
            raise KitError(
                f"{file}: {field} is {name!r}, but the region's repository keeps something else in "
                f"{name.split('/')[0]}/: keep the file in another folder beside the profile."
            )
        if name not in tree:
            add(tree, name, _read(path), field)
    return tree


def app_files(profile: Profile, names: tuple[str, ...]) -> Tree:
    """The files that the templates ``names`` show or read, at their places in the apps."""
    tree: Tree = {}
    for field, path in sorted(profile.files().items()):
        place = _PLACES.get(field)
        if field.startswith(_STRINGS):
            place = f"{_CORE}/strings/{field.removeprefix(_STRINGS)}"
        if place and place.split("/")[1] in names:
            add(tree, f"{place}{path.suffix.lower()}", _read(path), field)
    return tree


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
