"""The apps as a visitor meets them: over HTTPS, by the servers' addresses, with the certificate checked."""

import http.client
import json
import re
import socket
import ssl
import time
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

_SECONDS = 15
_STATIC = re.compile(r'href="([^"]*/static/[^"]+\.css)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What an app answered; ``fault`` is a sentence, empty when all is well."""

    app: str
    url: str
    fault: str
    seconds: float
    version: str = ""


def ask(app: str, url: str, address: str, authority: str | None, port: int = 443) -> Answer:
    """Ask an app at *address*, under the name of its *url*: its health, its first page, a file that page needs.

    *authority*: PEM of the authority to trust, None for those this machine trusts.
    """
    began = time.monotonic()
    fault, version = "", ""
    try:
        version, fault = _visit(url, address, port, ssl.create_default_context(cadata=authority))
    except ssl.SSLCertVerificationError as error:
        fault = f"its certificate is not good: {error.verify_message}"
    except (OSError, http.client.HTTPException, ValueError) as error:
        fault = f"no sound answer from {address}:{port} ({error})"
    return Answer(app, url, fault, time.monotonic() - began, version)


def _visit(url: str, address: str, port: int, context: ssl.SSLContext) -> tuple[str, str]:
    """The app's version and what is wrong with it, "" when nothing is."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path.rstrip("/")
    with (
        socket.create_connection((address, port), timeout=_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as sock,
    ):
        connection = http.client.HTTPConnection(host)
        connection.sock = sock
        status, body = _get(connection, f"{path}/healthz")
        if status != HTTPStatus.OK:
            return "", f"HTTP {status} for {path}/healthz: {body[:200]}"
        said = json.loads(body)
        version = str(said.get("version", ""))
        if said.get("status") != "ok":
            return version, f"it says {said}"
        status, page = _get(connection, f"{path}/")
        if status != HTTPStatus.OK:
            return version, f"HTTP {status} for its first page"
        file = _STATIC.search(page)
        status, _ = _get(connection, file[1]) if file else (0, "")
        return version, "" if status == HTTPStatus.OK else "its first page comes without its style sheet"


def _get(connection: http.client.HTTPConnection, path: str) -> tuple[int, str]:
    connection.request("GET", path)
    response = connection.getresponse()
    return response.status, response.read().decode(errors="replace")
