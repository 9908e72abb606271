"""From a profile to the region's repository."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kit import __version__
from kit.paths import ROOT
from kit.render import draft as drafts
from kit.render import extras, manifest, repository, templates
from kit.render.draft import Draft
from kit.render.engine import Engine
from kit.render.git import commit_of
from kit.render.objects import Pack, pack_of
from kit.render.templates import Template
from kit.render.tree import File, Tree, add, checked_path

if TYPE_CHECKING:
    from kit.profile import Profile

CUSTOM = "custom/"


def build_dir() -> Path:
    """Where regions are rendered to: ``$KIT_BUILD``, or ``build`` of this project."""
    return Path(os.environ.get("KIT_BUILD") or ROOT / "build")


@dataclass(frozen=True)
class Outcome:
    """What a render did: the repository's ``path``, and whether it was made, changed or left as it was."""

    path: Path
    change: Literal["created", "updated", "unchanged"]
    files: int


def own_repository(file: Path) -> Path | None:
    """The region's repository that a profile lies in: one that was handed over is rendered where it is."""
    folder = file.absolute().parent
    if not (folder / ".git").is_dir():
        return None
    return folder if (folder / manifest.PATH).is_file() or commit_of(folder, repository.KIT) else None


def repository_of(file: Path, profile: "Profile") -> Path:
    """Where the region of a profile is rendered to: the repository it lies in, or ``build/CODE-slug``."""
    return own_repository(file) or build_dir() / profile.folder_name


class Renderer:
    """Renders any number of regions; templates are read, compiled and packed once."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}
        self._packs: dict[str, Pack | None] = {}

    def render(self, path: Path, into: Path | None = None, profile: "Profile | None" = None) -> Outcome:
        """Render the region of the profile at ``path`` into its repository.

        ``into``: the repository's folder, by default ``build/CODE-slug``, or the one ``path`` lies in.
        ``profile``: the same profile, when it is loaded already. Raises ProfileError for faults, KitError where the
        repository cannot take the render.
        """
        file = path / "region.yml" if path.is_dir() else path
        into = into or own_repository(file)
        guess = into or build_dir() / file.absolute().parent.name
        if self._is_unchanged(file, guess):
            return Outcome(guess, "unchanged", 0)
        draft = drafts.draft_of(profile) if profile else drafts.load(file)
        target = into or build_dir() / draft.folder_name
        if target != guess and self._is_unchanged(file, target):
            return Outcome(target, "unchanged", 0)
        render = self._tree(draft, file)
        if not repository.exists(target):
            packs = [pack for name in render.templates if (pack := self._pack(name))]
            repository.create(target, render, packs)
            return Outcome(target, "created", len(render.tree) + len(render.own))
        changed = repository.update(target, render)
        return Outcome(target, "updated" if changed else "unchanged", len(render.tree))

    def tree(self, profile: "Profile", file: Path, text: str | None = None) -> repository.Render:
        """Everything a region gets, in memory: the kit's files, their manifest, and the region's own first files.

        ``text``: the profile's, where it is another than that of ``file``.
        """
        return self._tree(drafts.draft_of(profile), file, text)

    def use(self, template: Template) -> None:
        """Render with ``template`` in place of the one of its name on disk."""
        self._engines[template.name] = Engine(template)

    def _tree(self, draft: Draft, file: Path, text: str | None = None) -> repository.Render:
        made = draft.contexts
        tree: Tree = {}
        own: Tree = {}
        for name, context in made.items():
            folder = "" if name == "region" else f"apps/{checked_path(context['app'], f'templates/{name}')}/"
            for path, one in self._engine(name).render(context).items():
                add(own if f"{folder}{path}".startswith(CUSTOM) else tree, f"{folder}{path}", one, f"templates/{name}")
        files = extras.profile_files(draft.named, file, text)
        named = extras.app_files(draft.named, file.parent, tuple(made))
        for path, one in (files | named | extras.boundary_files(draft.code)).items():
            add(tree, path, one, f"{file.name}: {path}")
        inputs = self._inputs(tuple(made), files)
        sealed = dict(sorted(tree.items()))
        sealed[manifest.PATH] = manifest.manifest(inputs, draft.code, draft.slug, sorted(files), sealed)
        message = f"{draft.name}, kit {__version__}\n\nInput: {inputs.digest}"
        return repository.Render(sealed, own, message, draft.code, tuple(made))

    def _is_unchanged(self, file: Path, target: Path) -> bool:
        """Whether the tree at ``target`` was rendered from exactly these inputs; told without loading the profile."""
        known = manifest.read_in(target)
        names, paths = known.get("templates"), known.get("profile_files")
        if not isinstance(names, dict) or not isinstance(paths, list) or repository.is_under_way(target):
            return False
        if not all((templates.templates_dir() / name).is_dir() for name in names):
            return False
        files: Tree = {}
        for path in paths:
            raw = extras.small(file if path == extras.PROFILE else file.parent / path)
            if raw is None:
                return False
            files[path] = File(raw)
        return bool(known.get("input") == self._inputs(tuple(names), files).digest)

    def _inputs(self, names: tuple[str, ...], files: Tree) -> manifest.Inputs:
        digests = {name: self._engine(name).template.digest for name in names}
        return manifest.Inputs(manifest.kit_digest(), digests, manifest.profile_digest(files))

    def _engine(self, name: str) -> Engine:
        if name not in self._engines:
            self._engines[name] = Engine(templates.load(name))
        return self._engines[name]

    def _pack(self, name: str) -> Pack | None:
        if name not in self._packs:
            self._packs[name] = pack_of(self._engine(name).template)
        return self._packs[name]
