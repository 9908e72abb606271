"""The forecast of one region: its profile rendered with the templates here, and merged elsewhere."""

import tempfile
from pathlib import Path

from kit.errors import KitError
from kit.profile import load_moved
from kit.render.region import Renderer
from kit.render.repository import KIT, MAIN, require_own
from kit.upgrade import guard
from kit.upgrade.forecast.outlook import Outlook
from kit.upgrade.forecast.reading import profile_into, shadow_of
from kit.upgrade.running import look


def outlook(where: str, repository: Path, renderer: Renderer) -> Outlook:
    """What the new render would meet in ``repository``; faults are told in the outlook, never raised."""
    with tempfile.TemporaryDirectory(prefix="kit-forecast-") as made:
        shadow, profile = Path(made) / "repository", Path(made) / "profile"
        try:
            return _outlook(where, repository, renderer, shadow, profile)
        except KitError as error:
            words = str(error).replace(str(shadow), where).replace(f"{profile}/", "")
            return Outlook(where, fault=words.replace("Nothing was changed. ", ""))


def _outlook(where: str, repository: Path, renderer: Renderer, shadow: Path, folder: Path) -> Outlook:
    shadow_of(repository, shadow)
    guard.require_kit_branch(shadow)
    if not all((shadow / ".git" / ref).exists() for ref in (KIT, MAIN)):
        raise KitError("it has no branches main and kit: `kit render` makes them, `kit adopt` for a copy by hand.")
    file = profile_into(shadow, folder)
    profile, text, _ = load_moved(file)
    require_own(shadow, profile.code)
    guard.require_history(shadow)
    report = look(shadow, renderer.tree(profile, file, text))
    name = profile.data.region.name
    if report.summary is None:
        return Outlook(where, name, guard.version_of(shadow, KIT), "up to date")
    return Outlook(
        where,
        name,
        report.summary.before,
        "conflicts" if report.conflicts else "merges cleanly",
        files=len(report.summary.files),
        settings=len(report.summary.settings),
        conflicts=report.conflicts,
        overrides=report.overrides,
        migrations=report.summary.migrations,
        steps=report.steps,
    )
