"""From a profile and its repository to what each server should be, with the secrets that takes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.deploy.servers import certificates, desired
from kit.deploy.servers.desired import Acme, Desired, FileWanted, Platform
from kit.deploy.servers.hosts import Server, with_role
from kit.deploy.servers.installation import Installation
from kit.deploy.servers.secrets import Secrets, new_secret
from kit.errors import KitError
from kit.profile import Profile

KEYS = ("SECRET_KEY", "DATA_KEY")
SMTP, SIGN = "mail/SMTP_PASSWORD", "sign/SIGN_PASSWORD"
GIVEN = {SMTP: "KIT_SMTP_PASSWORD", SIGN: "KIT_SIGN_PASSWORD"}
"""Secrets that only the operator can give, each by its variable in the environment of the command."""
ROLE_SECRET = "{app}/DATABASE_PASSWORD"  # noqa: S105 (a name, not a password)
"""Name of the secret with the password of an app's role in PostgreSQL."""
INNER_NAME = "app.kit.internal"
"""By this name the entry knows the app servers; web/app.conf asks for it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything that decides over the servers, but what they are themselves."""

    profile: Profile
    servers: tuple[Server, ...]
    installation: Installation
    secrets: Secrets
    release: str
    back: bool = False
    """Is it a way back? Then nothing migrates, and the databases need not be kept first."""

    @property
    def apps(self) -> tuple[str, ...]:
        """The enabled apps, in the kit's order."""
        enabled = self.profile.data.apps.enabled
        return tuple(app for app in ("sabilulungan", "hayu", "erk") if app in enabled)

    @property
    def split(self) -> bool:
        """Is PostgreSQL on a server of its own?"""
        return self.profile.data.hosting.topology == "split"

    def urls(self) -> dict[str, str]:
        """The address of each enabled app."""
        urls: dict[str, str] = self.profile.as_context()["net"]["base_url"]
        return {app: urls[app] for app in self.apps}

    def entry(self) -> Server:
        """The server visitors reach: the first with the role web."""
        return with_role(self.servers, "web")[0]

    def desired(self, server: Server, platform: Platform) -> Desired:
        """What *server* should be, given what it is."""
        files = list(desired.files_of(self.installation, server.roles, platform))
        web, first = "web" in server.roles, server == self.entry()
        services = self.installation.services_of(server.roles)
        idle = () if first else tuple(name for name in services if name.startswith("kit-") and name.endswith(".timer"))
        if web:
            files += desired.credentials(self.apps, self.secrets.reveal_all())
            files += self._site_files()
        if self.split:
            files += self._files_between(server)
        return Desired(
            roles=server.roles,
            packages=self.installation.packages_of(server.roles),
            users=self.apps if web else (),
            files=tuple(files),
            services=tuple(name for name in services if name not in idle),
            databases=self.apps if "db" in server.roles else (),
            apps=self.apps if web else (),
            release=self.release if web else "",
            hooks=self.installation.hooks if first else (),
            migrates=first,
            shares=first and self.split and not self.back,
            idle=idle,
            passwords=self._passwords() if self.split and "db" in server.roles else "",
            time_zone=self.profile.data.locale.timezone,
            acme=self._acme() if web else None,
            point=self.release if "db" in server.roles and not self.back else "",
        )

    def _acme(self) -> Acme | None:
        tls = self.profile.data.hosting.tls
        if tls.mode != "acme":
            return None
        return Acme(tuple(hosts_of(self.urls())), tls.directory, tls.contact or "")

    def _files_between(self, server: Server) -> list[FileWanted]:
        """The certificates by which the servers know each other."""
        if "db" in server.roles:
            pairs = [("database", "postgresql", "postgres")]
            made = []
        else:
            pairs = [("app", "nginx", "root")]
            authority = self.secrets.reveal(certificates.CA).encode()
            made = [desired.file("/etc/kit/tls/ca.crt", authority, service="apps")]
        for name, service, group in pairs:
            for part in (f"{name}.crt", f"{name}.key"):
                value = self.secrets.reveal(f"tls/{part}")
                made.append(desired.secret_file(f"/etc/kit/tls/{part}", f"tls/{part}", value, service, group))
        return made

    def _passwords(self) -> str:
        values = "\n".join(self.secrets.reveal(ROLE_SECRET.replace("{app}", app)) for app in self.apps)
        return hashlib.sha256(values.encode()).hexdigest()[:16]

    def _site_files(self) -> list[FileWanted]:
        made = [
            desired.file(f"/etc/nginx/kit/live/{app}.conf", desired.upstream(app, self.release), service="nginx")
            for app in self.apps
        ]
        for name in ("site.crt", "site.key") if self._acme() is None else ():
            value = self.secrets.reveal(f"tls/{name}")
            made.append(desired.secret_file(f"/etc/kit/tls/{name}", f"tls/{name}", value, "nginx"))
        return made


def hosts_of(urls: Mapping[str, str]) -> list[str]:
    """The host names in the apps' addresses, each once."""
    return list(dict.fromkeys(url.split("/")[2] for url in urls.values()))


def ensure_secrets(
    secrets: Secrets, profile: Profile, apps: Sequence[str], hosts: Sequence[str], given: Mapping[str, str]
) -> None:
    """Add what is missing. *given*: the command's environment, where the operator gives what only he can (`GIVEN`).

    Raises KitError where such a secret is needed and was never given.
    """
    for app in apps:
        for name in KEYS:
            secrets.ensure(f"{app}/{name}", new_secret)
    smtp, sign = profile.data.mail.smtp, profile.data.sign
    if smtp.host and smtp.user:
        _hand_on(secrets, SMTP, apps, given, f"The mail server {smtp.host} asks {smtp.user}")
    if sign.provider == "bsre":
        _hand_on(secrets, SIGN, apps, given, f"The eSign service {sign.endpoint} asks {sign.user}")
    tls = profile.data.hosting.tls
    certificates.ensure_authority(secrets, profile.data.region.name)
    if profile.data.hosting.topology == "split":
        _between(secrets, profile, apps)
    if tls.mode == "provided":
        certificates.keep_pair(secrets, "site", *(Path(path or "").expanduser() for path in (tls.certificate, tls.key)))
    elif tls.mode == "internal":
        certificates.ensure_certificate(secrets, "site", hosts)


def _between(secrets: Secrets, profile: Profile, apps: Sequence[str]) -> None:
    """What servers of topology ``split`` know each other by: certificates of the own authority, passwords."""
    for app in apps:
        secrets.ensure(ROLE_SECRET.replace("{app}", app), new_secret)
    database = next(server.address for server in profile.data.hosting.servers if "db" in server.roles)
    certificates.ensure_certificate(secrets, "database", [database])
    certificates.ensure_certificate(secrets, "app", [INNER_NAME])


def _hand_on(secrets: Secrets, name: str, apps: Sequence[str], given: Mapping[str, str], who: str) -> None:
    """Keep the password the operator gave and hand it to the apps; a new one replaces the one before."""
    if password := given.get(GIVEN[name], ""):
        secrets.put(name, password)
    if name not in secrets:
        raise KitError(
            f"{who} for a password. Give it once: "
            f"{GIVEN[name]}=… in the environment of this command; it is kept encrypted from then on."
        )
    for app in apps:
        secrets.put(f"{app}/{name.partition('/')[2]}", secrets.reveal(name))
