"""The apps' background work in embedded mode: what systemd timers do on a server.

Each minute every app is asked, one after the other and with low priority, to work off its queue and to run the periodic
commands that are due. A short process per app costs a second of one core a minute and no memory in between; three more
standing processes would cost 100 MB each.
"""

import os
import subprocess
import time
from collections import deque
from collections.abc import Sequence

from kit.deploy.embedded import Service

EVERY = 60.0
COMMANDS = (("db_worker", "--batch"), ("periodic",))
_NICE = 10


class Clock:
    """Starts the commands when their time has come. `tick()` never waits."""

    def __init__(self, services: Sequence[Service], every: float = EVERY) -> None:
        self._services = services
        self._every = every
        self._next = time.monotonic() + every
        self._waiting: deque[tuple[Service, tuple[str, ...]]] = deque()
        self._running: subprocess.Popen[bytes] | None = None

    def tick(self) -> None:
        """Start the next command if none runs and one is due."""
        if self._running and self._running.poll() is None:
            return
        self._running = None
        if not self._waiting and time.monotonic() >= self._next:
            self._waiting.extend((service, command) for service in self._services for command in COMMANDS)
            self._next = time.monotonic() + self._every
        if self._waiting:
            self._running = self._start(*self._waiting.popleft())

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

    @staticmethod
    def _start(service: Service, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        with service.log.open("ab") as out:
            process = subprocess.Popen(
                [str(service.python), "manage.py", *command],
                cwd=service.directory,
                env=dict(service.environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        return process
