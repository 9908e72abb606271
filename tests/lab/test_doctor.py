"""`kit doctor` on real hosts: green on healthy ones, and what is broken on purpose is found."""

from dataclasses import replace
from pathlib import Path

import pytest

from kit.checks.doctor import checks
from kit.checks.result import Report, Status
from kit.checks.running import examine
from kit.checks.target import Server, Target
from kit.lab import Host, Lab, faults


def server(host: Host, **changed: object) -> Server:
    known = Server(host.name, host.address, host.user, host.port, ("web", "db"), host.key, host.known_hosts)
    return replace(known, **changed)


def doctor(*servers: Server, **changed: object) -> Report:
    return examine(Target("kota-mataram", servers, time_zone="Etc/UTC", **changed), *checks())


def found(report: Report, *kinds: Status) -> dict[str, str]:
    """Check → evidence of what was found."""
    return {one.check: one.result.evidence for one in report.outcomes if one.result.status in kinds and one.server}


def files(host: Host) -> set[str]:
    """Every file of the host with size and time, but for logs."""
    listed = host.ssh("sudo find / /tmp /dev/shm -xdev -type f ! -path '/var/log/*' -printf '%p %s %T@\\n'").stdout
    return set(listed.splitlines())


@pytest.mark.parametrize("release", ["bookworm", "trixie"])
def test_a_bare_host_is_fit_and_stays_as_it_is(lab: Lab, release: str) -> None:
    host = lab.up(f"{release}1", release=release)
    before = files(host)
    report = doctor(server(host))
    assert found(report, Status.FAULT, Status.WARNING) == {}
    assert found(report, Status.SKIPPED).keys() == {"time_sync", "disk_speed", "load"}
    assert report.exit_code == 0
    assert report.seconds < 10
    assert len([one for one in report.outcomes if one.server]) >= 55
    assert len(before) > 5000
    assert files(host) == before


def test_hosts_are_asked_at_once(lab: Lab) -> None:
    first, second = lab.up("bookworm1"), lab.up("trixie1", release="trixie")
    report = doctor(server(first, roles=("web",)), server(second, roles=("db",)))
    assert found(report, Status.FAULT) == {}
    peers = {one.server: one.result.evidence for one in report.outcomes if one.check == "peers"}
    assert peers == {"bookworm1": f"{second.address}:22", "trixie1": f"{first.address}:22"}
    assert report.seconds < 10


def test_every_fault_at_once(lab: Lab) -> None:
    host = lab.up("ill", memory=512, disk=1024)
    machine = lab.machine("ill")
    script = """
        perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(Listen => 5, LocalPort => 443); sleep 600' &
        perl -MFcntl -e 'open(my $f, ">>", "/var/lib/dpkg/lock-frontend"); sleep 600' &
        mkdir -p /var/lib/postgresql/15/main && echo 15 >/var/lib/postgresql/15/main/PG_VERSION
        mkdir -p /var/lib/kit && printf 'state=running\\nphase=database\\nsince=2026-11-24\\n' >/var/lib/kit/run
        sed -i 's/deb.debian.org/sources.invalid/; s|URIs: .*|URIs: http://sources.invalid/debian|' \
            /etc/apt/sources.list.d/debian.sources
    """
    assert machine.inside("sh", "-c", f"({script}) >/dev/null 2>&1").returncode == 0
    faults.fill_disk(machine, leave=100)
    report = doctor(server(host))
    faulty = found(report, Status.FAULT)
    assert faulty.keys() == {
        *("port_https", "package_lock", "memory", "disk_root", "disk_var", "foreign_postgresql", "package_sources"),
    }
    assert faulty["port_https"].startswith("taken by perl (pid ")
    assert faulty["package_lock"].startswith("held by perl ")
    assert faulty["memory"] == "512 MiB"
    assert "sources.invalid" in faulty["package_sources"]
    assert found(report, Status.NOTE)["earlier_run"] == "database of 2026-11-24, running"
    assert report.exit_code == 1
    assert report.seconds < 10
    lab.down("ill")


@pytest.mark.parametrize(
    ("release", "seconds", "evidence"), [("bookworm", 86400, "1.0 d ahead"), ("trixie", -7200, "2.0 h behind")]
)
def test_a_wrong_clock(lab: Lab, release: str, seconds: int, evidence: str) -> None:
    host = lab.up(f"{release}1", release=release)
    machine = lab.machine(host.name)
    faults.skew_clock(machine, seconds)
    report = doctor(server(host))
    faults.skew_clock(machine, 0)
    assert found(report, Status.FAULT)["clock"] == evidence


def test_a_user_without_sudo(lab: Lab) -> None:
    host = lab.up("bookworm1")
    machine = lab.machine("bookworm1")
    machine.inside("mv", "/etc/sudoers.d/90-admin", "/root/rule")
    report = doctor(server(host))
    machine.inside("mv", "/root/rule", "/etc/sudoers.d/90-admin")
    assert found(report, Status.FAULT).keys() == {"sudo"}
    assert {"package_lock", "firewall", "sshd_passwords", "sshd_root"} <= found(report, Status.SKIPPED).keys()
    assert (report.exit_code, report.unreachable) == (1, ())


def test_hosts_that_cannot_be_entered(lab: Lab, tmp_path: Path) -> None:
    host = lab.up("bookworm1")
    (tmp_path / "none").touch()
    wrong = tmp_path / "wrong"
    other_key = lab.up("trixie1", release="trixie")
    keys = [line.partition(" ")[2] for line in host.known_hosts.read_text().splitlines() if other_key.address in line]
    wrong.write_text("".join(f"{host.address} {key}\n" for key in keys))
    (tmp_path / "key").write_text("no key")
    (tmp_path / "key").chmod(0o600)
    report = doctor(
        server(host, name="unknown", known_hosts=tmp_path / "none"),
        server(host, name="changed", known_hosts=wrong),
        server(host, name="refused", key=tmp_path / "key"),
        server(host, name="nobody", user="nobody-here"),
        server(host, name="closed", port=2222),
        server(host, name="nameless", address="no-such-host.invalid"),
        server(host, name="good"),
    )
    told = {
        (one.server, one.check) for one in report.outcomes if one.result.status is Status.FAULT and one.check != "peers"
    }
    assert told == {
        *(("unknown", "host_key"), ("changed", "host_key"), ("refused", "login"), ("nobody", "login")),
        *(("closed", "reachable"), ("nameless", "reachable")),
    }
    assert report.exit_code == 3
    assert set(report.unreachable) == {"unknown", "changed", "refused", "nobody", "closed", "nameless"}
    assert report.seconds < 10


def test_a_host_that_vanishes(lab: Lab) -> None:
    host = lab.up("bookworm1")
    faults.pull_cable(lab.machine("bookworm1"))
    report = doctor(server(host))
    faults.plug_cable(lab.machine("bookworm1"))
    assert found(report, Status.FAULT).keys() == {"reachable"}
    assert report.seconds < 11


def test_an_unsupported_system(lab: Lab) -> None:
    host = lab.up("bookworm1")
    machine = lab.machine("bookworm1")
    machine.inside("cp", "--dereference", "/etc/os-release", "/root/os")
    machine.inside("sh", "-c", "rm /etc/os-release; printf 'ID=debian\nVERSION_ID=10\n' >/etc/os-release")
    report = doctor(server(host))
    machine.inside("cp", "/root/os", "/etc/os-release")
    assert found(report, Status.FAULT).keys() == {"release"}
