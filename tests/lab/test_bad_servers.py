"""`kit setup` on servers that are not fit: a clear message, exit 1 or 3, nothing half-installed."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kit.lab import Host, Lab, faults
from kit.lab.machine import Machine
from tests.lab.servers import RELEASE, Region

Change = Callable[[Machine], object]

_FILES = "find / /tmp /dev/shm -xdev -type f ! -path '/var/log/*' ! -name '*faketime*' -printf '%p %s %T@\\n' | sort"
_OPEN = "perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 5, LocalPort => 443); sleep 900'"
_HOLD = """perl -e 'open(my $f, ">>", "/var/lib/dpkg/lock-frontend"); sleep 900'"""


def sh(script: str) -> Change:
    """A change of the server by a shell script, as root."""

    def make(machine: Machine) -> None:
        done = machine.inside("sh", "-euc", script, timeout=180)
        assert done.returncode == 0, done.stderr

    return make


def runs(command: str) -> Change:
    """A change of the server by a program that stays; `ENDS` ends it."""
    return sh(f"({command}) >/dev/null 2>&1 & echo $! >/run/fault.pid; sleep 0.3; kill -0 $(cat /run/fault.pid)")


ENDS = sh("kill $(cat /run/fault.pid)")

_OLD_RELEASE = """
cp -P /etc/os-release /root/kept
rm /etc/os-release
printf 'ID=debian\nVERSION_ID=10\nVERSION_CODENAME=buster\nPRETTY_NAME="Debian 10"\n' >/etc/os-release
"""
_NO_SOURCE = """
cp -a /etc/apt /root/kept
sed -i 's|URIs: .*|URIs: http://sources.invalid/debian|' /etc/apt/sources.list.d/*
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a server, the exit code, and words that must be said: what, why, what mends it."""

    name: str
    make: Change
    mend: Change
    code: int
    says: tuple[str, ...]


FAULTS = (
    Fault(
        "unreachable",
        faults.pull_cable,
        faults.plug_cable,
        3,
        ("No SSH server answers", "the server is off, the address is wrong", "ping -c 3"),
    ),
    Fault(
        "host key changed",
        sh("cp -a /etc/ssh /root/kept; rm /etc/ssh/ssh_host_*; ssh-keygen -qA; systemctl restart ssh"),
        sh("cp -a /root/kept/. /etc/ssh/; rm -r /root/kept; systemctl restart ssh"),
        3,
        ("is not the one in", "another machine answers at its address", "ssh-keygen -f"),
    ),
    Fault(
        "no sudo",
        sh("mv /etc/sudoers.d/90-admin /root/rule"),
        sh("mv /root/rule /etc/sudoers.d/90-admin"),
        1,
        ("`sudo -n true` fails for admin", "may not sudo without a password", "NOPASSWD"),
    ),
    Fault(
        "disk full",
        lambda machine: faults.fill_disk(machine, leave=100),
        faults.free_disk,
        1,
        ("0.1 GiB free", "du -xh --max-depth=2"),
    ),
    Fault(
        "port 443 taken",
        runs(_OPEN),
        ENDS,
        1,
        ("taken by perl", "Another program listens on port 443", "systemctl disable --now"),
    ),
    Fault(
        "package lock held",
        runs(_HOLD),
        ENDS,
        1,
        ("held by perl", "Someone else is installing packages", "waits until it has ended"),
    ),
    Fault(
        "package source unreachable",
        sh(_NO_SOURCE),
        sh("cp -a /root/kept/. /etc/apt/; rm -r /root/kept"),
        1,
        ("sources.invalid",),
    ),
    Fault(
        "clock a day ahead",
        lambda machine: faults.skew_clock(machine, 86400),
        lambda machine: faults.skew_clock(machine, 0),
        1,
        ("1.0 d ahead", "deadlines of applications would be off", "timedatectl set-ntp true"),
    ),
    Fault(
        "release not supported",
        sh(_OLD_RELEASE),
        sh("rm /etc/os-release; cp -P /root/kept /etc/os-release; rm /root/kept"),
        1,
        ("Debian 10", "The kit sets up Debian 12 or 13", "Install Debian 12 or 13 on this server"),
    ),
    Fault(
        "package half installed",
        sh("sed -i '/^Package: less$/,/^$/ s/^Status: .*/Status: install ok half-configured/' /var/lib/dpkg/status"),
        sh("sed -i '/^Package: less$/,/^$/ s/^Status: .*/Status: install ok installed/' /var/lib/dpkg/status"),
        1,
        ("less", "dpkg --configure -a"),
    ),
)


@pytest.fixture(scope="module")
def host(lab: Lab) -> Host:
    """A bare server with a disk of its own size. Its user has used sudo before, which leaves a file in the home."""
    made = lab.up("web3", release=RELEASE, disk=10240)
    assert made.ssh("sudo", "true").returncode == 0
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the region whose servers are bad."""
    return tmp_path_factory.mktemp("bad")


def refused(region: Region, code: int, *says: str) -> None:
    """Setup ends with the exit code and these words, and no trace of Python."""
    ended, said = region.kit("setup")
    assert ended == code, said
    assert [words for words in says if words not in said] == []
    assert "Traceback" not in said


def untouched(machine: Machine) -> list[str]:
    """Every file of the server with size and time, but for logs."""
    found = machine.inside("sh", "-c", _FILES).stdout.splitlines()
    assert len(found) > 5000
    return found


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
def test_a_bad_server_is_refused_and_stays_as_it_is(lab: Lab, host: Host, folder: Path, fault: Fault) -> None:
    machine = lab.machine(host.name)
    region = Region(folder, [host])
    fault.make(machine)
    try:
        before = untouched(machine)
        refused(region, fault.code, *fault.says, "Nothing was changed.")
        assert untouched(machine) == before
    finally:
        fault.mend(machine)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ("known_hosts", ("has no key of", "Compare the fingerprint", "ssh-keyscan -p 22")),
        ("key", ("Permission denied", "does not let admin in with the key", "ssh-copy-id -i")),
    ],
)
def test_a_server_that_cannot_be_entered_from_here(
    host: Host, folder: Path, tmp_path: Path, changed: str, says: tuple[str, ...]
) -> None:
    other = tmp_path / changed
    if changed == "key":
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(other)], check=True)
    else:
        other.touch()
    refused(Region(folder, [replace(host, **{changed: other})]), 3, *says)


def test_a_certificate_with_the_key_of_another(lab: Lab, host: Host, folder: Path, tmp_path: Path) -> None:
    made = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90", "-subj", "/CN=x")
    for name in ("one", "two"):
        files = ("-keyout", str(tmp_path / f"{name}.key"), "-out", str(tmp_path / f"{name}.crt"))
        subprocess.run(["openssl", "req", *made, *files], check=True, capture_output=True)
    tls = f"  tls: {{mode: provided, certificate: {tmp_path}/one.crt, key: {tmp_path}/two.key}}\n"
    before = untouched(lab.machine(host.name))
    refused(
        Region(folder, [host], tls),
        1,
        "is not the key of",
        "nginx would refuse to start",
        "openssl",
        "Nothing was changed",
    )
    assert untouched(lab.machine(host.name)) == before


def test_too_little_memory(lab: Lab, folder: Path) -> None:
    host = lab.up("small", release=RELEASE, memory=512)
    assert host.ssh("sudo", "true").returncode == 0
    before = untouched(lab.machine("small"))
    refused(Region(folder, [host]), 1, "512 MiB", "the kernel ends one of them at random", "Nothing was changed.")
    assert untouched(lab.machine("small")) == before
    lab.down("small")


def test_a_database_of_others_is_never_touched(lab: Lab, folder: Path) -> None:
    host = lab.up("old", release=RELEASE)
    machine = lab.machine("old")
    sh(
        "export DEBIAN_FRONTEND=noninteractive; apt-get -qq update; "
        "apt-get -qq install -y --no-install-recommends postgresql >/dev/null 2>&1; cd /; "
        "runuser -u postgres -- createdb simpeg; "
        "runuser -u postgres -- psql -qd simpeg -c \"create table staff as select 'Siti' as name\""
    )(machine)
    refused(Region(folder, [host]), 1, "holds simpeg", "it never touches them", "pg_dumpall", "Nothing was changed.")
    asked = machine.inside("runuser", "-u", "postgres", "--", "psql", "-XtAqd", "simpeg", "-c", "table staff")
    assert asked.stdout == "Siti\n"
    listed = machine.inside("runuser", "-u", "postgres", "--", "psql", "-XtAqc", "select datname from pg_database")
    assert set(listed.stdout.split()) == {"postgres", "template0", "template1", "simpeg"}
    assert machine.inside("test", "-e", "/etc/kit").returncode == 1
    lab.down("old")
