"""The region this installation serves, as rendered by the kit: read once, never changed at run time."""

import functools
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CORE_ROOT = Path(__file__).resolve().parent.parent


class RegionDataError(RuntimeError):
    """The rendered region data is missing, broken or lacks a key."""


class Node(Mapping[str, Any]):
    """A read-only mapping whose keys are also attributes; lists become tuples."""

    __slots__ = ("_path", "_values")

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self._path = path
        self._values = {key: _freeze(value, f"{path}.{key}".lstrip(".")) for key, value in values.items()}

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __getattr__(self, key: str) -> Any:
        if key.startswith("__"):
            raise AttributeError(key)
        try:
            return self._values[key]
        except KeyError:
            name = f"{self._path}.{key}".lstrip(".")
            raise RegionDataError(f"The region data has no `{name}`: render the region again with this kit.") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Node({self._path or 'region data'}: {', '.join(self._values)})"


def _freeze(value: Any, path: str) -> Any:
    if isinstance(value, dict):
        return Node(value, path)
    if isinstance(value, list):
        return tuple(_freeze(item, f"{path}[{index}]") for index, item in enumerate(value))
    return value


def plain(value: Any) -> Any:
    """Return region data as plain dicts and lists, for JSON and templates that need them."""
    if isinstance(value, Node):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


def directories() -> list[Path]:
    """Return the directories that hold region data: core's and, beside it, the running app's."""
    configured = os.environ.get("KIT_REGION_DIRS")
    if configured:
        return [Path(part) for part in configured.split(os.pathsep) if part]
    app = os.environ.get("KIT_APP_ROOT")
    return [CORE_ROOT / "region", *([Path(app) / "region"] if app else [])]


def find_file(name: str) -> Path | None:
    """Return the first region file of this name (`emblem.svg`, `wilayah.csv`, `theme.css`), if any."""
    return next((path / name for path in directories() if (path / name).is_file()), None)


@functools.cache
def region() -> Node:
    """Return the merged region data: `region().terms.head`, `region().licences.capital_threshold`."""
    merged: dict[str, Any] = {}
    for directory in directories():
        for path in sorted(directory.glob("*.json")):
            try:
                part = json.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise RegionDataError(
                    f"{path} is not rendered region data ({error}): run `kit render`, or set KIT_REGION_DIRS."
                ) from None
            merged.update(part)
    if "region" not in merged:
        places = ", ".join(map(str, directories()))
        raise RegionDataError(f"No region data in {places}: run `kit render`, or set KIT_REGION_DIRS.")
    return Node(merged)


def forget() -> None:
    """Drop cached region data, so that tests can switch region inside one process."""
    from core import calendar, dates, filters, maps, wilayah

    region.cache_clear()
    wilayah.places.cache_clear()
    maps.atlas.cache_clear()
    calendar.calendar.cache_clear()
    dates.zone.cache_clear()
    filters.rendered.cache_clear()
