"""How the servers are: releases, health, certificate, disk, last runs. Read only."""

import json
import ssl
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from shlex import quote

from kit.deploy.servers.hosts import Server, Unreachable
from kit.errors import KitError

_SCRIPT = """
LC_ALL=C; export LC_ALL
. /etc/os-release; echo "system $PRETTY_NAME"
set -- $(df -P -k / | tail -n 1); echo "disk $2 $4"
while read -r name value _; do
    case $name in MemTotal:) total=$((value / 1024)) ;; MemAvailable:) echo "memory $total $((value / 1024))" ;; esac
done </proc/meminfo
for app in $apps; do
    release=$(readlink "/opt/kit/live/$app" | sed 's|.*/||')
    echo "live $app $release"
    echo "before $app $(readlink "/opt/kit/before/$app" | sed 's|.*/||')"
    [ -n "$release" ] && command -v curl >/dev/null &&
        echo "health $app $(curl -s -m 10 --unix-socket "/run/kit/$app-$release.sock" -H 'X-Forwarded-Proto: https' \\
            -H "Host: $(sed -n 's/^ALLOWED_HOSTS=//p' "/etc/kit/$app.env")" http://app/healthz)"
done
dpkg-query -W -f 'package ${Package} ${Version}\\n' nginx postgresql python3 2>/dev/null
[ -f /var/lib/kit/version ] && echo "kit $(cat /var/lib/kit/version)"
point=$(ls -dt /var/lib/kit/points/*/.complete 2>/dev/null | head -n 1)
folder=${point%/*}
[ -n "$point" ] &&
    echo "point ${folder##*/} $(date -u -r "$point" +%Y-%m-%dT%H:%M:%SZ) $(du -sk "$folder" | cut -f1)"
systemctl list-units --plain --no-legend --state=failed | sed 's/^/failed /'
site=/etc/kit/tls/site.crt
[ -f $site ] && echo "certificate $(openssl x509 -enddate -noout -in $site | sed 's/.*=//')"
run=$(cat /var/log/kit/setup.log.1 /var/log/kit/setup.log 2>/dev/null | tail -n 1) # the log may just have been rotated
[ -n "$run" ] && echo "run $run"
[ -f /var/lib/kit/backup/last ] && echo "backup $(cat /var/lib/kit/backup/last)"
true
"""


_LEAST_DISK = 2048
_LEAST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Point:
    """The databases as they were before a release: when it was made, and how much it holds."""

    release: str
    made: str
    kib: int


@dataclass(slots=True)
class Status:
    """One server; numbers in MiB and days, None where nothing is known."""

    name: str
    address: str
    fault: str = ""
    entered: bool = True
    system: str = ""
    kit: str = ""
    """The kit that set the server up last."""
    packages: dict[str, str] = field(default_factory=dict)
    """Versions of what carries the apps."""
    disk: int | None = None
    disk_free: int | None = None
    memory: int | None = None
    memory_available: int | None = None
    live: dict[str, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)
    health: dict[str, dict[str, str]] = field(default_factory=dict)
    failed_units: list[str] = field(default_factory=list)
    certificate_days: int | None = None
    last_run: dict[str, str] | None = None
    last_backup: str | None = None
    last_point: Point | None = None

    @property
    def concerns(self) -> list[str]:
        """What needs care, each a sentence with the next command."""
        if self.fault:
            return [self.fault]
        found = [
            f"{app} is not healthy: journalctl -u 'kit-{app}@*' -n 50"
            for app in self.live
            if self.health.get(app, {}).get("status") != "ok"
        ]
        found += [f"{unit} has failed: journalctl -u '{unit}' -n 50" for unit in self.failed_units]
        if self.certificate_days is not None and self.certificate_days < _LEAST_DAYS:
            found.append(f"The certificate ends in {self.certificate_days} days: kit setup renews it.")
        if self.disk_free is not None and self.disk_free < _LEAST_DISK:
            found.append(f"Only {self.disk_free} MB of disk are free: du -xh --max-depth=2 / | sort -h | tail -n 15")
        return found

    def as_dict(self) -> dict[str, object]:
        """For scripts."""
        return {**asdict(self), "concerns": self.concerns, "good": not self.concerns}


def ask(server: Server, control: Path, apps: Sequence[str]) -> Status:
    """The status of one server; a server that cannot be reached has a fault."""
    status = Status(server.name, server.address)
    asked = apps if "web" in server.roles else ()
    try:
        text = server.sudo(control, f"apps={quote(' '.join(asked))}\n{_SCRIPT}")
    except KitError as error:
        status.fault, status.entered = str(error), not isinstance(error, Unreachable)
        return status
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        _take(status, word, rest)
    return status


def _take(status: Status, word: str, rest: str) -> None:  # noqa: C901 (one short case a word)
    first, _, second = rest.partition(" ")
    match word:
        case "system":
            status.system = rest
        case "disk":
            status.disk, status.disk_free = int(first) // 1024, int(second) // 1024
        case "memory":
            status.memory, status.memory_available = int(first), int(second)
        case "live" | "before" if second:
            (status.live if word == "live" else status.before)[first] = second
        case "health":
            status.health[first] = _object(second) or {}
        case "failed":
            status.failed_units.append(first)
        case "certificate":
            status.certificate_days = int((ssl.cert_time_to_seconds(rest) - time.time()) // 86_400)
        case "run":
            status.last_run = _object(rest)
        case "backup":
            status.last_backup = rest
        case "package" if second:
            status.packages[first] = second
        case "kit":
            status.kit = rest
        case "point":
            made, _, kib = second.partition(" ")
            status.last_point = Point(first, made, int(kib))


def _object(text: str) -> dict[str, str] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else None


def connections() -> "tempfile.TemporaryDirectory[str]":
    """A private place for the connections of a run that changes nothing."""
    return tempfile.TemporaryDirectory(prefix="kit-ssh-", dir="/tmp")
