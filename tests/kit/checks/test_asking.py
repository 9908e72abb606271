"""From the profile to the probe and back: targets, ssh's refusals, the probe's text, the report and how it is shown."""

import json
import os
import shutil
import subprocess
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from kit.checks import running
from kit.checks.doctor import checks
from kit.checks.facts import COMMAND, Facts, parse, script
from kit.checks.ssh import Answer, Entry, by_hand, options, understand
from kit.checks.target import Endpoint, _backup, target_of
from kit.cli import bringing
from kit.cli import doctor as command
from kit.cli.main import cli
from kit.cli.progress import Progress
from kit.errors import UsageError
from tests.kit.checks.facts import OTHER, SERVER, TARGET, healthy, healthy_sections


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("ssh: connect to host 10.0.0.1 port 22: Connection timed out", Entry.UNREACHABLE),
        ("ssh: connect to host 10.0.0.1 port 22: Connection refused", Entry.UNREACHABLE),
        ("ssh: connect to host 10.0.0.1 port 22: No route to host", Entry.UNREACHABLE),
        ("kex_exchange_identification: read: Connection reset by peer", Entry.UNREACHABLE),
        ("ssh: Could not resolve hostname web1: Name or service not known", Entry.NO_SUCH_NAME),
        ("No ED25519 host key is known for 10.0.0.1.\nHost key verification failed.", Entry.HOST_KEY_UNKNOWN),
        ("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.", Entry.HOST_KEY_CHANGED),
        ("admin@10.0.0.1: Permission denied (publickey).", Entry.REFUSED),
        ("something new", Entry.BROKEN),
    ],
)
def test_refusals_are_understood(message: str, entry: Entry) -> None:
    assert understand(message) is entry


def test_ssh_never_asks_and_uses_what_the_profile_names() -> None:
    plain = options(SERVER)
    assert "BatchMode=yes" in plain
    assert "StrictHostKeyChecking=yes" in plain
    assert "-i" not in plain
    named = options(replace(SERVER, key=Path("/k"), known_hosts=Path("/h"), port=2222))
    assert named[named.index("-i") + 1] == "/k"
    assert "UserKnownHostsFile=/h" in named
    assert by_hand(replace(SERVER, key=Path("/k"), port=2222)) == "ssh -i /k -p 2222 admin@10.10.0.21"


def test_an_answer_that_was_cut_off_counts_as_none() -> None:
    whole = "@@ now\n12\n\n@@ os\nID=debian\n@@ end\n"
    assert parse(whole) == {"now": "12\n", "os": "ID=debian", "end": ""}
    assert parse(whole.removesuffix("@@ end\n")) == {}
    assert parse("") == {}


def test_the_probe_asks_only_for_what_the_profile_makes_relevant() -> None:
    both = replace(TARGET, servers=(SERVER, OTHER))
    text = script(both, SERVER)
    assert text.startswith("NAMES=hayu.example.go.id\nPEERS=10.10.0.22:22\nSMTP='mail.example.go.id 587'\n")
    assert "BACKUP='nas.example.go.id 22'\nPIP=1\n" in text
    quiet = script(replace(TARGET, smtp=None, backup=None), replace(SERVER, roles=("db",)))
    assert quiet.startswith("NAMES=''\nPEERS=''\nSMTP=''\nBACKUP=''\nPIP=''\n")


def test_the_probe_is_posix() -> None:
    shell = shutil.which("dash") or "/bin/sh"
    text = script(TARGET, SERVER)
    assert subprocess.run([shell, "-n"], input=text, text=True, check=False, capture_output=True).stderr == ""
    assert COMMAND.count("'") == 2


def test_values_of_the_profile_are_quoted() -> None:
    evil = replace(TARGET, names=("$(touch /tmp/x).example",), smtp=Endpoint("a;b", 1))
    assert script(evil, SERVER).startswith("NAMES='$(touch /tmp/x).example'\nPEERS=''\nSMTP='a;b 1'\n")


@pytest.mark.parametrize(
    ("kind", "location", "expected"),
    [
        ("local", "/var/backups", None),
        ("sftp", "nas.example.go.id/cadangan", "nas.example.go.id:22"),
        ("sftp", "nas.example.go.id:2022/cadangan", "nas.example.go.id:2022"),
        ("s3", "https://s3.example.go.id/bucket", "s3.example.go.id:443"),
        ("sftp", "nas:port/x", None),
    ],
)
def test_where_a_backup_place_listens(kind: str, location: str, expected: str | None) -> None:
    found = _backup(kind, location)
    assert (str(found) if found else None) == expected


def test_a_profile_without_servers_is_refused_with_an_example() -> None:
    hosting = SimpleNamespace(servers=())
    profile = SimpleNamespace(data=SimpleNamespace(hosting=hosting), path=Path("region.yml"), slug="kota-mataram")
    with pytest.raises(UsageError, match="names no server"):
        target_of(profile)


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A server that is fit, and half a second late with its answer: an `ssh` before the real one."""
    sections = {**healthy_sections(), "now": str(int(time.time()))}
    (tmp_path / "told").write_text("".join(f"@@ {name}\n{text}\n" for name, text in sections.items()) + "@@ end\n")
    program = tmp_path / "ssh"
    program.write_text(f"#!/bin/sh\ncat >/dev/null\nsleep 0.5\ncat {tmp_path}/told\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(running, "_connect_seconds", lambda server: 0.01)
    monkeypatch.setattr(running.regions, "addresses_of", lambda name: ("10.10.0.21",))
    monkeypatch.setattr(running.regions, "resolve", lambda names: dict.fromkeys(names, ("10.10.0.21",)))
    return tmp_path


def test_setup_waits_for_a_busy_server_longer_than_the_doctor_alone(slow, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty = running.examine(TARGET, *checks(), ask_server=partial(running.gather, seconds=0.1))
    assert (hasty.exit_code, hasty.unreachable) == (3, ("web1",))
    monkeypatch.setattr(running, "gather", partial(running.gather, seconds=0.1))  # what `kit doctor` asks with
    monkeypatch.setattr(bringing, "target_of", lambda profile: TARGET)
    session = SimpleNamespace(profile=None)
    bringing._consult(Console(), Progress(Console()), session)


@pytest.fixture
def kit(monkeypatch: pytest.MonkeyPatch):
    """`kit doctor` on servers that answer as given."""

    def run(facts: list[Facts], *arguments: str) -> Result:
        answers = {one.server.name: one for one in facts}
        target = replace(TARGET, servers=tuple(one.server for one in facts))
        monkeypatch.setattr(command, "with_servers", lambda name: None)
        monkeypatch.setattr(command, "target_of", lambda profile: target)
        monkeypatch.setattr(running, "gather", lambda target, server: replace(answers[server.name], target=target))
        monkeypatch.setattr(running.regions, "addresses_of", lambda name: ("10.10.0.21",))
        monkeypatch.setattr(running.regions, "resolve", lambda names: dict.fromkeys(names, ("10.10.0.21",)))
        return CliRunner().invoke(cli, ["doctor", "kota-mataram", *arguments])

    return run


def closed() -> Facts:
    return Facts(TARGET, OTHER, Answer(Entry.UNREACHABLE, "", "Connection timed out"))


def ill() -> Facts:
    taken = 'LISTEN 0 5 0.0.0.0:443 0.0.0.0:* users:(("apache2",pid=7,fd=3))'
    return replace(healthy(), sections={**healthy_sections(), "listening": taken})


def test_a_healthy_region_exits_0(kit) -> None:
    done = kit([healthy()])
    assert done.exit_code == 0, done.output
    assert "0 faults, 0 warnings, 0 notes. Fit to be set up: kit setup kota-mataram" in done.output
    assert "✗" not in done.output


def test_faults_exit_1_with_cause_and_remedy(kit) -> None:
    done = kit([ill()])
    assert done.exit_code == 1
    assert "✗ Port 443: taken by apache2 (pid 7)" in done.output
    assert "→ on web1, as root: systemctl disable --now apache2" in done.output
    assert "1 fault, 0 warnings" in done.output


def test_an_unreachable_server_exits_3_and_the_others_are_told(kit) -> None:
    done = kit([ill(), closed()])
    assert done.exit_code == 3
    assert "✗ Port 443" in done.output
    assert "✗ Reachable: Connection timed out" in done.output
    assert "Not entered: db1." in done.output


def test_json_has_every_outcome(kit) -> None:
    done = kit([ill()], "--json")
    told = json.loads(done.output)
    assert done.exit_code == 1
    assert told["counts"]["fault"] == 1
    assert len(told["outcomes"]) == len(checks()[0]) + len(checks()[1])
    fault = next(one for one in told["outcomes"] if one["status"] == "fault")
    assert {key: fault[key] for key in ("check", "server", "where", "evidence")} == {
        "check": "port_https",
        "server": "web1",
        "where": "server",
        "evidence": "taken by apache2 (pid 7)",
    }
