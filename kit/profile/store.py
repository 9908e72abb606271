"""Where profiles stand: ``regions/CODE-slug/region.yml``, found by code, slug or path."""

import os
from dataclasses import dataclass
from pathlib import Path

from kit.errors import UsageError
from kit.paths import ROOT
from kit.profile.official import Official, by_name, near, regions, slug


def regions_dir() -> Path:
    """The folder of the profiles: ``$KIT_REGIONS``, or ``regions`` of this project."""
    return Path(os.environ.get("KIT_REGIONS") or ROOT / "regions")


@dataclass(frozen=True)
class Stored:
    """A profile's folder and the code and slug its name says."""

    code: str
    slug: str
    path: Path


def stored() -> list[Stored]:
    """Every folder ``CODE-slug`` that holds a region.yml, in order of codes."""
    found = []
    for file in sorted(regions_dir().glob("[0-9][0-9]*-*/region.yml")):
        code, _, name = file.parent.name.partition("-")
        found.append(Stored(code, name, file))
    return found


def find(target: str) -> Path:
    """The region.yml that REGION names: a path, a code (``52.71``), or a slug (``kota-mataram``).

    A path is taken as it is, whether or not something stands there. Raises UsageError where no profile fits.
    """
    if os.sep in target or target.endswith((".yml", ".yaml")):
        path = Path(target)
        return path / "region.yml" if path.is_dir() and (path / "region.yml").exists() else path
    for one in stored():
        if target in (one.code, one.slug, one.path.parent.name):
            return one.path
    if (Path(target) / "region.yml").is_file():
        return Path(target) / "region.yml"
    raise UsageError(_unknown(target))


def _unknown(target: str) -> str:
    exact = [regions()[target]] if target in regions() else by_name(target)
    if exact:
        named = "; ".join(f"{one.name} is {one.code}" for one in exact)
        makes = f"`kit region new {exact[0].code}` makes one; `kit region list` shows those there are."
        return f"no profile of {target!r} yet ({named}). {makes}"
    mine = {one.slug for one in stored()}
    close = [one for one in near(target) if slug(one) in mine] or near(target)
    hint = f" Near: {', '.join(f'{one.code} {slug(one)}' for one in close)}." if close else ""
    return f"no region is called {target!r}: give a code, a slug or a path.{hint} `kit region list` shows the profiles."


def official(text: str) -> Official:
    """The region with the code ``text``. Raises UsageError with near ones; a name is explained, not taken."""
    if found := regions().get(text):
        return found
    same = by_name(text)
    if same:
        codes = "\n".join(f"  kit region new {one.code}    # {one.name}, {one.province_name}" for one in same)
        raise UsageError(f"{text!r} is a name; profiles are keyed on the official code:\n{codes}")
    close = near(text)
    lines = "".join(f"\n  {one.code}  {one.name}, {one.province_name}" for one in close)
    raise UsageError(f"no province, kabupaten or kota has the code {text!r}." + (f" Near:{lines}" if lines else ""))
