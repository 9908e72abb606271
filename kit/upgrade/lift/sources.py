"""Which file of which template a file of a region's repository is rendered from."""

from dataclasses import dataclass, replace
from fnmatch import fnmatch

from kit.errors import KitError
from kit.render.engine import Context, Engine
from kit.render.extras import RESERVED
from kit.render.repository import Render
from kit.render.templates import TREE, Source, Template, load
from kit.render.tree import File, checked_path, digest_of

REGION = "region"


@dataclass(frozen=True)
class Origin:
    """A file's template, its path in the template's folder, and its source; None for a file that is new."""

    template: str
    path: str
    source: Source | None


class Sources:
    """The templates of a region, and what was changed in them."""

    def __init__(self, render: Render, contexts: dict[str, Context]) -> None:
        self.contexts = contexts
        self.render = render
        self.templates: dict[str, Template] = {name: load(name) for name in contexts}

    def origin(self, path: str) -> Origin | None:
        """Where a file comes from; None for what is the region's own. Raises KitError for what the profile makes."""
        name, rest = self._split(path)
        if name is None:
            return None
        source = next((one for one in self.templates[name].sources if one.path == rest), None)
        if source is None and path in self.render.tree:
            raise KitError("it is made from the profile or from official data, not from a template.")
        if source is None and name == REGION and path.partition("/")[0] not in RESERVED:
            return None
        return Origin(name, rest, source)

    def _split(self, path: str) -> tuple[str | None, str]:
        top, _, rest = path.partition("/")
        if top == "custom":
            return None, ""
        app, _, below = rest.partition("/")
        if top == "apps" and below:
            return (app, below) if app in self.templates else (None, "")
        return REGION, path

    def is_copied(self, origin: Origin) -> bool:
        """Whether the template copies the file as it is."""
        if origin.source is not None:
            return origin.source.text is None
        parts = origin.path.split("/")
        above = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
        return any(fnmatch(one, pattern) for one in above for pattern in self.templates[origin.template].patterns)

    def put(self, origin: Origin, path: str, file: File | None) -> None:
        """Change a template: its file ``origin`` becomes ``file`` at ``path``, or goes."""
        template = self.templates[origin.template]
        kept = [one for one in template.sources if one.path not in (origin.path, path)]
        if file is not None:
            moved = replace(origin, path=checked_path(path, "the lifted file"), source=None)
            copied = self.is_copied(moved)
            kept.append(Source(path, file, None if copied else file.data.decode("utf-8")))
        sources = tuple(sorted(kept, key=lambda one: one.path))
        digest = digest_of(template.digest, *(part for one in sources for part in (one.path, one.file.digest)))
        self.templates[origin.template] = replace(template, sources=sources, digest=digest)

    def rendered(self, origin: Origin) -> File:
        """A file as the templates of today render it."""
        folder = "" if origin.template == REGION else f"apps/{origin.template}/"
        return self.render.tree[f"{folder}{origin.path}"]

    def engine(self, name: str) -> Engine:
        """The engine of a template as it is now."""
        return Engine(self.templates[name])


def place(origin: Origin, path: str) -> str:
    """The path in the kit's clone."""
    return f"templates/{origin.template}/{TREE}/{path}"
