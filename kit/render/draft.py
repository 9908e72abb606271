"""What a render needs of a profile, kept between runs: one that was good is not checked anew while it is the same.

Checking wants the whole schema, which takes longer to load than a region takes to render.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kit.errors import KitError
from kit.render import extras, manifest
from kit.render.cache import private_dir
from kit.render.engine import Context
from kit.render.tree import Tree, digest_of

if TYPE_CHECKING:
    from kit.profile import Profile


@dataclass(frozen=True)
class Draft:
    """A good profile, as plain data: ``named`` are the files it names, by dotted field, as paths beside it."""

    name: str
    code: str
    slug: str
    named: dict[str, str]
    contexts: dict[str, Context]

    @property
    def folder_name(self) -> str:
        """``52.71-kota-mataram``: name of the profile's folder and of the rendered tree."""
        return f"{self.code}-{self.slug}"


def draft_of(profile: "Profile") -> Draft:
    """The draft of a loaded profile."""
    from kit.render.context import contexts

    return Draft(profile.data.region.name, profile.code, profile.slug, named(profile), contexts(profile))


def named(profile: "Profile") -> dict[str, str]:
    """The files a profile names, by dotted field, as paths relative to its folder; none when it was made in memory."""
    if profile.path is None:
        return {}
    folder = profile.path.parent
    return {field: path.relative_to(folder).as_posix() for field, path in profile.files().items()}


def load(file: Path) -> Draft:
    """The draft of the profile at ``file``, from an earlier run where nothing it rests on has changed.

    Raises ProfileError for faults of the profile.
    """
    return _kept(file) or _made(file)


def _made(file: Path) -> Draft:
    from kit.profile import load as checked

    draft = draft_of(checked(file))
    _keep(file, draft)
    return draft


def _place(file: Path) -> Path | None:
    folder = private_dir("drafts")
    return folder / f"{digest_of(file.absolute().parent.name)[:32]}.json" if folder else None


def _key(files: Tree) -> str:
    """The same for the same profile, files beside it, official data and code."""
    return digest_of(manifest.kit_digest(), manifest.profile_digest(files))


def _kept(file: Path) -> Draft | None:
    place = _place(file)
    try:
        raw = place.read_bytes() if place else b""
        key, _, values = raw.partition(b"\n")
        draft = Draft(**json.loads(values))
        same = key.decode() == _key(extras.profile_files(draft.named, file))
    except (OSError, ValueError, TypeError, KitError):
        return None
    return draft if same else None


def _keep(file: Path, draft: Draft) -> None:
    place = _place(file)
    if place is None:
        return
    aside = place.with_name(f".{secrets.token_hex(8)}")
    try:
        values = json.dumps(asdict(draft), separators=(",", ":"))
        aside.write_text(f"{_key(extras.profile_files(draft.named, file))}\n{values}", encoding="utf-8")
        os.replace(aside, place)  # noqa: PTH105 - in one step, over the one before
    except (OSError, KitError):
        aside.unlink(missing_ok=True)
