"""What a server should be: a pure function of the repository, the secrets' names and what the server is."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from kit.deploy.servers.installation import Installation
from kit.errors import KitError

POSTGRESQL = {"bookworm": "15", "trixie": "17", "jammy": "14", "noble": "16"}
"""PostgreSQL of each release of Debian and Ubuntu."""

_SHARE = re.compile(rb"@(\d+(?:\.\d+)?)%@")
_SECRET_MODE = 0o600
_SHARED_MODE = 0o640


@dataclass(frozen=True, slots=True)
class FileWanted:
    """A file on a server. ``content`` is None where none may be; a secret's content is known by name only."""

    path: str
    content: bytes | None
    mode: int = 0o644
    service: str = ""
    secret: str = ""
    """Name of the secret that is the whole content; then ``content`` holds nothing."""
    digest: str = ""
    """SHA-256 of the content, for secrets too."""
    group: str = "root"
    """Who but root may read it, where its mode lets a group read."""
    source: str = ""
    """Where the region keeps it in its repository, for complaints about it."""

    @property
    def fingerprint(self) -> str:
        """Changes when the file must be written anew."""
        return f"{self.path} {self.mode:o} {self.digest}" + (f" {self.group}" if self.group != "root" else "")


class Platform(NamedTuple):
    """What of a server decides over its files."""

    codename: str
    memory: int
    """MiB."""


@dataclass(frozen=True, slots=True)
class Acme:
    """The certificate that an ACME service gives: for which hosts, and from where."""

    hosts: tuple[str, ...]
    directory: str
    contact: str = ""
    """Mail address for the service."""

    @property
    def digest(self) -> str:
        """The mark that a certificate was got for exactly this."""
        return hashlib.sha256("\n".join((self.directory, self.contact, *self.hosts)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Desired:
    """Everything one server should hold and run."""

    roles: frozenset[str]
    packages: tuple[str, ...]
    users: tuple[str, ...]
    files: tuple[FileWanted, ...]
    services: tuple[str, ...]
    databases: tuple[str, ...]
    apps: tuple[str, ...]
    release: str
    point: str = ""
    """The release before which each database is kept as it was; "" for none."""
    hooks: tuple[str, ...] = ()
    """The region's own programs around a deployment."""
    time_zone: str = ""
    """The region's; "" leaves the server's."""
    acme: Acme | None = None
    """None where the certificate comes from the region's vault."""
    migrates: bool = False
    """Is it the one server that brings the databases to the release's schema?"""
    shares: bool = False
    """Does it put files that only its disk holds where the other app servers find them?"""
    idle: tuple[str, ...] = ()
    """Timers that run on another server, and must not here."""
    passwords: str = ""
    """Digest of the passwords of the databases' roles, "" where nobody comes in over the network."""

    def files_for(self, *services: str) -> tuple[FileWanted, ...]:
        """The files that the named services read; "" for those no service reads."""
        return tuple(file for file in self.files if file.service in services)

    def digest(self, *services: str) -> str:
        """Of all files that the services read: the mark that they run with these very files."""
        text = "\n".join(sorted(file.fingerprint for file in self.files_for(*services)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def file(path: str, content: bytes, mode: int = 0o644, service: str = "") -> FileWanted:
    """A file with this content."""
    return FileWanted(path, content, mode, service, digest=hashlib.sha256(content).hexdigest())


def secret_file(path: str, name: str, value: str, service: str, group: str = "root") -> FileWanted:
    """A file that holds the secret *name*, for root and *group*; its value is only digested here."""
    mode = _SECRET_MODE if group == "root" else _SHARED_MODE
    return FileWanted(path, b"", mode, service, name, hashlib.sha256(value.encode()).hexdigest(), group)


def upstream(app: str, release: str) -> bytes:
    """nginx's word on where an app is: the socket of its release."""
    return f"upstream kit_{app} {{\n    server unix:/run/kit/{app}-{release}.sock;\n    keepalive 16;\n}}\n".encode()


def files_of(installation: Installation, roles: frozenset[str], platform: Platform) -> tuple[FileWanted, ...]:
    """The repository's files of a server. Raises KitError for a release of Debian the kit does not know."""
    version = POSTGRESQL.get(platform.codename)
    if version is None:
        raise KitError(
            f"The server runs {platform.codename or 'an unknown system'}; the kit knows {', '.join(POSTGRESQL)}."
        )
    made = []
    for entry in installation.files_of(roles):
        path = entry.path.replace("{postgresql}", version)
        if entry.source is None:
            made.append(FileWanted(path, None, service=entry.service, source=entry.name))
            continue
        raw = entry.source.read_bytes()
        content = _filled(raw, platform.memory) if entry.memory else raw
        made.append(replace(file(path, content, entry.mode, entry.service), source=entry.name))
    return tuple(made)


def _filled(content: bytes, memory: int) -> bytes:
    """*content* with each ``@25%@`` as that share of *memory* in MB, at least 1."""
    return _SHARE.sub(lambda share: b"%d" % max(1, int(memory * float(share[1]) / 100)), content)


def credentials(apps: Sequence[str], secrets: Mapping[str, str]) -> tuple[FileWanted, ...]:
    """The files systemd hands to the apps: each secret named ``app/NAME`` at its place."""
    return tuple(
        secret_file(f"/etc/kit/credentials/{name}", name, secrets[name], "apps")
        for name in sorted(secrets)
        if name.partition("/")[0] in apps
    )
