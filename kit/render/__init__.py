"""Rendering: cookiecutter templates and a profile in, the region's repository out.

``render(path)`` renders one region; a `Renderer` renders many. ``region_data(profile, into)`` writes only what the
apps read at run time, for tests.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from kit.render.data import region_data
from kit.render.region import Outcome, Renderer, build_dir

if TYPE_CHECKING:
    from kit.profile import Profile

__all__ = ["Outcome", "Renderer", "build_dir", "region_data", "render"]


def render(path: Path, into: Path | None = None, profile: "Profile | None" = None) -> Outcome:
    """Render the region of the profile at ``path``; see `Renderer.render`."""
    return Renderer().render(path, into, profile)
