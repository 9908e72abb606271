"""The apps' background work in embedded mode: what systemd timers do on a server.

Each minute every app is asked, one after the other and with low priority, to send its waiting mail and to run the
periodic commands that are due. A short process per app costs a second of one core a minute and no memory in between;
three more standing processes would cost 100 MB each.
"""

import os
import subprocess
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from kit.deploy.embedded import Service

EVERY = 60.0
COMMANDS = ("send_outbox", "periodic")
_NICE = 10


class Clock:
    """Starts the commands when their time has come. `tick()` never waits. What they say goes to *log*."""

    def __init__(self, services: Sequence[Service], log: Path, every: float = EVERY) -> None:
        self._services = services
        self._log = log
        self._every = every
        self._next = time.monotonic() + every
        self._waiting: deque[tuple[Service, str]] = deque()
        self._running: subprocess.Popen[bytes] | None = None
        self._current: tuple[Service, str] | None = None

    def tick(self) -> None:
        """Start the next command if none runs and one is due."""
        if self._running and self._running.poll() is None:
            return
        self._settle()
        if not self._waiting and time.monotonic() >= self._next:
            self._waiting.extend((service, command) for service in self._services for command in COMMANDS)
            self._next = time.monotonic() + self._every
        if self._waiting:
            self._current = self._waiting.popleft()
            self._running = self._start(*self._current)

    def stop(self) -> None:
        """End the command that runs; what it had not finished stays due."""
        self._waiting.clear()
        if self._running and self._running.poll() is None:
            self._running.terminate()
            try:
                self._running.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._running.kill()
                self._running.wait()

    def _settle(self) -> None:
        """Note in the app's own log, which people follow, that a command has failed. The app goes on."""
        if self._running and self._current and self._running.returncode:
            service, command = self._current
            with service.log.open("a", encoding="utf-8") as out:
                out.write(f"manage.py {command} failed with exit code {self._running.returncode}; see {self._log}\n")
        self._running = None

    def _start(self, service: Service, command: str) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as out:
            process = subprocess.Popen(
                [str(service.python), "manage.py", command],
                cwd=service.directory,
                env=dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        return process
