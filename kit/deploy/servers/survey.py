"""What a server is: one read-only shell script over SSH, also on a server that has no Python yet."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from kit.deploy.servers.desired import Desired, Platform
from kit.deploy.servers.hosts import Server

APPLIED = "/var/lib/kit/applied"
"""Directory of the marks: which configuration a service runs with."""

RELEASES = "/opt/kit/releases"

POINTS = "/var/lib/kit/points"
"""Directory of the databases as they were before a release: ``RELEASE/APP.dump``."""

_LASTING = 20 * 86_400
"""Seconds a certificate must last: it is renewed 30 days before its end, so less means that renewals fail."""

_PROPERTIES = "UnitFileState,ActiveState,ConditionResult,ConditionTimestampMonotonic"

_PLATFORM = """
. /etc/os-release
echo "codename ${VERSION_CODENAME:-}"
echo "machine $(uname -m)"
while read -r name value _; do [ "$name" = MemTotal: ] && echo "memory $((value / 1024))"; done </proc/meminfo
true
"""

_STATE = """
echo "zone $(readlink -f /etc/localtime | sed 's|.*/zoneinfo/||')"
dpkg-query -W -f '${db:Status-Status} ${Package}\\n' | sed -n 's/^installed /package /p'
for name in $users; do getent passwd "$name" >/dev/null && echo "user $name"; done
stat -c 'stat %a %U:%G %n' -- $paths 2>/dev/null
sha256sum -- $paths 2>/dev/null | sed 's/^/sum /'
for unit in $units; do
    echo "unit $unit $(systemctl show --property="$properties" -- "$unit" | tr '\\n' ' ')"
done
for mark in $applied/*; do [ -f "$mark" ] && echo "mark ${mark##*/} $(cat "$mark")"; done
for app in $apps; do echo "live $app $(readlink "/opt/kit/live/$app" | sed 's|.*/||')"; done
for app in $apps; do echo "before $app $(readlink "/opt/kit/before/$app" | sed 's|.*/||')"; done
systemctl list-units --plain --no-legend --all 'kit-*@*.service' 'kit-*@*.socket' | sed 's/^/instance /'
for ready in $releases/*/.ready; do [ -f "$ready" ] && echo "release $(basename "$(dirname "$ready")")"; done
for done in $points/*/.complete; do [ -f "$done" ] && echo "point $(basename "$(dirname "$done")")"; done
nft list table inet kit >/dev/null 2>&1 && echo "firewall on"
site=/etc/kit/tls/site.crt
[ -f $site ] && command -v openssl >/dev/null && openssl x509 -checkend $lasting -noout -in $site >/dev/null &&
    echo "certificate lasts"
if [ -n "$databases" ] && command -v psql >/dev/null; then
    cd / && runuser -u postgres -- psql -XtAq -c "select 'database', datname from pg_database where not datistemplate
        union all select 'role', rolname from pg_roles where rolcanlogin" -F ' ' 2>/dev/null
fi
for app in $apps; do
    release=$(readlink "/opt/kit/live/$app" | sed 's|.*/||')
    [ -S "/run/kit/$app-$release.sock" ] && command -v curl >/dev/null &&
        echo "health $app $(curl -s -m 10 --unix-socket "/run/kit/$app-$release.sock" -H 'X-Forwarded-Proto: https' \\
            -H "Host: $(sed -n 's/^ALLOWED_HOSTS=//p' "/etc/kit/$app.env")" http://app/healthz)"
done
"""


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file as it is on a server."""

    mode: int
    owner: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit as it is; ``condition`` is whether the system lets it run here at all."""

    enabled: bool
    active: bool
    condition: bool


@dataclass(slots=True)
class Found:
    """What a survey found on one server."""

    platform: Platform
    machine: str = ""
    """Its architecture."""
    packages: set[str] = field(default_factory=set)
    users: set[str] = field(default_factory=set)
    files: dict[str, FileFound] = field(default_factory=dict)
    units: dict[str, UnitFound] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    live: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    releases: set[str] = field(default_factory=set)
    points: set[str] = field(default_factory=set)
    """Releases before which the databases were kept."""
    databases: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    health: dict[str, dict[str, str]] = field(default_factory=dict)
    time_zone: str = ""
    firewall: bool = False
    certificate_lasts: bool = False
    instances: set[str] = field(default_factory=set)
    """Sockets and services of apps and timers that systemd knows of."""


def platform(server: Server, control: Path) -> Platform:
    """The server's release and memory."""
    return parse(server.sudo(control, _PLATFORM)).platform


def survey(server: Server, desired: Desired, control: Path) -> Found:
    """Everything of the server that *desired* speaks of. Nothing is changed."""
    return parse(server.sudo(control, script(desired)))


def script(desired: Desired) -> str:
    """The shell script of the survey."""
    values = {
        "users": desired.users,
        "paths": [file.path for file in desired.files],
        "units": units(desired),
        "apps": desired.apps,
        "databases": desired.databases,
    }
    head = "".join(f"{name}={quote(' '.join(words))}\n" for name, words in values.items())
    head += f"applied={APPLIED}\nreleases={RELEASES}\npoints={POINTS}\nlasting={_LASTING}\nproperties={_PROPERTIES}\n"
    return f"LC_ALL=C; export LC_ALL\n{head}{_PLATFORM}{_STATE}true\n"


def units(desired: Desired) -> list[str]:
    """The units a survey asks about: services, and the apps' instances of the release."""
    return [*desired.services, *desired.idle, *instances(desired.apps, desired.release)]


def instances(apps: Sequence[str], release: str) -> list[str]:
    """Sockets and services of the apps' release."""
    return [f"kit-{app}@{release}.{kind}" for app in apps for kind in ("socket", "service")]


def parse(text: str) -> Found:  # noqa: C901 (one short case a word)
    """Read what the script printed; unknown lines are passed over."""
    found = Found(Platform("", 0))
    codename, memory = "", 0
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        first, _, second = rest.partition(" ")
        match word:
            case "codename":
                codename = rest
            case "machine":
                found.machine = rest
            case "memory":
                memory = int(rest)
            case "package":
                found.packages.add(first)
            case "user":
                found.users.add(first)
            case "stat":
                owner, _, path = second.partition(" ")
                found.files[path] = FileFound(int(first, 8), owner)
            case "sum":
                path = second.removeprefix(" ").removeprefix("*")
                known = found.files.get(path)
                if known:
                    found.files[path] = FileFound(known.mode, known.owner, first)
            case "unit":
                found.units[first] = _unit(second.split())
            case "mark":
                found.marks[first] = second
            case "live" | "before" if second:
                (found.live if word == "live" else found.before)[first] = second
            case "release":
                found.releases.add(first)
            case "point":
                found.points.add(first)
            case "instance":
                found.instances.add(first)
            case "zone":
                found.time_zone = rest
            case "firewall":
                found.firewall = True
            case "certificate":
                found.certificate_lasts = True
            case "database":
                found.databases.add(first)
            case "role":
                found.roles.add(first)
            case "health":
                found.health[first] = _health(second)
    found.platform = Platform(codename, memory)
    return found


def _unit(words: list[str]) -> UnitFound:
    """A condition counts only once it was tried: before the first start it stands at "no"."""
    said = dict(word.partition("=")[::2] for word in words)
    refused = said.get("ConditionResult") == "no" and said.get("ConditionTimestampMonotonic", "0") != "0"
    return UnitFound(
        said.get("UnitFileState") in {"enabled", "static", "generated", "indirect"},
        said.get("ActiveState") == "active",
        not refused,
    )


def _health(text: str) -> dict[str, str]:
    try:
        answer = json.loads(text)
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in answer.items()} if isinstance(answer, dict) else {}
