"""``.kit/manifest.json``: what a tree was rendered from, and every file's digest."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kit import __version__
from kit.paths import ROOT
from kit.render.tree import File, Tree, digest_of

PATH = ".kit/manifest.json"
FORMAT = 1


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
    folders = (ROOT / "kit" / "profile", ROOT / "kit" / "render", ROOT / "regions" / "data")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".py", ".csv", ".yml"))
    parts = [part for path in files for part in (str(path.relative_to(ROOT)), File(path.read_bytes()).digest)]
    return digest_of(__version__, *parts)


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
