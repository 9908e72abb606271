"""What a server should be: a pure function of the repository, the secrets' names and what the server is."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kit.deploy.servers.installation import Installation
from kit.errors import KitError

POSTGRESQL = {"bookworm": "15", "trixie": "17", "jammy": "14", "noble": "16"}
"""PostgreSQL of each release of Debian and Ubuntu."""

_SHARE = re.compile(rb"@(\d+(?:\.\d+)?)%@")
_SECRET_MODE = 0o600


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

    @property
    def fingerprint(self) -> str:
        """Changes when the file must be written anew."""
        return f"{self.path} {self.mode:o} {self.digest}"


class Platform(NamedTuple):
    """What of a server decides over its files."""

    codename: str
    memory: int
    """MiB."""


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


def secret_file(path: str, name: str, value: str, service: str) -> FileWanted:
    """A file that holds the secret *name*; its value is only digested here."""
    return FileWanted(path, b"", _SECRET_MODE, service, name, hashlib.sha256(value.encode()).hexdigest())


def upstream(app: str, release: str, others: Sequence[str] = ()) -> bytes:
    """nginx's word on where an app is: the socket of its release, and *others* further servers."""
    addresses = (f"unix:/run/kit/{app}-{release}.sock", *others)
    servers = "".join(f"    server {address};\n" for address in addresses)
    return f"upstream kit_{app} {{\n{servers}    keepalive 16;\n}}\n".encode()


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
            made.append(FileWanted(path, None, service=entry.service))
            continue
        raw = entry.source.read_bytes()
        content = _filled(raw, platform.memory) if entry.memory else raw
        made.append(file(path, content, entry.mode, entry.service))
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
