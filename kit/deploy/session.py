"""One `kit up` from its lock to its end: prepare, start, tell, serve, stop."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from socket import socket

from kit.deploy import background, ports
from kit.deploy.ansible import Event
from kit.deploy.embedded import Service, finish, prepare
from kit.deploy.lock import RegionLock
from kit.deploy.processes import Process, marked, stop
from kit.deploy.serve import Stopped, Supervisor, stopping_signals
from kit.deploy.state import State


class Session:
    """Holds a region's lock from the first change to the last process."""

    def __init__(self, state: State, name: str, apps: tuple[str, ...]) -> None:
        state.prepare(apps)
        self.state = state
        self._apps = apps
        self._lock = RegionLock.take(state.lock, name)
        self._is_elsewhere = False
        self._held: dict[str, socket] = {}

    def clear(self) -> list[Process]:
        """Stop what an earlier run left behind when it was killed; return it."""
        return stop(marked(str(self.state.root)))

    def prepare(
        self, repository: Path, first_port: int | None, on_event: Callable[[Event], None]
    ) -> tuple[tuple[Service, ...], list[str]]:
        """Take ports and bring the machine to where the apps can be started. Return them and notes for the reader.

        The ports are listened on from now on, so that nobody takes them while Ansible works.
        """
        chosen, notes = ports.choose(self.state, self._apps, first_port)
        self._held = {app: ports.listen(port) for app, port in chosen.items()}
        return prepare(self.state, repository, chosen, on_event), notes

    def serve(
        self, services: Sequence[Service], *, ready: Callable[[], None], each_round: Callable[[], None] = lambda: None
    ) -> None:
        """Run the apps until a signal; *ready* is called when all are healthy. Raises KitError if one ends itself."""
        supervisor = Supervisor(services, self.state.log("clock"), self._held)
        try:
            supervisor.start()
            self._lock.sign(urls={service.app: service.url for service in services})
            finish(self.state, services)
            ready()
            supervisor.run(each_round)
        except Stopped:
            pass
        finally:
            supervisor.stop()

    def serve_apart(self, services: Sequence[Service]) -> None:
        """Run the apps in a process of its own; return when all are healthy, raise KitError if that fails."""

        def work(ready: Callable[[], None]) -> None:
            with stopping_signals():
                try:
                    self._lock.sign()
                    self.serve(services, ready=ready)
                finally:
                    self.close()

        background.detach(self.state.log("kit"), work)
        os.close(self._lock.descriptor)  # the other process holds the lock from now on
        self._is_elsewhere = True

    def close(self) -> None:
        """Stop whatever is left and let go of the lock; nothing, if another process has taken over."""
        for opened in self._held.values():
            opened.close()
        if self._is_elsewhere:
            return
        stop(marked(str(self.state.root)))
        self._lock.release()
