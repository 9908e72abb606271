"""The proof of a lifted commit: what the next upgrade makes of the region's tree."""

from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.render import manifest
from kit.render.git import ask
from kit.render.merging import merge
from kit.render.region import Renderer
from kit.render.repository import KIT, MAIN, Render, commit_render
from kit.upgrade.changes import changes
from kit.upgrade.lift.sources import Sources
from kit.upgrade.running import shadow_of

if TYPE_CHECKING:
    from kit.profile import Profile


def prove(repository: Path, profile: "Profile", file: Path, render: Render, sources: Sources) -> bool:
    """Render with the changed templates, merge, and compare the region's tree with what it is without them.

    True where that is its tree now. Raises KitError naming the files that would differ or conflict. The templates are
    also rendered for the region of their own defaults, so that no placeholder serves one region only.
    """
    for name in sources.templates:
        sources.engine(name).render(sources.templates[name].defaults)
    renderer = Renderer()
    for template in sources.templates.values():
        renderer.use(template)
    after = renderer.tree(profile, file)
    with shadow_of(repository) as shadow:
        plain = _upgraded(shadow, render)
        lifted = _upgraded(shadow, after)
        other = [one.path for one in changes(shadow, plain, lifted) if one.path != manifest.PATH]
        if other:
            raise KitError(f"the region's tree would be another after the next upgrade: {', '.join(other[:10])}.")
        return all(one.path == manifest.PATH for one in changes(shadow, MAIN, plain))


def _upgraded(shadow: Path, render: Render) -> str:
    """The tree that an upgrade to ``render`` makes of the region's."""
    commit_render(shadow, render, ask(shadow, "rev-parse", KIT))
    merged = merge(shadow)
    if merged.paths:
        raise KitError(
            f"the next upgrade would meet conflicts in {', '.join(merged.paths[:10])}: upgrade the region first, "
            "or lift the commits that changed these lines together."
        )
    return merged.tree
