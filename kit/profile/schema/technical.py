"""Sections on running the apps: ``apps net mail notify auth sign hosting backup``. Secrets never stand here."""

from typing import Literal

from kit.profile.schema.base import Section, field
from kit.profile.schema.servers import ServerEntry, Ssh, Tls
from kit.profile.schema.types import APPS, AppCode, Host, Login, Mail, Network, Server, Text, Url


class Apps(Section):
    """Which apps the region takes."""

    enabled: tuple[AppCode, ...] = field(
        APPS, doc="Apps to render and run", example=["sabilulungan"], used="S H E I", min_length=1
    )


class BaseUrl(Section):
    """Public address per app; by default https://APP.DOMAIN/."""

    sabilulungan: Url = field(
        doc="Address of Sabilulungan", example="https://hibah.mataramkota.go.id/", used="I", derived=True
    )
    hayu: Url = field(doc="Address of Hayu", example="https://mataramkota.go.id/izin/", used="I", derived=True)
    erk: Url = field(doc="Address of E-RK", example="https://erk.mataramkota.go.id/", used="I", derived=True)


class Net(Section):
    """Names and network."""

    domain: Host = field(doc="The region's own domain", example="sumbawabaratkab.go.id", used="I", fill=True)
    base_url: BaseUrl = field(
        doc="Public address per app", example={"erk": "https://subang.go.id/erk/"}, used="I", derived=True
    )
    proxy_trust: tuple[Network, ...] = field(
        (), doc="Networks whose proxy headers are believed", example=["10.0.0.0/24"], used="I"
    )
    offline: bool = field(
        True,
        doc="The servers reach nothing outside but their package sources: no certificate by ACME",
        example=True,
        used="I",
    )


class Smtp(Section):
    """Mail server; its password is a secret and stands elsewhere."""

    host: Server | None = field(None, doc="Mail server", example="mail.mataramkota.go.id", used="I")
    port: int = field(
        587, doc="Port: 465 is encrypted from the start, 587 and every sign-in by STARTTLS", example=587, used="I",
        ge=1, le=65535,
    )  # fmt: skip
    user: Text | None = field(None, doc="User name at the mail server", example="noreply", used="I")


class Mailing(Section):
    """Outgoing mail."""

    smtp: Smtp = field(
        Smtp,
        doc="Mail server; without one, messages stay in the inbox of the apps",
        example={"host": "mail.mataramkota.go.id"},
        used="I",
    )
    sender: Mail | None = field(None, doc="Sender of mails", example="noreply@mataramkota.go.id", used="I")


class Notify(Section):
    """Other ways to notify."""

    whatsapp_sms: Literal["off", "gateway"] = field("off", doc="WhatsApp and SMS", example="off", used="I")


class PasswordPolicy(Section):
    """Peraturan BSSN 4/2021 art. 27: length, validity, limit of wrong tries."""

    length: int = field(12, doc="Least number of characters", example=12, used="I", ge=8, le=128)
    days: int = field(180, doc="Days a password is valid; 0 for no limit", example=180, used="I", ge=0, le=730)
    tries: int = field(5, doc="Wrong tries before a pause", example=5, used="I", ge=3, le=20)


class Auth(Section):
    """Signing in."""

    sso: Literal["none", "oidc"] = field("none", doc="Single sign-on", example="oidc", used="I")
    issuer: Url | None = field(
        None, doc="OIDC issuer, needed with sso: oidc", example="https://sso.mataramkota.go.id/", used="I"
    )
    password_policy: PasswordPolicy = field(
        PasswordPolicy, doc="Passwords of local accounts", example={"length": 12}, used="I"
    )


class Sign(Section):
    """Electronic signature."""

    provider: Literal["none", "double", "bsre"] = field(
        "none", doc="none (print and sign), double (test double) or bsre (BSrE of BSSN)", example="bsre", used="D"
    )
    endpoint: Url | None = field(
        None, doc="eSign service inside the region, needed with bsre", example="http://10.10.0.5/", used="D"
    )
    user: Login | None = field(
        None, doc="Name by which the apps sign in at the eSign service, needed with bsre; its password is a secret",
        example="kota-mataram", used="I",
    )  # fmt: skip


class Hosting(Section):
    """Where the servers stand."""

    kind: Literal["own", "pdn", "colocation", "cloud"] = field(
        "own", doc="Own room, national data centre, colocation or registered cloud", example="pdn", used="I"
    )
    topology: Literal["single", "split"] = field(
        "single", doc="All on one server, or PostgreSQL on another", example="split", used="I"
    )
    servers: tuple[ServerEntry, ...] = field(
        (),
        doc="The servers; none while the region runs on one machine with `kit up`",
        example=[{"name": "web1", "address": "10.10.0.21", "user": "admin"}],
        used="I",
    )
    ssh: Ssh = field(Ssh, doc="How the servers are entered", example={"key": "~/.ssh/id_ed25519"}, used="I")
    tls: Tls = field(Tls, doc="Certificate of the apps' addresses", example={"mode": "internal"}, used="I")


class BackupTarget(Section):
    """One place backups go to."""

    kind: Literal["local", "sftp", "s3"] = field(doc="Kind of place", example="sftp", used="I")
    location: Text = field(doc="Folder, or host and folder", example="nas.mataramkota.go.id/cadangan", used="I")


_LOCAL = (BackupTarget(kind="local", location="/var/backups/kit"),)


class Backup(Section):
    """Backups: aim for three copies, two media, one outside the building."""

    targets: tuple[BackupTarget, ...] = field(
        _LOCAL,
        doc="Where backups go",
        example=[{"kind": "sftp", "location": "nas.mataramkota.go.id/cadangan"}],
        used="I",
        min_length=1,
    )
    keep: int = field(30, doc="Days a backup is kept", example=30, used="I", ge=1, le=3650)
