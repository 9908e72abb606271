"""`kit setup` on bare servers: the plan is what is done, nothing is done twice, a kill anywhere is made good."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from kit.lab import Host, Lab
from tests.lab import leaks, servers
from tests.lab.servers import RELEASE, Run


def test_what_was_planned_is_what_was_done(run: Run) -> None:
    items = [item for part in run.plan["web1"].values() for item in part]
    assert len(items) == len(set(items))
    named = {item.removeprefix("package ") for item in items if item.startswith("package ")}
    assert named <= set(run.packages)
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


def test_the_server_goes_by_the_regions_time(run: Run) -> None:
    assert run.host.ssh("date", "+%Z").stdout == "WITA\n"


def test_links_of_first_administrators_are_shown_once(run: Run) -> None:
    assert run.said.count("/lupa-sandi/") == 3
    assert "/lupa-sandi/" not in run.region.kit("setup")[1]


def test_only_declared_ports_are_open(run: Run) -> None:
    listening = run.host.ssh("sudo", "ss", "-Hlnt").stdout
    assert {line.split()[3].rpartition(":")[2] for line in listening.splitlines()} == {"22", "80", "443"}


def test_no_secret_is_anywhere_but_in_its_place(run: Run) -> None:
    assert sorted(leaks.of(run.region)) == sorted(
        [f"{app}/{name}" for app in ("sabilulungan", "hayu", "erk") for name in ("SECRET_KEY", "DATA_KEY")]
        + ["tls/ca.key", "tls/site.key"]
    )
    assert leaks.found(run.region, [run.host], run.said) == []


@dataclass
class Mended:
    """A server whose setup was interrupted again and again before it was left to end."""

    host: Host
    lost: str
    """What the run said whose connection was lost."""
    kills: int


@pytest.fixture(scope="module")
def mended(lab: Lab, run: Run) -> Iterator[Mended]:
    """Another bare server: its first setup loses the connection while packages come, the next ones are killed."""
    host = lab.up("web2", release=RELEASE)
    region = servers.Region(run.region.folder, [host])
    lost = servers.setup_that_loses_its_connection(region, lab, host)
    kills = servers.kill_again_and_again(region, changes=20)
    code, said = region.kit("setup")
    assert code == 0, said
    yield Mended(host, lost, kills)
    servers.Region(run.region.folder, [run.host])


def test_a_lost_connection_is_told_in_words(mended: Mended) -> None:
    assert "web2: the connection was lost" in mended.lost
    assert "run the same command again: it goes on from there" in mended.lost
    assert "Traceback" not in mended.lost


def test_interrupted_and_killed_runs_end_where_a_whole_one_does(run: Run, mended: Mended) -> None:
    assert mended.kills >= (15 if servers.KILLS == "all" else 1)
    own = {line.replace("web2", "web1") for line in servers.state(mended.host)}
    assert own ^ set(servers.state(run.host)) == set()
