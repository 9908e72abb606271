"""A region on lab hosts: its profile, the kit run on it as an operator would, and what its servers then are."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.lab import Host, Lab, faults
from kit.paths import ROOT

RELEASE = os.environ.get("KIT_TEST_RELEASE", "bookworm")
OTHER_RELEASE = "trixie" if RELEASE == "bookworm" else "bookworm"
"""Topology single is tested on one release of Debian from bare to verified, split on the other."""

KILLS = os.environ.get("KIT_TEST_KILLS", "3")
"""How often a run is killed: a number, or `all` for after every change (at most 40)."""

_PROFILE = ROOT / "regions" / "52.71-kota-mataram" / "region.yml"
FOLDER = "52.71-kota-mataram"

_STATE = """
LC_ALL=C; export LC_ALL
dpkg-query -W -f 'package ${Package} ${db:Status-Status}\\n'
echo "zone $(readlink -f /etc/localtime)"
getent passwd | cut -d: -f1,6,7 | sed 's/^/user /'
find /etc/kit /etc/nginx /etc/systemd /etc/ssh/sshd_config.d /etc/nftables.conf /etc/apt/apt.conf.d /etc/sysctl.d \\
    /etc/modprobe.d /etc/security/limits.d /etc/sysusers.d /etc/logrotate.d /etc/postgresql \\
    /opt/kit /var/lib/kit/applied \\
    -not -path '*/__pycache__*' -not -path '*/site-packages/*' -not -name .ready -not -name 'first-admin-*' \\
    -printf 'path %y %m %u:%g %p %l\\n'
find /etc/kit /etc/nginx /etc/systemd /etc/ssh/sshd_config.d /etc/postgresql -type f \\
    -not -path /etc/systemd/network/10-wire.network -exec sha256sum {} + |
    sed 's/^/sum /'
for left in /var/lib/kit/incoming-* /var/lib/kit/given-* /usr/sbin/policy-rc.d*; do
    [ ! -e "$left" ] || echo "left $left"
done
systemctl list-unit-files --state=enabled --plain --no-legend | sed 's/^/enabled /'
systemctl list-units 'kit-*' nginx.service postgresql.service ssh.service nftables.service \\
    --state=active --plain --no-legend | grep -v manage | awk '{print "active", $1}'
nft list table inet kit | sed 's/^/nft /'
cd /; for app in sabilulungan hayu erk; do
    runuser -u postgres -- pg_dump --schema-only "$app" | grep -v '^.restrict\\|^.unrestrict' | sed "s/^/schema $app /"
done
"""


class Region:
    """A region whose servers are *hosts*, with its own state, build folder and vault password.

    Several are of topology split.
    """

    def __init__(self, folder: Path, hosts: Sequence[Host], more: str = "") -> None:
        self.folder = folder
        self.profile = folder / "profile"
        self.profile.mkdir(parents=True, exist_ok=True)
        split = len(hosts) > 1
        topology = "split" if split else "single"
        entries = [host_entry(host, split=split) for host in hosts]
        servers = "".join(f"    {line}\n" for entry in entries for line in entry.splitlines())
        ssh = f"  ssh:\n    key: {hosts[0].key}\n    known_hosts: {hosts[0].known_hosts}\n"
        text = _PROFILE.read_text(encoding="utf-8")
        (self.profile / "region.yml").write_text(
            f"{text}\nhosting:\n  topology: {topology}\n  servers:\n{servers}{ssh}{more}",
            encoding="utf-8",
        )

    def wrapped(self, command: list[str]) -> list[str]:
        """The command as it is run; for regions that need more around it."""
        return command

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
        whole = self.wrapped([sys.executable, "-u", "-m", "kit", command, str(self.profile), *rest])
        return subprocess.Popen(
            whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment, cwd=ROOT
        )

    def kit(self, *arguments: str) -> tuple[int, str]:
        """Run it to its end; exit code and everything it said."""
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=1200)
        return process.returncode, said


def host_entry(host: Host, *, split: bool = False) -> str:
    """The entry of a host in a profile's list of servers; with *split* the one named db… holds the databases."""
    role = "db" if host.name.startswith("db") else "web"
    roles = f"  roles: [{role}]\n" if split else ""
    return f"- name: {host.name}\n  address: {host.address}\n  user: {host.user}\n{roles}"


def root(host: Host, script: str) -> str:
    """What a script says that root runs on the host."""
    done = host.ssh("sudo", "sh", "-es", feed=script, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def state(host: Host) -> list[str]:
    """Packages, users, files, units, firewall and database schemas of a server, one fact a line."""
    done = host.ssh("sudo", "sh", "-s", feed=_STATE, timeout=120)
    assert done.returncode == 0, done.stderr
    return sorted(line.rstrip() for line in done.stdout.splitlines())


def kill_again_and_again(region: Region, changes: int) -> int:
    """Kill setups of bare servers by SIGKILL, spread over about so many *changes*, and return how often.

    The last one that was to be killed may end before.
    """
    kills, wanted, chance = 0, 40 if KILLS == "all" else int(KILLS), random.Random(1)
    every = 1 if KILLS == "all" else max(1, changes // wanted)
    while kills < wanted and _killed_after(region, every, chance.random()):
        kills += 1
    return kills


def setup_that_loses_its_connection(region: Region, lab: Lab, host: Host) -> str:
    """Pull the cable of a bare server while its packages come, then plug it in; what the setup said, ended with 3."""
    machine = lab.machine(host.name)
    process = region.start("setup")
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ask the doctor" in line:
            while machine.inside("sh", "-c", "grep -qsx dpkg /proc/[0-9]*/comm").returncode:
                assert process.poll() is None, "".join(lines)
            faults.pull_cable(machine)
    process.communicate()
    faults.plug_cable(machine)
    lab.wait(host, seconds=60)  # the address is looked up anew only after a while
    assert process.returncode == 3, "".join(lines)
    return "".join(lines)


def _killed_after(region: Region, changes: int, more: float) -> bool:
    """Kill a setup *more* seconds after so many of its changes; False if it ended before."""
    process = region.start("setup")
    assert process.stdout is not None
    for line in process.stdout:
        changes -= "  changed  " in line
        if changes == 0:
            time.sleep(more)
            process.kill()
            break
    process.communicate()
    return process.returncode == -9


@dataclass
class Run:
    """A server set up without interruption, with what was planned and what was said."""

    lab: Lab
    region: Region
    host: Host
    plan: dict[str, dict[str, list[str]]]
    packages: list[str]
    """Those that came with the setup."""
    said: str


def set_up(lab: Lab, folder: Path) -> Run:
    """Boot a bare server, plan, and set it up."""
    host = lab.up("web1", release=RELEASE)
    region = Region(folder, [host])
    code, planned = region.kit("plan", "--json")
    assert code == 0, planned
    before = installed(host)
    code, said = region.kit("setup")
    assert code == 0, said
    return Run(lab, region, host, json.loads(planned), sorted(installed(host) - before), said)


def installed(host: Host) -> set[str]:
    """The packages of a server."""
    listed = host.ssh("dpkg-query", "-W", "-f", "'${Package} ${db:Status-Status}\\n'").stdout
    return {line.split()[0] for line in listed.splitlines() if line.endswith(" installed")}
