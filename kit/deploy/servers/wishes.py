"""From a profile and its repository to what each server should be, with the secrets that takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.deploy.servers import certificates, desired
from kit.deploy.servers.desired import Desired, FileWanted, Platform
from kit.deploy.servers.hosts import Server, with_role
from kit.deploy.servers.installation import Installation
from kit.deploy.servers.secrets import Secrets, new_secret
from kit.errors import KitError
from kit.profile import Profile

KEYS = ("SECRET_KEY", "DATA_KEY")
SMTP = "mail/SMTP_PASSWORD"


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything that decides over the servers, but what they are themselves."""

    profile: Profile
    servers: tuple[Server, ...]
    installation: Installation
    secrets: Secrets
    release: str

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
        web = "web" in server.roles
        if web:
            files += desired.credentials(self.apps, self.secrets.reveal_all())
            files += self._site_files()
        return Desired(
            roles=server.roles,
            packages=self.installation.packages_of(server.roles),
            users=self.apps if web else (),
            files=tuple(files),
            services=self.installation.services_of(server.roles),
            databases=self.apps if "db" in server.roles else (),
            apps=self.apps if web else (),
            release=self.release if web else "",
        )

    def _site_files(self) -> list[FileWanted]:
        made = [
            desired.file(f"/etc/nginx/kit/live/{app}.conf", desired.upstream(app, self.release), service="nginx")
            for app in self.apps
        ]
        for name in ("site.crt", "site.key"):
            value = self.secrets.reveal(f"tls/{name}")
            made.append(desired.secret_file(f"/etc/kit/tls/{name}", f"tls/{name}", value, "nginx"))
        return made


def ensure_secrets(secrets: Secrets, profile: Profile, apps: Sequence[str], hosts: Sequence[str], smtp: str) -> None:
    """Add what is missing. *smtp*: the mail server's password if the operator gave it, else "".

    Raises KitError where a secret is needed that only the operator can give.
    """
    for app in apps:
        for name in KEYS:
            secrets.ensure(f"{app}/{name}", new_secret)
    _mail(secrets, profile, apps, smtp)
    tls = profile.data.hosting.tls
    certificates.ensure_authority(secrets, profile.data.region.name)
    if tls.mode == "provided":
        for name, path in (("site.crt", tls.certificate), ("site.key", tls.key)):
            secrets.put(f"tls/{name}", _read(path))
    else:
        certificates.ensure_certificate(secrets, "site", hosts)


def _mail(secrets: Secrets, profile: Profile, apps: Sequence[str], given: str) -> None:
    smtp = profile.data.mail.smtp
    if not (smtp.host and smtp.user):
        return
    if given:
        secrets.put(SMTP, given)
    if SMTP not in secrets:
        raise KitError(
            f"The mail server {smtp.host} asks {smtp.user} for a password. Give it once: "
            "KIT_SMTP_PASSWORD=… in the environment of this command; it is kept encrypted from then on."
        )
    for app in apps:
        secrets.put(f"{app}/SMTP_PASSWORD", secrets.reveal(SMTP))


def _read(path: str | None) -> str:
    file = Path(path or "").expanduser()
    try:
        return file.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"hosting.tls names {file}, which cannot be read as PEM: {error}.") from None
