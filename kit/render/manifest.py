"""``.kit/manifest.json``: what a tree was rendered from, and every file's digest."""

import json
import os
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kit import __version__
from kit.paths import ROOT
from kit.render.tree import File, Tree, digest_of

PATH = ".kit/manifest.json"
FORMAT = 1

_FOLDERS = ("kit/profile", "kit/render", "regions/data")


@dataclass(frozen=True)
class Inputs:
    """Digests of everything a render depends on: the kit's own rules and data, the templates, the region's profile."""

    kit: str
    templates: dict[str, str]
    profile: str

    @property
    def digest(self) -> str:
        """One digest of them all: equal inputs give equal trees."""
        return digest_of(json.dumps(asdict(self), sort_keys=True))


@cache
def kit_digest() -> str:
    """Digest of the version, of the code that makes contexts and trees, and of the official data."""
    parts = [part for folder in _FOLDERS for part in _parts(str(ROOT / folder), folder)]
    return digest_of(__version__, *parts)


def _parts(folder: str, name: str) -> list[str]:
    """Path and digest of every file of code or data below ``folder``, in order of names; outlines by their index."""
    parts = []
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = f"{name}/{entry.name}"
        if entry.is_dir():
            parts += _parts(entry.path, path)
        elif entry.name.endswith((".py", ".csv", ".yml")):
            with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123 - read at each start
                parts += [path, File(file.read()).digest]
    return parts


def profile_digest(files: Tree) -> str:
    """Digest of the profile and the files beside it that it names."""
    return digest_of(*(part for path in sorted(files) for part in (path, files[path].digest)))


def manifest(inputs: Inputs, code: str, slug: str, profile_files: list[str], tree: Tree) -> File:
    """The manifest of ``tree``, which holds everything but the manifest itself."""
    values = {
        "format": FORMAT,
        "kit": {"version": __version__, "digest": inputs.kit},
        "region": {"code": code, "slug": slug},
        "profile": inputs.profile,
        "profile_files": profile_files,
        "templates": inputs.templates,
        "input": inputs.digest,
        "files": {path: f"{tree[path].mode} {tree[path].digest}" for path in tree},
    }
    return File((json.dumps(values, sort_keys=True, indent=1) + "\n").encode())


def read(raw: bytes) -> dict[str, Any]:
    """The values of a manifest; empty when it is none (a region may have changed it)."""
    try:
        values = json.loads(raw)
    except ValueError:
        return {}
    return values if isinstance(values, dict) and values.get("format") == FORMAT else {}


def read_in(folder: Path) -> dict[str, Any]:
    """The manifest in a tree's folder; empty where there is none."""
    try:
        return read((folder / PATH).read_bytes())
    except OSError:
        return {}
