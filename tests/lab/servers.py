"""A region on lab hosts: its profile, the kit run on it as an operator would, and what its servers then are."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kit.lab import Host
from kit.paths import ROOT

_PROFILE = ROOT / "regions" / "52.71-kota-mataram" / "region.yml"
FOLDER = "52.71-kota-mataram"

_STATE = """
LC_ALL=C; export LC_ALL
dpkg-query -W -f 'package ${Package} ${db:Status-Status}\\n'
getent passwd | cut -d: -f1,6,7 | sed 's/^/user /'
find /etc/kit /etc/nginx /etc/systemd /etc/ssh/sshd_config.d /etc/nftables.conf /etc/apt/apt.conf.d /etc/sysctl.d \\
    /etc/sysusers.d /etc/logrotate.d /etc/postgresql /opt/kit /var/lib/kit/applied \\
    -not -path '*/__pycache__*' -not -path '*/site-packages/*' -not -name .ready -not -name 'first-admin-*' \\
    -printf 'path %y %m %u:%g %p %l\\n'
find /etc/kit /etc/nginx /etc/systemd /etc/ssh/sshd_config.d /etc/postgresql -type f \\
    -not -path /etc/systemd/network/10-wire.network -exec sha256sum {} + |
    sed 's/^/sum /'
systemctl list-unit-files --state=enabled --plain --no-legend | sed 's/^/enabled /'
systemctl list-units 'kit-*' nginx.service postgresql.service ssh.service nftables.service \\
    --state=active --plain --no-legend | grep -v manage | awk '{print "active", $1}'
nft list table inet kit | sed 's/^/nft /'
cd /; for app in sabilulungan hayu erk; do
    runuser -u postgres -- pg_dump --schema-only "$app" | grep -v '^.restrict\\|^.unrestrict' | sed "s/^/schema $app /"
done
"""


class Region:
    """A region whose servers are *hosts*, with its own state, build folder and vault password."""

    def __init__(self, folder: Path, hosts: Sequence[Host], more: str = "") -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self.profile.mkdir(parents=True, exist_ok=True)
        servers = "".join(f"    {line}\n" for host in hosts for line in host_entry(host).splitlines())
        ssh = f"  ssh:\n    key: {hosts[0].key}\n    known_hosts: {hosts[0].known_hosts}\n"
        text = _PROFILE.read_text(encoding="utf-8")
        (self.profile / "region.yml").write_text(
            f"{text}\nhosting:\n  servers:\n{servers}{ssh}{more}", encoding="utf-8"
        )

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of the operator's own home is touched."""
        return {
            **os.environ,
            "KIT_STATE": str(self.folder / "state"),
            "KIT_BUILD": str(self.folder / "build"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
        }

    @property
    def repository(self) -> Path:
        """The rendered repository."""
        return self.folder / "build" / FOLDER

    @property
    def logs(self) -> Path:
        """Where the runs' logs are."""
        return self.folder / "state" / FOLDER / "servers" / "log"

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start `kit COMMAND REGION …` and return the process; its output comes line by line."""
        command, *rest = arguments
        whole = [sys.executable, "-u", "-m", "kit", command, str(self.profile), *rest]
        return subprocess.Popen(
            whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment, cwd=ROOT
        )

    def kit(self, *arguments: str) -> tuple[int, str]:
        """Run it to its end; exit code and everything it said."""
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=1200)
        return process.returncode, said


def host_entry(host: Host) -> str:
    """The entry of a host in a profile's list of servers."""
    return f"- name: {host.name}\n  address: {host.address}\n  user: {host.user}\n"


def state(host: Host) -> list[str]:
    """Packages, users, files, units, firewall and database schemas of a server, one fact a line."""
    done = host.ssh("sudo", "sh", "-s", feed=_STATE, timeout=120)
    assert done.returncode == 0, done.stderr
    return sorted(line.rstrip() for line in done.stdout.splitlines())
