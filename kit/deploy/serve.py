"""Runs the apps of one region: starts them, sees that they are healthy, follows their logs, stops them."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kit.deploy import logs
from kit.deploy.clock import Clock
from kit.deploy.embedded import Service
from kit.deploy.ports import HOST, listen
from kit.errors import KitError

_HEALTHY = 200
_POLL = 0.1
_START_PATIENCE = 60.0
_STOP_PATIENCE = 15.0
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """A signal asked for the end."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__(number.name)
        self.number = number


@contextmanager
def stopping_signals() -> Iterator[None]:
    """Turn Ctrl-C, SIGTERM and a closed terminal into Stopped, once; later ones do not disturb the clean-up."""

    def stop(number: int, _frame: FrameType | None) -> None:
        for each in _STOPS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(signal.Signals(number))

    before = {number: signal.signal(number, stop) for number in _STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def server_command(service: Service, descriptor: int) -> list[str]:
    """Gunicorn for one app, on a socket that is open already."""
    options = ["--bind", f"fd://{descriptor}", "--workers", "1", "--worker-class", "gthread", "--threads", "4"]
    options += ["--graceful-timeout", "8", "--access-logfile", "-", "--no-control-socket"]
    options += ["--access-logformat", '"%(r)s" %(s)s %(b)s %(M)sms']
    return [str(service.python), "-m", "gunicorn", "config.wsgi:application", *options]


class Server:
    """One app's running server."""

    def __init__(self, service: Service, opened: socket.socket) -> None:
        """Start gunicorn on the listening socket *opened*, which becomes its own."""
        self.service = service
        self.said = ""
        logs.trim(service.log)
        self._log_start = service.log.stat().st_size if service.log.exists() else 0
        with opened, service.log.open("ab") as out:
            self.process = subprocess.Popen(
                server_command(service, opened.fileno()),
                cwd=service.directory,
                env=dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                pass_fds=[opened.fileno()],
                start_new_session=True,
            )

    def require_running(self) -> None:
        """Raise KitError with the end of the log if the server has ended."""
        code = self.process.poll()
        if code is None:
            return
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        said = logs.tail(self.service.log, self._log_start)
        raise KitError(f"{self.service.app} {how}. Its log ends:\n{said}\nAll of it: {self.service.log}")

    def is_healthy(self) -> bool:
        """Does /healthz answer 200? False while the app is still coming up."""
        connection = http.client.HTTPConnection(HOST, self.service.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            self.said = answer.read(2000).decode("utf-8", errors="replace")
        except (TimeoutError, OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        return answer.status == _HEALTHY


class Supervisor:
    """All servers of a region and its clock."""

    def __init__(
        self, services: Sequence[Service], clock_log: Path, held: Mapping[str, socket.socket] | None = None
    ) -> None:
        """*held*: listening sockets by app, where the caller has taken the ports already."""
        logs.trim(clock_log)
        self._held = held or {}
        self._services = services
        self._servers: list[Server] = []
        self._clock = Clock(services, clock_log)

    def start(self) -> None:
        """Start every app and wait until all are healthy. Raises KitError if one ends or stays ill for a minute."""
        self._servers = []
        for service in self._services:
            self._servers.append(Server(service, self._held.get(service.app) or listen(service.port)))
        deadline = time.monotonic() + _START_PATIENCE
        waiting = list(self._servers)
        while waiting:
            for server in self._servers:
                server.require_running()
            waiting = [server for server in waiting if not server.is_healthy()]
            if waiting and time.monotonic() > deadline:
                ill = waiting[0]
                raise KitError(
                    f"{ill.service.app} is not healthy: {ill.said or 'no answer'}. Its log: {ill.service.log}"
                )
            time.sleep(_POLL if waiting else 0)

    def run(self, each_round: Callable[[], None]) -> None:
        """Keep the apps running until Stopped; call *each_round* ten times a second. Raises KitError if an app ends."""
        while True:
            for server in self._servers:
                server.require_running()
            self._clock.tick()
            each_round()
            time.sleep(_POLL)

    def stop(self) -> None:
        """Stop the clock and every app: requests under way are finished, after 15 seconds it is by force."""
        self._clock.stop()
        for server in self._servers:
            server.process.terminate()
        deadline = time.monotonic() + _STOP_PATIENCE
        for server in self._servers:
            try:
                server.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(server.process.pid, signal.SIGKILL)
                server.process.wait()
