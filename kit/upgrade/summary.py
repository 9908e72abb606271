"""What a new version brings, in words: changelog, files by kind, settings, database migrations."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kit.render import manifest
from kit.upgrade.changelog import Entry, between
from kit.upgrade.changes import Change, changes
from kit.upgrade.guard import is_other_kit, version_of
from kit.upgrade.settings import Setting, settings

_MIGRATION = re.compile(r"apps/(?P<app>[^/]+)/.*/migrations/(?P<name>\d{4}_[^/]+)\.py")
_ENDINGS = {
    ".py": "program code",
    ".html": "pages",
    ".txt": "texts",
    ".css": "styles and scripts",
    ".js": "styles and scripts",
    ".po": "translations",
    ".mo": "translations",
    ".typ": "documents",
}


@dataclass(frozen=True)
class Count:
    """How many files of one kind were changed in one way."""

    kind: str
    how: str
    files: int


@dataclass(frozen=True)
class Summary:
    """The difference of two renders. ``before``, ``after``: versions of the kit."""

    before: str
    after: str
    changelog: tuple[Entry, ...]
    counts: tuple[Count, ...]
    settings: tuple[Setting, ...]
    migrations: tuple[str, ...]
    files: tuple[Change, ...]


def summary(repository: Path, old: str, new: str) -> Summary:
    """What differs between the renders at ``old`` and ``new``."""
    found = tuple(one for one in changes(repository, old, new) if one.path != manifest.PATH)
    before, after = version_of(repository, old), version_of(repository, new)
    counted = Counter((kind(one.path), one.how) for one in found)
    migrations = [
        f"{match['app']}: {match['name']}"
        for one in found
        if one.how == "added" and (match := _MIGRATION.fullmatch(one.path))
    ]
    return Summary(
        before,
        after,
        between(before, after, unreleased=is_other_kit(repository, old, new)),
        tuple(Count(*key, files) for key, files in sorted(counted.items())),
        settings(repository, old, new, found),
        tuple(migrations),
        found,
    )


def kind(path: str) -> str:
    """What a file of the region's repository is, in words."""
    top, _, rest = path.partition("/")
    if top in ("deploy", "docs"):
        return {"deploy": "deployment", "docs": "documentation"}[top]
    if top != "apps":
        return "profile" if path == "region.yml" else "the repository itself"
    if _MIGRATION.fullmatch(path):
        return "database migrations"
    if rest.partition("/")[2].startswith("region/"):
        return "region data"
    if Path(path).name.startswith("requirements"):
        return "required packages"
    return _ENDINGS.get(Path(path).suffix, "other files of the apps")
