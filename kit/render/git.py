"""Git, run so that only the repository itself decides: no settings of the user or the system, hooks or prompts."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kit.errors import KitError, OutsideError

NAME, ADDRESS = "kit", "kit@localhost"

_SETTINGS = {
    "core.hooksPath": "/dev/null",
    "core.fsmonitor": "false",
    "core.autocrlf": "false",
    "core.quotePath": "false",
    "core.attributesFile": "/dev/null",
    "core.excludesFile": "/dev/null",
    "core.compression": "1",
    "core.fileMode": "true",
    "commit.gpgSign": "false",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "merge.renames": "true",
    "merge.directoryRenames": "false",
}
_ARGUMENTS = [part for key, value in _SETTINGS.items() for part in ("-c", f"{key}={value}")]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every git call."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", NAME), ("EMAIL", ADDRESS))
    }
    return {
        **kept,
        **identity,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        **(extra or {}),
    }


class GitFailed(OutsideError):
    """A git command ended with an error; ``code`` is its exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def git(
    folder: Path,
    *arguments: str,
    data: bytes | None = None,
    extra: Mapping[str, str] | None = None,
    allow: tuple[int, ...] = (),
) -> bytes:
    """Run git in the repository at ``folder`` and return what it prints.

    ``allow``: exit codes besides 0 that are answers. Raises GitFailed with git's own words, OutsideError without git.
    """
    command = ["git", *_ARGUMENTS, "-C", str(folder), *arguments]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, env=environment(extra), umask=0o022, check=False
        )
    except FileNotFoundError:
        raise OutsideError("git is not installed. On Debian and Ubuntu: apt install git") from None
    if done.returncode and done.returncode not in allow:
        words = done.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        words = words or f"exit code {done.returncode}"
        raise GitFailed(f"git {arguments[0]} failed in {folder}: {words}", done.returncode)
    return done.stdout


def ask(folder: Path, *arguments: str, extra: Mapping[str, str] | None = None) -> str:
    """As `git`, for an answer of one line."""
    return git(folder, *arguments, extra=extra).decode().strip()


def commit_of(folder: Path, name: str) -> str | None:
    """The id of the commit that ``name`` means, None where there is none."""
    found = git(folder, "rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", allow=(1, 128))
    return found.decode().strip() or None


def require_merge_tree(folder: Path) -> None:
    """Raise KitError where git is older than 2.38, the first that merges without touching files."""
    words = ask(folder, "version").split()[2].split(".")
    if (int(words[0]), int(words[1])) < (2, 38):
        raise KitError(f"git {'.'.join(words)} is too old to merge a new render: git 2.38 or newer is needed.")
