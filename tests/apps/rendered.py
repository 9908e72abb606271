"""Region data as the kit renders it, from the shipped profiles: what an app of that region reads at run time."""

import atexit
import functools
import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BANDUNG = "32.73"
SUMBAWA_BARAT = "52.07"
BANTEN = "36"


@functools.cache
def folders(code: str = BANDUNG) -> dict[str, Path]:
    """Render the region data of the region with this code once a process; return core's folder and each app's."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    from kit.profile import load
    from kit.profile.store import find
    from kit.render import region_data

    return region_data(load(find(code)), _place())


@functools.cache
def sample(code: str) -> dict[str, Path]:
    """Render the region data of a region by what is official of it and the defaults; it needs no profile."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    from kit.profile import from_values
    from kit.profile import sample as values
    from kit.render import region_data

    return region_data(from_values(values(code)), _place())


@functools.cache
def hostile() -> dict[str, Path]:
    """Render the region data of a profile whose every free text tries to be something else (see tests/kit/render)."""
    if str(ROOT) not in sys.path:
        sys.path.append(str(ROOT))
    from kit.render import region_data
    from tests.kit.render import nasty

    return region_data(nasty.profile(), _place())


def _place() -> Path:
    place = tempfile.mkdtemp(prefix="kit-test-region-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return Path(place)


def dirs(app: str, code: str = BANDUNG) -> str:
    """The value of KIT_REGION_DIRS for an app of a region: core's folder and, where it is enabled, the app's."""
    made = folders(code)
    return os.pathsep.join(str(made[name]) for name in ("core", app) if name in made)
