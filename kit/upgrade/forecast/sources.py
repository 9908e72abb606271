"""Where the regions' repositories are: a folder that holds them, or a list of their remotes, fetched first."""

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError, OutsideError, UsageError
from kit.render.cache import private_dir
from kit.render.git import git
from kit.render.repository import KIT, MAIN

_ADDRESS = re.compile(r"(https?|ssh|git)://[^\s]+|[\w.-]+@[\w.-]+:[^\s]+")
_AT_ONCE = 8
_SAFE = {"GIT_ALLOW_PROTOCOL": "https:http:ssh:git", "GIT_SSH_COMMAND": "ssh -o BatchMode=yes -o ConnectTimeout=20"}
_SETTINGS = (
    "transfer.fsckObjects=true",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "http.followRedirects=false",
)


@dataclass(frozen=True)
class Place:
    """A region's repository: as it was given, and where it can be read. ``fault``: why it cannot."""

    where: str
    path: Path
    fault: str = ""


def places(given: Path) -> list[Place]:
    """The repositories in the folder ``given``, in order of names; or those a file lists, one address a line.

    Folders that hold no repository are passed over, links are not followed. Lines that begin with # are comments.
    Raises UsageError where there is none.
    """
    found = _listed(given) if given.is_file() else _in_folder(given)
    if not found:
        raise UsageError(
            f"{given} holds no repository of a region: give the folder they are in, or a file with their addresses."
        )
    return found


def _in_folder(folder: Path) -> list[Place]:
    if not folder.is_dir():
        raise UsageError(f"{folder} is neither a folder of repositories nor a file with their addresses.")
    return [
        Place(path.name, path)
        for path in sorted(folder.iterdir())
        if path.is_dir() and not path.is_symlink() and any((path / part).is_dir() for part in (".git", "objects"))
    ]


def _listed(file: Path) -> list[Place]:
    lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    addresses = [line for line in lines if line and not line.startswith("#")]
    for address in addresses:
        if not _ADDRESS.fullmatch(address):
            raise UsageError(
                f"{file}: {address!r} is no address of a repository: https://…, ssh://… or name@host:path."
            )
    cache = private_dir("remotes")
    if cache is None:
        raise KitError("The kit's cache cannot be written, so remotes cannot be fetched: set XDG_CACHE_HOME.")
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda address: _fetched(address, cache), dict.fromkeys(addresses)))


def _fetched(address: str, cache: Path) -> Place:
    """The copy of a remote's two branches, made or brought up to date."""
    copy = cache / hashlib.sha256(address.encode()).hexdigest()[:32]
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    refs = [f"+{ref}:{ref}" for ref in (MAIN, KIT)]
    try:
        git(cache, "init", "--quiet", "--bare", "--template=", "--object-format=sha1", copy.name)
        git(
            copy, *settings, "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--", address, *refs, extra=_SAFE
        )
    except OutsideError as error:
        return Place(address, copy, f"it could not be fetched: {str(error).partition(': ')[2]}.")
    return Place(address, copy)
