"""`deploy/install.yml` of a region's repository: what is installed on which server, and where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kit.deploy.hooks import hooks_of
from kit.errors import KitError

PLACE = "deploy/install.yml"
SNIPPETS = "custom/nginx"
"""The region's own lines for nginx: http.conf for all addresses together, server.conf for each."""

_SNIPPETS_AT = "/etc/nginx/kit/custom"
_SNIPPETS = ("http.conf", "server.conf")
_GROUPS = ("all", "web", "db")
_PATH = re.compile(r"/[A-Za-z0-9._/@{}+-]+")
_KEYS = {"role", "file", "path", "mode", "service", "memory", "absent"}


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of the repository and its place on a server; without ``source`` the place is to be empty."""

    role: str
    path: str
    source: Path | None
    mode: int = 0o644
    service: str = ""
    memory: bool = False
    name: str = ""
    """Of the source in the repository."""


@dataclass(frozen=True, slots=True)
class Installation:
    """Everything `deploy/install.yml` says, and what the region adds in `custom/`."""

    packages: Mapping[str, tuple[str, ...]]
    services: Mapping[str, tuple[str, ...]]
    files: tuple[FileEntry, ...]
    hooks: tuple[str, ...] = ()
    """The region's own programs around a deployment."""

    def packages_of(self, roles: frozenset[str]) -> tuple[str, ...]:
        """Packages of a server with these roles, sorted."""
        return tuple(sorted({name for group in _groups(roles) for name in self.packages.get(group, ())}))

    def services_of(self, roles: frozenset[str]) -> tuple[str, ...]:
        """Units that run on a server with these roles."""
        return tuple(dict.fromkeys(name for group in _groups(roles) for name in self.services.get(group, ())))

    def files_of(self, roles: frozenset[str]) -> tuple[FileEntry, ...]:
        """Files of a server with these roles."""
        return tuple(entry for entry in self.files if entry.role in _groups(roles))


def _groups(roles: frozenset[str]) -> tuple[str, ...]:
    return ("all", *(role for role in ("web", "db") if role in roles))


def read(repository: Path) -> Installation:
    """Read the file, and `custom/nginx` and `custom/hooks`. Raises KitError naming the entry that cannot be used."""
    file = repository / PLACE
    try:
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise KitError(f"{file} cannot be read ({error.strerror}): render the region with `kit render`.") from None
    except yaml.YAMLError as error:
        raise KitError(f"{file} is no valid YAML: {error}") from None
    if not isinstance(found, dict) or not isinstance(found.get("files"), list):
        raise KitError(f"{file} must hold packages, services and files.")
    entries = tuple(_entry(file, number, row) for number, row in enumerate(found["files"], 1))
    packages, services = (_names(file, found, key) for key in ("packages", "services"))
    return Installation(packages, services, entries + _snippets(repository), hooks_of(repository))


def _snippets(repository: Path) -> tuple[FileEntry, ...]:
    """The region's own lines for nginx, or that there are none."""
    folder = repository / SNIPPETS
    strange = [path for path in folder.glob("*") if path.name not in (*_SNIPPETS, ".gitkeep")]
    if strange:
        raise KitError(f"{strange[0]} is not used: {SNIPPETS} may hold {' and '.join(_SNIPPETS)}.")
    entries = []
    for name in _SNIPPETS:
        source = folder / name if (folder / name).is_file() else None
        entries.append(FileEntry("web", f"{_SNIPPETS_AT}/{name}", source, service="nginx", name=f"{SNIPPETS}/{name}"))
    return tuple(entries)


def _names(file: Path, found: Mapping[str, Any], key: str) -> dict[str, tuple[str, ...]]:
    groups = found.get(key) or {}
    if not isinstance(groups, dict) or not set(groups) <= set(_GROUPS):
        raise KitError(f"{file}: {key} must be lists under {', '.join(_GROUPS)}.")
    return {str(group): tuple(map(str, names or ())) for group, names in groups.items()}


def _entry(file: Path, number: int, row: Any) -> FileEntry:
    where = f"{file}: entry {number} of files"
    if not isinstance(row, dict) or not set(row) <= _KEYS:
        raise KitError(f"{where} may only hold {', '.join(sorted(_KEYS))}.")
    path, role = str(row.get("path", "")), str(row.get("role", ""))
    if role not in _GROUPS:
        raise KitError(f"{where}: `role` must be {', '.join(_GROUPS)}, not {role!r}.")
    if not _PATH.fullmatch(path) or ".." in path.split("/"):
        raise KitError(f"{where}: `path` must be an absolute path on the server, without blanks, not {path!r}.")
    if row.get("absent"):
        return FileEntry(role, path, None, service=str(row.get("service", "")))
    source = file.parent / str(row.get("file", ""))
    if not source.resolve().is_relative_to(file.parent.resolve()) or not source.is_file():
        raise KitError(f"{where}: there is no file {row.get('file')!r} in {file.parent}.")
    mode = str(row.get("mode", "0644"))
    if not mode.isdigit() or len(mode) != 4:
        raise KitError(f'{where}: `mode` must be written as text, such as "0644", not {mode!r}.')
    service, memory = str(row.get("service", "")), bool(row.get("memory"))
    return FileEntry(role, path, source, int(mode, 8), service, memory, f"deploy/{row['file']}")
