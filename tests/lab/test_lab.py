"""`kit lab` on this machine: hosts boot, are what they claim to be, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit.errors import KitError, UsageError
from kit.lab import Lab, faults
from kit.paths import ROOT
from tests.lab import trace


@pytest.mark.parametrize(("release", "version"), [("bookworm", "12"), ("trixie", "13")])
def test_a_host_is_a_real_server(lab: Lab, release: str, version: str) -> None:
    host = lab.up(f"{release}1", release=release)
    said = host.ssh(
        ". /etc/os-release; echo $VERSION_ID; sudo -n id -un; ps -p1 -o comm=; systemctl is-system-running --wait"
    )
    assert said.stdout.split() == [version, "root", "systemd", "running"]
    assert host.ssh("command -v python3 nginx psql").stdout == ""


def test_hosts_reach_each_other_and_the_package_sources(lab: Lab) -> None:
    first, second = lab.up("bookworm1"), lab.up("trixie1", release="trixie")
    assert first.ssh(f"ping -c1 -W2 {second.address} >/dev/null && echo yes").stdout == "yes\n"
    for host in (first, second):
        done = host.ssh("sudo apt-get update -qq && apt-cache policy nginx | grep -c 'Candidate: [0-9]'", timeout=120)
        assert (done.stdout, done.returncode) == ("1\n", 0), done.stderr


def test_pip_finds_packages(lab: Lab) -> None:
    host = lab.up("bookworm1")
    install = "sudo apt-get -qq install -y python3-venv >/dev/null"
    done = host.ssh(f"{install} && python3 -m venv v && v/bin/pip -q download --no-deps six", timeout=180)
    assert done.returncode == 0, done.stderr
    assert host.ssh("ls six-*").stdout.startswith("six-")


def test_memory_and_disk_are_limited(lab: Lab) -> None:
    host = lab.up("small", memory=512, disk=1024)
    assert host.ssh("awk '/MemTotal/{print $2}' /proc/meminfo").stdout == f"{512 * 1024}\n"
    assert 900 < int(host.ssh("df --output=size -m / | tail -n1").stdout) <= 1024
    greedy = "tail -c 700M /dev/zero | tail >/dev/null"
    assert host.ssh(f"{greedy} && echo survived").stdout == ""
    machine = lab.machine("small")
    faults.fill_disk(machine, leave=4)
    assert "No space left" in host.ssh("head -c 50M /dev/zero >big").stderr
    faults.free_disk(machine)
    assert lab.up("small", memory=512, disk=1024) == host


def test_faults_can_be_mended(lab: Lab) -> None:
    host = lab.up("bookworm1")
    machine = lab.machine("bookworm1")
    faults.pull_cable(machine)
    assert host.ssh("true").returncode == 255
    assert machine.inside("hostname").stdout == "bookworm1\n"
    faults.plug_cable(machine)
    lab.wait(host)
    faults.skew_clock(machine, 86400)
    skewed = [int(text) - time.time() for text in host.ssh("date +%s; sudo date +%s").stdout.split()]
    assert [round(seconds / 60) for seconds in skewed] == [1440, 1440]
    faults.skew_clock(machine, 0)
    assert abs(int(host.ssh("date +%s").stdout) - time.time()) < 5


def test_a_reinstalled_host_is_not_the_known_one(lab: Lab) -> None:
    host = lab.up("reinstalled")
    machine = lab.machine("reinstalled")
    machine.new_host_keys()
    machine.inside("systemctl", "restart", "ssh")
    assert "REMOTE HOST IDENTIFICATION HAS CHANGED" in host.ssh("true").stderr
    lab.down("reinstalled")


def test_reboot_and_power_cut_keep_the_disk(lab: Lab) -> None:
    host = lab.up("bookworm1")
    host.ssh("touch kept; sudo systemctl reboot")
    time.sleep(1)
    lab.wait(host)
    assert host.ssh("ls kept").stdout == "kept\n"
    lab.restart("bookworm1")
    assert host.ssh("ls kept").stdout == "kept\n"


def test_what_cannot_be_is_refused(lab: Lab) -> None:
    host = lab.up("bookworm1")
    with pytest.raises(KitError, match="runs already"):
        lab.up("bookworm1", release="trixie")
    for name, release, memory in (("Web", "bookworm", None), ("web", "sid", None), ("web", "bookworm", 16)):
        with pytest.raises(UsageError):
            lab.up(name, release=release, memory=memory)
    with pytest.raises(UsageError, match="no lab host is called 'web'"):
        lab.down("web")
    assert host in [one.host for one in lab.list()]


def assert_gone(root: Path, before: dict[str, list[str]], *labs: Lab) -> None:
    """No process, no mount, nothing on this machine that was not there *before*."""
    assert trace.processes_in(root) == []
    assert trace.mounts_in(root) == []
    after = trace.of_this_machine(*(lab.names.code for lab in labs))
    common = before.keys() & after.keys()
    assert {kind: after[kind] for kind in common} == {kind: before[kind] for kind in common}


def test_nothing_is_left_and_two_labs_do_not_meet(tmp_path: Path) -> None:
    before = trace.of_this_machine()
    with Lab(tmp_path / "one") as one, Lab(tmp_path / "two") as two:
        first, second = one.up("web"), two.up("web", memory=256, disk=512)
        assert first.address.rpartition(".")[0] != second.address.rpartition(".")[0]
        one.down("web")
        assert two.list()[0].running
        assert second.ssh("true").returncode == 0
    assert_gone(tmp_path, before, one, two)


@pytest.mark.parametrize("after", [0.4, 0.7, 1.0, 1.3, 1.8])
def test_a_killed_run_leaves_what_down_removes(tmp_path: Path, after: float) -> None:
    before = trace.of_this_machine()
    environment = {**os.environ, "KIT_STATE": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kit", "lab", "up", "web", "db"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
        time.sleep(after)
        run.send_signal(signal.SIGKILL)
    with Lab(tmp_path / "lab") as lab:
        if after > 1:
            assert lab.up("web").ssh("hostname").stdout == "web\n"
    assert_gone(tmp_path, before, lab)


def test_state_of_before_a_restart_of_this_machine_is_cleared(tmp_path: Path) -> None:
    """After a restart the directories are there, and mounts, network and processes are not."""
    before = trace.of_this_machine()
    with Lab(tmp_path) as lab:
        lab.up("web")
        machine = lab.machine("web")
        machine.kill()
        subprocess.run(["umount", machine.root], check=True)
        subprocess.run(["ip", "link", "delete", lab.names.bridge], check=True)
        subprocess.run(["nft", "delete", "table", "ip", lab.names.table], check=True)
        assert [(one.host.name, one.running) for one in lab.list()] == [("web", False)]
        assert lab.up("web").ssh("hostname").stdout == "web\n"
    assert_gone(tmp_path, before, lab)
