"""An app as a visitor meets it, and what a check of it is."""

import http.client
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from kit.checks.result import Result

_SECONDS = 15


class Unanswered(Exception):
    """A site gave no sound answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer over HTTP; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Site:
    """One app at the server visitors reach. ``authority``: PEM; None for what this machine trusts."""

    region: str
    """What the command line calls the region."""
    region_name: str
    app: str
    url: str
    address: str
    authority: str | None = None
    port: int = 443
    plain_port: int = 80
    server: str = ""
    """What the profile calls the server at *address*."""
    version: str = ""
    """The kit's version the deployed release was made with; "" where it is not known."""

    @property
    def host(self) -> str:
        """The name visitors type."""
        return urlsplit(self.url).hostname or ""

    def path(self, path: str) -> str:
        """*path* of the app below the path of its address."""
        return urlsplit(self.url).path.rstrip("/") + path

    def get(self, path: str, *, accept_encoding: str = "identity") -> Reply:
        """Ask for *path* over HTTPS with the certificate checked. Raises Unanswered."""
        with self.connect(self.context()) as sock:
            return self._ask(sock, path, accept_encoding)

    def get_plain(self, path: str) -> Reply:
        """Ask for *path* over HTTP without encryption. Raises Unanswered."""
        try:
            with socket.create_connection((self.address, self.plain_port), timeout=_SECONDS) as sock:
                return self._ask(sock, path, "identity")
        except OSError as error:
            raise Unanswered(f"no answer from {self.address}:{self.plain_port} ({error})") from None

    def context(self) -> ssl.SSLContext:
        """Trusts the site's authority only, or what this machine trusts."""
        return ssl.create_default_context(cadata=self.authority)

    def connect(self, context: ssl.SSLContext, name: str = "") -> ssl.SSLSocket:
        """An encrypted connection under *name* (default: the site's host). Raises Unanswered."""
        try:
            plain = socket.create_connection((self.address, self.port), timeout=_SECONDS)
            return context.wrap_socket(plain, server_hostname=name or self.host)
        except ssl.SSLCertVerificationError as error:
            raise Unanswered(f"its certificate is not good: {error.verify_message}") from None
        except OSError as error:
            raise Unanswered(f"no sound answer from {self.address}:{self.port} ({error})") from None

    def _ask(self, sock: socket.socket, path: str, accept_encoding: str) -> Reply:
        connection = http.client.HTTPConnection(self.host)
        connection.sock = sock
        try:
            connection.request("GET", path, headers={"Accept-Encoding": accept_encoding})
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, headers, response.read().decode(errors="replace"))
        except (OSError, http.client.HTTPException) as error:
            raise Unanswered(f"no sound answer for {path} ({error})") from None


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """A check of one app from outside; it may raise Unanswered."""

    key: str
    title: str
    run: Callable[[Site], Result]


def site_check(title: str) -> Callable[[Callable[[Site], Result]], SiteCheck]:
    """Make a check of a function; its key is the name of its module."""

    def make(run: Callable[[Site], Result]) -> SiteCheck:
        return SiteCheck(run.__module__.rpartition(".")[2], title, run)

    return make
