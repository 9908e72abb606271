"""The test command: what it leaves out it names, and in CI nothing may be left out."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kit.lab import needs
from kit.paths import ROOT
from kit.suite import groups, postgres
from kit.suite.groups import APPS, NAMES, Step, chosen, steps
from kit.suite.runner import Result, State, environment, keep, perform, run

PASS = Step("unit", "pass", (sys.executable, "-c", "print('3 passed, 1 skipped in 0.10s')"))
FAIL = Step("unit", "fail", (sys.executable, "-c", "print('== 1 failed, 2 passed in 1.00s =='); raise SystemExit(1)"))
ABSENT = Step("browser", "pages", ("chromium-that-is-not-there",), missing="no Chromium")
SKIPS = Step(
    "unit", "skips", (sys.executable, "-c", "print('SKIPPED [1] tests/x.py:3: no server\\n1 skipped in 0.10s')")
)


def results(*wanted: Step, strict: bool = False) -> list[Result]:
    """Run steps quietly."""
    return run(wanted, "", strict=strict, began=lambda step: None, ended=lambda result: None)


def test_results_come_in_the_order_asked_for_with_their_closing_lines() -> None:
    passed, failed, absent = results(PASS, FAIL, ABSENT)
    assert [passed.state, failed.state, absent.state] == [State.PASSED, State.FAILED, State.LEFT_OUT]
    assert passed.closing == "3 passed, 1 skipped in 0.10s"
    assert failed.closing == "1 failed, 2 passed in 1.00s"
    assert (passed.count("passed"), failed.count("failed"), passed.count("skipped")) == (3, 1, 1)
    assert absent.output == "no Chromium"


def test_in_ci_a_group_left_out_or_a_skipped_test_is_a_failure() -> None:
    assert [result.state for result in results(ABSENT, SKIPS)] == [State.LEFT_OUT, State.PASSED]
    absent, skips = results(ABSENT, SKIPS, strict=True)
    assert [absent.state, skips.state] == [State.FAILED, State.FAILED]
    assert skips.output.endswith("Skipped, which CI refuses:\ntests/x.py:3: no server")
    assert skips.skips == ["tests/x.py:3: no server"]


def test_a_step_does_not_see_the_callers_deployment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://production")
    monkeypatch.setenv("KIT_STATE", "/srv")
    step = Step("apps", "hayu on PostgreSQL", (), {"KIT_TEST_DATABASE": "postgresql"}, needs_postgresql=True)
    made = environment(step, "postgresql://kit@/{app}?host=/tmp/x", Path("/tmp/t"))
    assert made["TMPDIR"] == "/tmp/t"
    assert {"DATABASE_URL", "KIT_STATE"}.isdisjoint(made)
    assert made["KIT_TEST_DATABASE_URL"] == "postgresql://kit@/hayu?host=/tmp/x"
    assert made["KIT_TEST_DATABASE"] == "postgresql"


def asked(command: tuple[str, ...]) -> list[str]:
    """The tests a step would run."""
    plain = command[command.index(sys.executable) :]
    done = subprocess.run([*plain, "--collect-only"], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_every_group_has_steps_and_without_chromium_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [name for name in NAMES if steps((name,))] == list(NAMES)
    assert {step.group for step in steps(NAMES)} == set(NAMES)
    monkeypatch.setattr(groups, "chromium", lambda: None)
    assert {step.missing for step in steps(("browser",))} == {"no Chromium; as root: apt install chromium"}


def test_each_browser_test_is_in_one_run_of_its_group() -> None:
    everything, *runs = (
        {line for line in asked(command) if "::" in line}
        for command in (groups.pytest("tests/browser"), *(step.command for step in steps(("browser",))))
    )
    first, second = runs
    assert first | second == everything
    assert not first & second
    assert first
    assert second


@pytest.mark.skipif(bool(needs.missing()), reason="only where lab hosts can run beside it")
def test_what_runs_apart_has_a_loopback_of_its_own() -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        program = f"""if True:
            import socket
            with socket.create_server(("127.0.0.1", 0)) as own:
                socket.create_connection(own.getsockname()).close()
            print(socket.socket().connect_ex(("127.0.0.1", {outside.getsockname()[1]})))
        """
        result = perform(Step("unit", "apart", groups.apart((sys.executable, "-c", program))))
    assert (result.state, result.output) == (State.PASSED, f"{errno.ECONNREFUSED}\n")


def test_twins_are_left_out_only_at_a_desk() -> None:
    twins = ["from nothing", *(f"{app} on PostgreSQL" for app in (*APPS, "recorded versions"))]
    needs_a_server = twins[1:]

    def left(named: tuple[str, ...], no_postgresql: str = "", *, strict: bool = False) -> list[str]:
        wanted = chosen(named, no_postgresql, strict=strict)
        assert [step.name for step in wanted] == [step.name for step in steps(named or NAMES)]
        return [step.name for step in wanted if step.missing and step.group in ("up", "apps")]

    assert left(()) == twins
    assert not [step for step in chosen((), "", strict=False) if step.missing and "SQLite" in step.name]
    assert left(("up", "apps")) == left((), strict=True) == []
    assert left((), "no server") == twins
    assert left((), "no server", strict=True) == needs_a_server


def test_a_step_that_hangs_is_interrupted_and_has_failed() -> None:
    program = "import time\ntry: time.sleep(600)\nexcept KeyboardInterrupt: print('cleared up')"
    result = perform(Step("unit", "hangs", (sys.executable, "-c", program)), longest=1.0)
    assert result.state is State.FAILED
    assert result.output == "cleared up\n\nIt took longer than 0 minutes and was ended."


def test_an_interruption_reaches_the_steps_under_way_and_no_other_begins(tmp_path: Path) -> None:
    step = f"""if True:
        import sys, time
        from pathlib import Path
        began = Path({str(tmp_path)!r}, sys.argv[1])
        began.touch()
        try: time.sleep(600)
        except KeyboardInterrupt: began.rename(began.with_suffix(".cleared"))
    """
    program = f"""if True:
        import sys
        from kit.suite.groups import Step
        from kit.suite.runner import run
        steps = [Step("unit", str(n), (sys.executable, "-c", {step!r}, str(n))) for n in range(5)]
        run(steps, "", strict=False, began=lambda step: None, ended=lambda result: None)
    """
    # As a shell starts what runs in the background: an interruption is ignored until the run asks for it.
    command = ["sh", "-c", 'trap "" INT; exec "$0" -c "$1"', sys.executable, program]
    started = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while len(list(tmp_path.iterdir())) < 3 and time.monotonic() < end:
        time.sleep(0.05)
    time.sleep(0.5)
    started.send_signal(signal.SIGINT)
    started.wait(30)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.cleared", "1.cleared", "2.cleared"]


def test_a_step_does_not_wait_for_what_it_left_behind() -> None:
    program = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid)"
    result = perform(Step("unit", "leaves", (sys.executable, "-c", program)))
    assert result.state is State.PASSED
    assert result.seconds < 30
    os.kill(int(result.output), signal.SIGTERM)


def test_what_a_step_said_is_kept(tmp_path: Path) -> None:
    result = perform(PASS)
    path = keep(result, tmp_path / "logs")
    assert path.name == "unit-pass.log"
    assert path.read_text(encoding="utf-8") == "3 passed, 1 skipped in 0.10s\n"


def test_without_a_server_the_reason_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "_BINARIES", Path("/nowhere"))
    assert postgres.binaries() is None
    assert postgres.why_missing() == "no PostgreSQL server; as root: apt install postgresql"


@pytest.mark.skipif(bool(postgres.why_missing()), reason=postgres.why_missing() or "there is a server")
def test_a_private_server_comes_and_goes_without_a_trace() -> None:
    psycopg = pytest.importorskip("psycopg")
    with postgres.server() as address:
        with psycopg.connect(address.replace("{app}", "postgres")) as connection:
            assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
            assert connection.execute("SELECT current_user").fetchone() == ("kit",)
        folder = Path(address.partition("host=")[2])
        assert folder.stat().st_mode & 0o077 == 0
        if os.geteuid() == 0:
            assert folder.stat().st_uid != 0
    assert not folder.exists()
    assert str(folder) not in subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout


def test_no_settings_file_silences_the_closing_line() -> None:
    for settings in groups.ROOT.glob("tests/**/pytest.ini"):
        assert " -q" not in settings.read_text(encoding="utf-8"), settings
