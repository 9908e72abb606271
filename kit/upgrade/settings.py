"""Settings that a new render changes in the region's data, key by key."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.render.git import git
from kit.upgrade.changes import Change

_LONGEST = 60
_MISSING = object()


@dataclass(frozen=True)
class Setting:
    """One value: the file, the dotted key, and both values as people read them; empty where there is none."""

    file: str
    key: str
    before: str
    after: str


def is_data(path: str) -> bool:
    """Whether a path is region data that the apps read as settings."""
    parts = path.split("/")
    return len(parts) == 4 and parts[0] == "apps" and parts[2] == "region" and path.endswith(".json")


def settings(repository: Path, old: str, new: str, changed: tuple[Change, ...]) -> tuple[Setting, ...]:
    """The settings that differ between two renders. The kit's own version is no setting."""
    found = []
    for one in changed:
        if is_data(one.path) or is_data(one.before):
            before, after = _flat(_read(repository, old, one.before)), _flat(_read(repository, new, one.path))
            keys = [key for key in {**before, **after} if before.get(key, _MISSING) != after.get(key, _MISSING)]
            found += [
                Setting(one.path, key, _words(before, key), _words(after, key)) for key in keys if key != "kit.version"
            ]
    return tuple(found)


def _read(repository: Path, commit: str, path: str) -> Any:
    try:
        return json.loads(git(repository, "show", f"{commit}:{path}", allow=(128,)) or b"{}")
    except ValueError:
        return {}


def _flat(values: Any) -> dict[str, Any]:
    return dict(_pairs(values, ""))


def _pairs(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from _pairs(item, f"{key}.{name}" if key else str(name))
    elif key:
        yield key, value


def _words(values: dict[str, Any], key: str) -> str:
    if key not in values:
        return ""
    text = json.dumps(values[key], ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
