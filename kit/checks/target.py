"""What is checked: the servers a profile names, and what the profile expects of them."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kit.errors import UsageError
from kit.profile import Profile

_SFTP_PORT = 22
_HTTPS_PORT = 443


@dataclass(frozen=True, slots=True)
class Server:
    """One server and how it is entered; ``key`` and ``known_hosts`` None mean what ssh uses by itself."""

    name: str
    address: str
    user: str
    port: int = 22
    roles: tuple[str, ...] = ("web", "db")
    key: Path | None = None
    known_hosts: Path | None = None

    def has(self, role: str) -> bool:
        """Is the server meant for *role*: ``web`` or ``db``?"""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A service the servers must reach."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Target:
    """A region as far as its servers are concerned."""

    region: str
    """What the command line calls it, such as ``kota-mataram``."""
    servers: tuple[Server, ...]
    names: tuple[str, ...] = ()
    """Host names of the enabled apps' addresses."""
    apps: tuple[str, ...] = ()
    """The enabled apps."""
    time_zone: str = "Asia/Jakarta"
    tls_mode: str = "internal"
    certificate: Path | None = None
    certificate_key: Path | None = None
    smtp: Endpoint | None = None
    backup: Endpoint | None = None
    """The first backup place that is another host."""

    @property
    def first_app_server(self) -> Server | None:
        """The app server whose timers run, and that is asked for what all of them share; None without one."""
        return next((one for one in self.servers if one.has("web")), None)

    @property
    def split(self) -> bool:
        """Is PostgreSQL on a server of its own?"""
        return len(self.servers) > 1


def target_of(profile: Profile) -> Target:
    """What *profile* says of its servers. Raises UsageError if it names none."""
    data = profile.data
    hosting = data.hosting
    if not hosting.servers:
        raise UsageError(
            f"{profile.path or profile.slug}: hosting.servers names no server. "
            "Example: hosting: {servers: [{name: web1, address: 10.10.0.21, user: admin}]}. "
            "`kit lab up web1` boots one to rehearse on and prints the lines."
        )
    key, known_hosts = _path(hosting.ssh.key), _path(hosting.ssh.known_hosts)
    servers = tuple(
        Server(one.name, one.address, one.user, one.port, one.roles, key, known_hosts) for one in hosting.servers
    )
    urls = [getattr(data.net.base_url, app) for app in data.apps.enabled]
    smtp = data.mail.smtp
    return Target(
        region=profile.slug,
        servers=servers,
        apps=tuple(data.apps.enabled),
        names=tuple(dict.fromkeys(urlsplit(url).hostname or "" for url in urls)),
        time_zone=data.locale.timezone,
        tls_mode=hosting.tls.mode,
        certificate=_path(hosting.tls.certificate),
        certificate_key=_path(hosting.tls.key),
        smtp=Endpoint(smtp.host, smtp.port) if smtp.host else None,
        backup=next((found for place in data.backup.targets if (found := _backup(place.kind, place.location))), None),
    )


def _backup(kind: str, location: str) -> Endpoint | None:
    """Where a backup place listens: ``host/folder`` or ``host:port/folder``, for s3 also an address."""
    if kind == "local":
        return None
    parts = urlsplit(location if "://" in location else f"//{location}")
    try:
        port = parts.port
    except ValueError:
        return None
    default = _SFTP_PORT if kind == "sftp" else _HTTPS_PORT
    return Endpoint(parts.hostname, port or default) if parts.hostname else None


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None
