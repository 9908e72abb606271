"""What the operator's machine knows of a region by itself: where its names point, and its certificate's files."""

import socket
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from kit.checks.target import Target

_LOOKUP_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Certificate:
    """The files of ``hosting.tls``, read; a sentence in ``trouble`` or ``key_trouble`` where one could not be."""

    chain: tuple[x509.Certificate, ...] = ()
    trouble: str = ""
    key: PrivateKeyTypes | None = None
    key_trouble: str = ""


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """What is known without entering a server."""

    target: Target
    addresses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Addresses of each host name as this machine resolves it; empty if there are none."""
    server_addresses: frozenset[str] = frozenset()
    """Every address of every server, as the profile and the servers themselves say."""
    certificate: Certificate | None = None
    """None unless ``hosting.tls.mode`` is ``provided``."""
    now: datetime = field(default_factory=lambda: datetime.now(UTC))


def addresses_of(name: str) -> tuple[str, ...]:
    """The addresses *name* has for this machine."""
    try:
        return tuple(sorted({str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)}))
    except OSError:
        return ()


def resolve(
    names: Iterable[str], look_up: Callable[[str], tuple[str, ...]] = addresses_of
) -> dict[str, tuple[str, ...]]:
    """The addresses of all *names*, asked for at once; a name that takes over five seconds counts as unknown."""
    wanted = tuple(names)
    pool = ThreadPoolExecutor(max_workers=max(1, len(wanted)))
    asked = {name: pool.submit(look_up, name) for name in wanted}
    found: dict[str, tuple[str, ...]] = {}
    for name, answer in asked.items():
        try:
            found[name] = answer.result(timeout=_LOOKUP_SECONDS)
        except TimeoutError:
            found[name] = ()
    pool.shutdown(wait=False, cancel_futures=True)
    return found


def read_certificate(target: Target) -> Certificate | None:
    """The region's certificate and key, if the profile says they are provided."""
    if target.tls_mode != "provided" or not target.certificate or not target.certificate_key:
        return None
    raw, trouble = _read(target.certificate)
    chain: tuple[x509.Certificate, ...] = ()
    if not trouble:
        try:
            chain = tuple(x509.load_pem_x509_certificates(raw))
        except ValueError:
            trouble = f"{target.certificate} holds no certificate in PEM form"
    raw, key_trouble = _read(target.certificate_key)
    key: PrivateKeyTypes | None = None
    if not key_trouble:
        try:
            key = serialization.load_pem_private_key(raw, password=None)
        except TypeError:
            key_trouble = f"{target.certificate_key} is protected by a password, which a web server cannot type"
        except (ValueError, UnsupportedAlgorithm):
            key_trouble = f"{target.certificate_key} holds no private key in PEM form"
    return Certificate(chain, trouble, key, key_trouble)


def _read(path: Path) -> tuple[bytes, str]:
    try:
        return path.read_bytes(), ""
    except OSError as error:
        return b"", f"{path} cannot be read: {error.strerror}"
