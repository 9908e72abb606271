"""Parts of ``hosting``: the servers, how they are entered, their certificate. No secret stands here."""

import re
from typing import Annotated, Literal

from kit.profile.schema.base import Section, field
from kit.profile.schema.types import Format, Mail, Server, Url

Role = Literal["web", "db"]


def _matching(expected: str, pattern: str) -> Format:
    return Format(expected, lambda text: re.fullmatch(pattern, text) is not None, pattern)


ServerName = Annotated[
    str,
    _matching(
        "a short name in lower-case letters, digits and -, such as web1", r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?"
    ),
]
LoginName = Annotated[str, _matching("a user name on the server, such as admin", r"[a-z_][a-z0-9_-]{0,31}")]
OperatorPath = Annotated[
    str,
    _matching("an absolute path on the operator's machine, or one below the home as ~/…", r"~?/[^\x00-\x1f]{1,299}"),
]


class ServerEntry(Section):
    """One server: bare Debian with SSH and a user who may sudo."""

    name: ServerName = field(doc="Short name, for messages", example="web1", used="I")
    address: Server = field(doc="Address as the operator's machine reaches it", example="10.10.0.21", used="I")
    user: LoginName = field(doc="User to log in as; may sudo", example="admin", used="I")
    port: int = field(22, doc="SSH port", example=22, used="I", ge=1, le=65535)
    roles: tuple[Role, ...] = field(
        ("web", "db"), doc="web: nginx and apps; db: PostgreSQL", example=["web"], used="I", min_length=1
    )


class Ssh(Section):
    """How the operator's machine enters the servers; without these, as `ssh` would by itself."""

    key: OperatorPath | None = field(None, doc="Private key file", example="~/.ssh/id_ed25519", used="I")
    known_hosts: OperatorPath | None = field(
        None, doc="File with the servers' keys", example="~/.ssh/known_hosts", used="I"
    )


class Tls(Section):
    """The certificate of the apps' addresses."""

    mode: Literal["internal", "provided", "acme"] = field(
        "internal",
        doc="internal (own authority), provided (files of the region) or acme (Let's Encrypt or another)",
        example="provided",
        used="I",
    )
    certificate: OperatorPath | None = field(
        None, doc="Certificate with its chain, PEM; needed with provided", example="/srv/tls/mataram.crt", used="I"
    )
    key: OperatorPath | None = field(
        None, doc="Its private key file, PEM; needed with provided", example="/srv/tls/mataram.key", used="I"
    )
    directory: Url = field(
        "https://acme-v02.api.letsencrypt.org/directory",
        doc="ACME service, used with acme",
        example="https://acme-v02.api.letsencrypt.org/directory",
        used="I",
    )
    contact: Mail | None = field(
        None, doc="Who is told when a certificate runs out, with acme", example="it@mataramkota.go.id", used="I"
    )
