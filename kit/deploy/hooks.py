"""The region's own programs around a deployment: `custom/hooks/before-deploy` and `custom/hooks/after-deploy`."""

import os
from pathlib import Path

from kit.errors import KitError

PLACE = "custom/hooks"
BEFORE, AFTER = "before-deploy", "after-deploy"


def hooks_of(repository: Path) -> tuple[str, ...]:
    """The hooks a repository or a release has. Raises KitError for one of another name, or that cannot be run."""
    folder = repository / PLACE
    found = sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []
    for path in found:
        if path.name not in (BEFORE, AFTER):
            raise KitError(f"{path} is no hook: the kit knows {BEFORE} and {AFTER}. Rename or move it.")
        if not path.is_file() or not os.access(path, os.X_OK):
            raise KitError(f"{path} is no program that can be run: `chmod +x` it, then commit it.")
    return tuple(path.name for path in found)
