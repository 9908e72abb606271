"""Apps are started, seen to be healthy, stopped; one that ends takes the others with it and tells why."""

import contextlib
import os
import signal
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from kit.deploy.background import detach, take_down
from kit.deploy.clock import Clock
from kit.deploy.embedded import Service
from kit.deploy.lock import RegionLock, is_held
from kit.deploy.ports import is_free, listen
from kit.deploy.processes import MARK, marked
from kit.deploy.serve import Stopped, Supervisor, stopping_signals
from kit.deploy.session import Session
from kit.deploy.state import State, read_json
from kit.errors import KitError

WSGI = """
import os
def application(environ, start_response):
    if environ["PATH_INFO"] == "/end":
        print("Traceback: the disk is full", flush=True)
        os.kill(os.getppid(), 9)
    start_response(os.environ.get("ANSWER", "200 OK"), [])
    return [b"database: locked"]
"""


def service(state: State, app: str, wsgi: str = WSGI, **environment: str) -> Service:
    """A tiny app on a free port."""
    folder = state.app(app) / "code"
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "__init__.py").touch()
    (folder / "config" / "wsgi.py").write_text(wsgi, encoding="utf-8")
    (folder / "manage.py").write_text("import sys; print('tick', *sys.argv[1:])", encoding="utf-8")
    with listen(0) as free:
        port = free.getsockname()[1]
    environment |= {MARK: str(state.root), "PATH": os.environ["PATH"], "HOME": str(folder)}
    return Service(app, port, folder, Path(sys.executable), environment, state.log(app))


def get(service: Service, path: str = "/") -> int:
    """The status of a page."""
    with urllib.request.urlopen(f"http://127.0.0.1:{service.port}{path}", timeout=5) as answer:
        return int(answer.status)


def test_apps_start_answer_and_stop_without_a_trace(state: State) -> None:
    services = [service(state, "hayu"), service(state, "erk")]
    supervisor = Supervisor(services, state.log("clock"))
    supervisor.start()
    assert [get(each) for each in services] == [200, 200]
    supervisor.stop()
    assert marked(str(state.root)) == []
    with listen(services[0].port):
        pass


def test_an_app_that_cannot_start_is_told_with_its_log(state: State) -> None:
    state.log("hayu").write_text("old fault\n", encoding="utf-8")
    supervisor = Supervisor([service(state, "hayu", "raise RuntimeError('no setting NAME')")], state.log("clock"))
    with pytest.raises(KitError) as raised:
        supervisor.start()
    supervisor.stop()
    assert "hayu ended with exit code 3. Its log ends:" in str(raised.value)
    assert "no setting NAME" in str(raised.value)
    assert "old fault" not in str(raised.value)
    assert str(state.log("hayu")) in str(raised.value)


def test_an_ill_app_is_told_with_what_it_says(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.deploy.serve._START_PATIENCE", 1.5)
    supervisor = Supervisor([service(state, "hayu", ANSWER="503 Ill")], state.log("clock"))
    with pytest.raises(KitError, match="hayu is not healthy: database: locked"):
        supervisor.start()
    supervisor.stop()
    assert marked(str(state.root)) == []


def test_an_app_that_ends_ends_the_session(state: State) -> None:
    services = (service(state, "hayu"), service(state, "erk"))
    session = Session(state, "Kota Bandung", ("hayu", "erk"))

    def kill() -> None:
        with contextlib.suppress(OSError):
            get(services[0], "/end")

    attack = threading.Thread(target=kill)
    with pytest.raises(KitError) as raised:
        session.serve(services, ready=attack.start)
    attack.join()
    session.close()
    assert "hayu was ended by SIGKILL. Its log ends:" in str(raised.value)
    assert "the disk is full" in str(raised.value)
    assert marked(str(state.root)) == []


def test_nobody_takes_a_port_while_the_machine_is_prepared(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    free: list[bool] = []

    def prepare(_state: State, _repository: Path, chosen: dict[str, int], _on_event: object) -> tuple[Service, ...]:
        free.extend(is_free(port) for port in chosen.values())
        return ()

    monkeypatch.setattr("kit.deploy.session.prepare", prepare)
    session = Session(state, "Kota Bandung", ("hayu", "erk"))
    session.prepare(Path("/build"), None, lambda event: None)
    assert free == [False, False]
    session.close()
    with listen(read_json(state.ports)["hayu"]):
        pass


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_stop_everything(state: State, number: signal.Signals) -> None:
    session = Session(state, "Kota Bandung", ("hayu",))
    with stopping_signals():
        session.serve((service(state, "hayu"),), ready=lambda: os.kill(os.getpid(), number))
    session.close()
    assert marked(str(state.root)) == []
    assert not is_held(state.lock)


def test_a_signal_outside_serving_is_told_to_the_caller() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(Stopped) as raised, stopping_signals():
        signal.raise_signal(signal.SIGTERM)
    assert raised.value.number is signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
def test_detached_apps_go_on_and_down_stops_them(state: State) -> None:
    each = service(state, "hayu")
    Session(state, "Kota Bandung", ("hayu",)).serve_apart((each,))
    assert get(each) == 200
    assert is_held(state.lock)
    with pytest.raises(KitError, match="already up"):
        RegionLock.take(state.lock, "Kota Bandung")
    assert len(take_down(state)) >= 1
    assert marked(str(state.root)) == []
    assert not is_held(state.lock)
    assert take_down(state) == []
    with listen(each.port):
        pass


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork.*:DeprecationWarning")
def test_a_detached_app_that_fails_says_so_before_the_command_ends(state: State) -> None:
    session = Session(state, "Kota Bandung", ("hayu",))
    with pytest.raises(KitError, match="no setting NAME"):
        session.serve_apart((service(state, "hayu", "raise RuntimeError('no setting NAME')"),))


def test_what_a_killed_supervisor_left_is_stopped(state: State) -> None:
    each = service(state, "hayu")
    supervisor = Supervisor([each], state.log("clock"))
    supervisor.start()
    session = Session(state, "Kota Bandung", ("hayu",))
    assert {process.pid for process in session.clear()} >= {supervisor._servers[0].process.pid}
    session.close()
    supervisor.stop()
    with listen(each.port):
        pass


def test_the_clock_runs_every_command_of_every_app_one_at_a_time(state: State) -> None:
    services = [service(state, "hayu"), service(state, "erk")]
    (services[1].directory / "manage.py").write_text("raise SystemExit('no mail server')", encoding="utf-8")
    clock = Clock(services, state.log("clock"), every=0.1)
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and "periodic" not in _read(state, "erk"):
        clock.tick()
        time.sleep(0.02)
    clock.stop()
    assert _read(state, "clock").splitlines()[:4] == ["tick send_outbox", "tick periodic", *2 * ["no mail server"]]
    assert _read(state, "hayu") == ""
    assert _read(state, "erk").splitlines()[0] == (
        f"manage.py send_outbox failed with exit code 1; see {state.log('clock')}"
    )


def _read(state: State, name: str) -> str:
    return state.log(name).read_text(encoding="utf-8") if state.log(name).exists() else ""


def test_detach_needs_no_word_to_fail(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="ended without a word"):
        detach(tmp_path / "log", lambda ready: None)
