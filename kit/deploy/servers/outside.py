"""The apps as a visitor meets them: over HTTPS, by the servers' addresses, with the certificate checked."""

import http.client
import json
import socket
import ssl
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Answer:
    """What an app answered; ``fault`` is a sentence, empty when all is well."""

    app: str
    url: str
    fault: str
    seconds: float
    version: str = ""


def ask(app: str, url: str, address: str, authority: str | None, port: int = 443) -> Answer:
    """Ask an app for its health at *address*, under the name of its *url*.

    *authority*: PEM of the authority to trust, None for those this machine trusts.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    began = time.monotonic()
    fault, version = "", ""
    try:
        version, fault = _health(host, f"{parts.path.rstrip('/')}/healthz", address, port, authority)
    except ssl.SSLCertVerificationError as error:
        fault = f"its certificate is not good: {error.verify_message}"
    except (OSError, http.client.HTTPException, ValueError) as error:
        fault = f"no sound answer from {address}:{port} ({error})"
    return Answer(app, url, fault, time.monotonic() - began, version)


def _health(host: str, path: str, address: str, port: int, authority: str | None) -> tuple[str, str]:
    context = ssl.create_default_context(cadata=authority)
    with (
        socket.create_connection((address, port), timeout=_SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as sock,
    ):
        connection = http.client.HTTPConnection(host)
        connection.sock = sock
        connection.request("GET", path, headers={"Host": host})
        response = connection.getresponse()
        body = response.read()
    if response.status != http.HTTPStatus.OK:
        return "", f"HTTP {response.status} for {path}: {body[:200].decode(errors='replace')}"
    said = json.loads(body)
    return str(said.get("version", "")), "" if said.get("status") == "ok" else f"it says {said}"
