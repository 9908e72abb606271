"""The checks of `kit verify` against a server on the loopback address: a good one, and each fault by itself."""

import gzip
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kit.checks.result import Status
from kit.checks.site import Site
from kit.checks.verify import visit
from kit.deploy.servers.certificates import ensure_authority, ensure_certificate
from kit.deploy.servers.secrets import Secrets

HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'self'",
    "Referrer-Policy": "same-origin",
}
PAGE = '<title>Hayu Kota Mataram</title><link href="/static/a.css">'
GOOD = {
    "/healthz": (200, '{"status": "ok", "version": "1.2.3"}'),
    "/": (200, PAGE),
    "/cek/": (200, "kode"),
    "/static/a.css": (200, "body{}"),
}


@contextmanager
def serving(pages: dict[str, tuple[int, str]], headers: dict[str, str], certificate: Path | None) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path
            status, text = pages.get(path, (404, "tidak ada"))
            body = text.encode()
            if certificate is None:
                status, body = 301, b""
            self.send_response(status)
            if certificate is None:
                self.send_header("Location", f"https://{self.headers['Host']}{path}")
            for name, value in headers.items():
                self.send_header(name, value)
            if path.endswith(".css"):
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
                self.send_header("Cache-Control", "public, max-age=31536000, immutable")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def secrets() -> Secrets:
    made = Secrets({})
    ensure_authority(made, "Kota Mataram")
    ensure_certificate(made, "site", ["hayu.example.test"])
    return made


def faults(
    secrets: Secrets, folder: Path, pages: dict[str, tuple[int, str]], headers: dict[str, str], **other: object
) -> dict[str, str]:
    """Check → evidence of each fault. The library's server offers no HTTP/2 and answers to any name: always found."""
    file = folder / "site.pem"
    file.write_text(secrets.reveal("tls/site.key") + secrets.reveal("tls/site.crt"), encoding="ascii")
    with serving(pages, headers, file) as port, serving({}, {}, None) as plain:
        authority = secrets.reveal("tls/ca.crt")
        url = "https://hayu.example.test/"
        site = Site("kota-mataram", "Kota Mataram", "hayu", url, "127.0.0.1", authority, port, plain)
        report = visit([replace(site, **other)])
    assert len(report.outcomes) == 10
    return {one.check: one.result.evidence for one in report.of(Status.FAULT)}


ALWAYS = {"tls_versions": "HTTP/2 is not offered", "unknown_name": "answers HTTP/1.0 200 OK"}


def test_a_good_site(secrets: Secrets, tmp_path: Path) -> None:
    assert faults(secrets, tmp_path, GOOD, HEADERS) == ALWAYS


def test_each_fault_is_told(secrets: Secrets, tmp_path: Path) -> None:
    pages = {"/healthz": (503, "{}"), "/": (200, "Kota Bima"), "/.git/config": (200, "[core]")}
    headers = {name: value for name, value in HEADERS.items() if name != "X-Frame-Options"}
    assert faults(secrets, tmp_path, pages, headers) == {
        **ALWAYS,
        "health": "HTTP 503: {}",
        "home_page": "does not name Kota Mataram",
        "public_page": "HTTP 404 for /cek/",
        "security_headers": "missing or different: x-frame-options",
        "private_paths": "served: /.git/config",
        "static_files": "the first page names no style sheet",
    }


def test_a_foreign_authority_is_not_trusted(secrets: Secrets, tmp_path: Path) -> None:
    other = Secrets({})
    ensure_authority(other, "Kota Bima")
    found = faults(secrets, tmp_path, GOOD, HEADERS, authority=other.reveal("tls/ca.crt"))
    assert found.keys() >= {"health", "home_page", "certificate_days", "static_files"}
    assert found["health"].startswith("its certificate is not good: ")


def test_another_version_than_the_deployed_one_is_a_fault(secrets: Secrets, tmp_path: Path) -> None:
    found = faults(secrets, tmp_path, GOOD, HEADERS, version="1.3.0")
    assert found == {**ALWAYS, "health": "version 1.2.3, deployed is 1.3.0"}
