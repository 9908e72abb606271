"""Where the state of an embedded region is: everything that must survive a restart, in one directory."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kit.paths import ROOT


def state_base() -> Path:
    """The directory with one directory a region: `var/` in the clone, or what the environment's KIT_STATE names."""
    named = os.environ.get("KIT_STATE")
    return Path(named).expanduser().absolute() if named else ROOT / "var"


@dataclass(frozen=True, slots=True)
class State:
    """The directory of one region. *name* is its code and slug, e.g. `32.73-kota-bandung`."""

    base: Path
    name: str

    @property
    def root(self) -> Path:
        """Everything of this region."""
        return self.base / self.name

    @property
    def releases(self) -> Path:
        """One directory a release."""
        return self.root / "releases"

    @property
    def venvs(self) -> Path:
        """Virtual environments by their lock's digest, shared by all regions: one takes 150 MB, and all are alike."""
        return self.base / "venvs"

    @property
    def lock(self) -> Path:
        """Held by the one `kit up` of this region; says who that is."""
        return self.root / "run" / "lock"

    @property
    def ports(self) -> Path:
        """The ports this region's apps had last."""
        return self.root / "ports.json"

    def app(self, app: str) -> Path:
        """What one app keeps: database, files, keys."""
        return self.root / app

    def log(self, name: str) -> Path:
        """The log file of an app, or of `ansible`."""
        return self.root / "log" / f"{name}.log"

    def accounts(self, app: str) -> Path:
        """The demo accounts of one app, with passwords; mode 0600."""
        return self.app(app) / "demo-accounts.json"

    def prepare(self, apps: tuple[str, ...]) -> None:
        """Make the directories, closed to other users."""
        for folder in (self.root, self.lock.parent, self.log("x").parent, self.releases, *map(self.app, apps)):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file of the kit's own; empty if the file is missing or was cut off by a kill."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write *value* so that a reader sees the old content or the new, never a part."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(value, indent=1), encoding="utf-8")
    partial.replace(path)
