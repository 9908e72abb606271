"""`kit setup` on bare servers: the plan is what is done, nothing is done twice, a kill anywhere is made good."""

import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kit.deploy.servers import secrets
from kit.lab import Host, Lab
from tests.lab import servers

KILLS = os.environ.get("KIT_TEST_KILLS", "4")
"""How often a run is killed: a number, or `all` for after every change (at most 40)."""

RELEASE = os.environ.get("KIT_TEST_RELEASE", "bookworm")


@dataclass
class Run:
    """A server set up without interruption, with what was planned and what was said."""

    region: servers.Region
    host: Host
    plan: dict[str, dict[str, list[str]]]
    changes: dict[str, list[str]]
    said: str


@pytest.fixture(scope="module")
def run(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Plan and set up a bare server, once for all tests of this file."""
    host = lab.up("web1", release=RELEASE)
    region = servers.Region(Path(tmp_path_factory.mktemp("region")), [host])
    code, planned = region.kit("plan", "--json")
    assert code == 0, planned
    before = installed(host)
    code, said = region.kit("setup")
    assert code == 0, said
    return Run(region, host, json.loads(planned), done(region, installed(host) - before), said)


def installed(host: Host) -> set[str]:
    """The packages of a server."""
    listed = host.ssh("dpkg-query", "-W", "-f", "'${Package} ${db:Status-Status}\\n'").stdout
    return {line.split()[0] for line in listed.splitlines() if line.endswith(" installed")}


def done(region: servers.Region, packages: set[str]) -> dict[str, list[str]]:
    """What Ansible's own log says was changed, and the packages that have come."""
    text = max(region.logs.glob("setup-*.log")).read_text(encoding="utf-8")
    return {"log": text.splitlines(), "packages": sorted(packages)}


def test_what_was_planned_is_what_was_done(run: Run) -> None:
    items = [item for part in run.plan["web1"].values() for item in part]
    assert len(items) == len(set(items))
    named = {item.removeprefix("package ") for item in items if item.startswith("package ")}
    assert named <= set(run.changes["packages"])
    listed = servers.state(run.host)
    files = {line.split()[4] for line in listed if line.startswith("path f")}
    planned = {item.removeprefix("file ") for item in items if item.startswith("file ")}
    kept = ("/etc/systemd/journald.conf.d/",)
    assert {path for path in planned if not path.startswith(kept)} <= files
    ours = {path for path in files if path.startswith(("/etc/kit/", "/etc/nginx/kit/", "/etc/systemd/system/kit-"))}
    assert ours == {path for path in planned if path in ours}
    assert f"changed={len(items)}" in run.said


def test_a_second_run_changes_nothing(run: Run) -> None:
    before = servers.state(run.host)
    code, said = run.region.kit("setup")
    assert code == 0, said
    assert "changed=0" in said
    assert servers.state(run.host) == before
    assert json.loads(run.region.kit("plan", "--json")[1]) == {"web1": {}}


def test_links_of_first_administrators_are_shown_once(run: Run) -> None:
    assert run.said.count("/lupa-sandi/") == 3
    assert "/lupa-sandi/" not in run.region.kit("setup")[1]


def test_the_apps_are_confined(run: Run) -> None:
    units = run.host.ssh("systemctl", "list-units", "--plain", "--no-legend", "'kit-*@*.service'").stdout
    names = [line.split()[0] for line in units.splitlines() if not line.startswith(("kit-clock", "kit-mail"))]
    assert len(names) == 3
    for name in names:
        last = run.host.ssh("sudo", "systemd-analyze", "security", name).stdout.strip().splitlines()[-1]
        assert float(last.split(":")[1].split()[0]) <= 1.5, last


def test_only_declared_ports_are_open(run: Run) -> None:
    listening = run.host.ssh("sudo", "ss", "-Hlnt").stdout
    assert {line.split()[3].rpartition(":")[2] for line in listening.splitlines()} == {"22", "80", "443"}


def test_no_secret_is_anywhere_but_in_its_place(run: Run) -> None:
    kept = secrets.read(run.region.repository, run.region.folder / "config" / "kit" / "52.71.vault-pass")
    values = [value for name, value in kept.reveal_all().items() if name.endswith("_KEY")]
    values += [line for name in ("tls/site.key", "tls/ca.key") for line in kept.reveal(name).splitlines()[1:2]]
    assert len(values) == 8
    here = [path for path in run.region.folder.rglob("*") if path.is_file()]
    texts = [path.read_bytes() for path in here]
    assert not [value for value in values if value in run.said or any(value.encode() in text for text in texts)]
    pattern = "\n".join(values) + "\n"
    looked = "grep -rlFf - /etc /opt/kit /var/log /var/lib/kit /run/log /tmp /root /home 2>/dev/null; true"
    found = run.host.ssh("sudo", "sh", "-c", f"'{looked}'", feed=pattern, timeout=300).stdout.split()
    assert not [path for path in found if not path.startswith(("/etc/kit/credentials/", "/etc/kit/tls/site.key"))]
    for command in (("ps", "axeww"), ("sudo", "journalctl", "--no-pager")):
        said = run.host.ssh(*command, timeout=120).stdout
        assert not [value for value in values if value in said], command


@pytest.fixture(scope="module")
def mended(lab: Lab, run: Run) -> Iterator[tuple[Host, int]]:
    """Another bare server, whose setup was killed again and again before it was left to end."""
    host = lab.up("web2", release=RELEASE)
    region = servers.Region(run.region.folder, [host])
    kills, wanted, chance = 0, 40 if KILLS == "all" else int(KILLS), random.Random(1)
    every = 1 if KILLS == "all" else max(1, 20 // wanted)
    while kills < wanted and killed_after(region, every, chance.random()):
        kills += 1
    code, said = region.kit("setup")
    assert code == 0, said
    yield host, kills
    servers.Region(run.region.folder, [run.host])


def killed_after(region: servers.Region, changes: int, more: float) -> bool:
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


def test_killed_runs_end_where_a_whole_one_does(run: Run, mended: tuple[Host, int]) -> None:
    host, kills = mended
    assert kills >= (15 if KILLS == "all" else 1)
    own = {line.replace("web2", "web1") for line in servers.state(host)}
    assert own ^ set(servers.state(run.host)) == set()
