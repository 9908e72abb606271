"""Rendering a region with another version of the kit: its code, templates and data, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from kit.errors import KitError
from kit.render.git import ask, git
from kit.render.region import Renderer
from kit.render.repository import KIT
from kit.upgrade.adopt.nearest import Version

_PARTS = ("kit", "templates", "regions/data")
_LONGEST = 300


def rendered(profile: Path, folder: Path) -> str:
    """Render with the kit as it stands here into ``folder``; return the commit on branch kit."""
    Renderer().render(profile, folder)
    return ask(folder, "rev-parse", KIT)


def rendered_with(kit: Path, version: Version, profile: Path, folder: Path) -> str:
    """As `rendered`, with another version of the kit at ``kit``. Raises KitError with its own words where it cannot."""
    code = folder.parent / f"code-{version.commit[:12]}"
    code.mkdir()
    index = {"GIT_INDEX_FILE": str(code.absolute().with_suffix(".index"))}
    git(kit, "read-tree", version.commit, extra=index)
    files = git(kit, "ls-files", "-z", "--", *_PARTS, extra=index)
    git(kit, "checkout-index", "-z", "--stdin", f"--prefix={code.absolute()}/", data=files, extra=index)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIT_", "PYTHON"))}
    command = [sys.executable, "-m", "kit", "render", str(profile.absolute()), "--into", str(folder.absolute())]
    try:
        done = subprocess.run(
            command,
            cwd=code,
            env={**kept, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise KitError(f"the kit of {version.words} needs more than {_LONGEST} seconds to render.") from None
    if done.returncode:
        raise KitError(f"the kit of {version.words} cannot render it: {done.stderr.strip()[-500:]}")
    return ask(folder, "rev-parse", KIT)
