"""One run at a time on real servers: a living one is told with its owner, a dead or silent one is released."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from kit.deploy.servers.audit import who
from kit.deploy.servers.status import connections
from kit.paths import ROOT
from tests.lab.servers import Run, root

_HOLDER = """
import sys, time
from pathlib import Path
from kit.deploy.servers.audit import Lock
from kit.deploy.servers.hosts import servers_of
from kit.profile import load
with Lock(servers_of(load(Path(sys.argv[1]))), Path(sys.argv[2]), "deploy"):
    print("held", flush=True)
    time.sleep(600)
"""
_HEARTBEAT = "/var/lib/kit/lock/heartbeat"


@contextmanager
def another(run: Run) -> Iterator["subprocess.Popen[str]"]:
    """An operator on another machine whose `kit deploy` holds the server."""
    profile = str(run.region.profile / "region.yml")
    with (
        connections() as place,
        subprocess.Popen(
            [sys.executable, "-c", _HOLDER, profile, place], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as process,
    ):
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_run_is_told_whose_the_first_is(run: Run) -> None:
    with another(run):
        first = root(run.host, f"stat -c %Y {_HEARTBEAT}")
        code, said = run.region.kit("setup")
        assert code == 1, said
        assert f"web1 is being changed by `kit deploy` of {who()} (since 20" in said
        assert "Wait for its end, then run this again." in said
        deadline = time.monotonic() + 15
        while root(run.host, f"stat -c %Y {_HEARTBEAT}") == first:
            assert time.monotonic() < deadline, "no heartbeat"
            time.sleep(1)


def test_what_a_killed_run_held_is_free_and_told(run: Run) -> None:
    with another(run) as process:
        process.kill()
        process.wait()
        code, said = run.region.kit("setup")
    assert code == 0, said
    assert f"web1: `kit deploy` of {who()} (since 20" in said
    assert "ended without finishing; this run goes on from there." in said
    assert "ended without finishing" not in run.region.kit("setup")[1]


def test_one_that_has_fallen_silent_is_released(run: Run) -> None:
    with another(run) as process:
        process.send_signal(signal.SIGSTOP)  # a laptop that sleeps, its connection still open
        root(run.host, f"touch -d '-2 min' {_HEARTBEAT}")
        code, said = run.region.kit("setup")
        process.send_signal(signal.SIGCONT)
    assert code == 0, said
    assert "ended without finishing; this run goes on from there." in said
