"""Ports on this machine's loopback address: which are free, who holds one, which a region had before."""

import contextlib
import socket
from collections.abc import Iterable
from pathlib import Path

from kit.deploy.processes import Process, describe
from kit.deploy.state import State, read_json, write_json
from kit.errors import KitError

HOST = "127.0.0.1"
FIRST = 8100
"""Where the search begins for a region that has no ports yet; each region gets the next ten."""
_STRIDE = 10
_LAST = 65535
_LISTEN = "0A"


def is_free(port: int) -> bool:
    """Can a server listen on *port* of the loopback address now?"""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def listen(port: int) -> socket.socket:
    """A listening socket on *port*, to hand to a server: nobody can take the port in between."""
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((HOST, port))
        server.listen(128)
    except OSError as error:
        server.close()
        raise KitError(f"Port {port} {taken_by(port)}. Give another with --port.") from error
    return server


def holder(port: int) -> Process | None:
    """The process that listens on *port*, if this user may know it."""
    sockets = {f"socket:[{inode}]" for inode in _listening(port)}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and sockets & _open_files(entry):
            return describe(int(entry.name))
    return None


def _listening(port: int) -> set[str]:
    """The inodes of the sockets that listen on *port*."""
    found = set()
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        for line in table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else ():
            fields = line.split()
            if fields[3] == _LISTEN and int(fields[1].rpartition(":")[2], 16) == port:
                found.add(fields[9])
    return found


def _open_files(process: Path) -> set[str]:
    """What a process has open, as far as this user may know."""
    found = set()
    with contextlib.suppress(OSError):
        for link in (process / "fd").iterdir():
            with contextlib.suppress(OSError):  # closed in the meantime
                found.add(str(link.readlink()))
    return found


def taken_by(port: int) -> str:
    """Half a sentence: who holds *port*."""
    process = holder(port)
    return f"is taken by {process.name}" if process else "is taken by another program"


def remembered(state: State) -> dict[str, int]:
    """The ports a region's apps had last."""
    return {app: port for app, port in read_json(state.ports).items() if isinstance(port, int)}


def reserved(state: State) -> set[int]:
    """The ports that belong to the other regions below the same directory, up or not."""
    others = [State(state.base, path.parent.name) for path in state.base.glob("*/ports.json")]
    return {port for other in others if other.name != state.name for port in remembered(other).values()}


def _search(apps: Iterable[str], first: int, closed: set[int]) -> dict[str, int]:
    """The next free port for each app, from *first* upwards."""
    chosen: dict[str, int] = {}
    port = first
    for app in apps:
        while port <= _LAST and (port in closed or not is_free(port)):
            port += 1
        if port > _LAST:
            raise KitError(f"No port is free from {first} upwards. Give another start with --port.")
        chosen[app] = port
        port += 1
    return chosen


def choose(state: State, apps: tuple[str, ...], first: int | None = None) -> tuple[dict[str, int], list[str]]:
    """Choose a port for each app and remember it; return the ports and a sentence for each that had to change.

    With *first* the apps get exactly first, first+1, …, and a taken one is refused with KitError.
    """
    notes: list[str] = []
    if first is not None:
        chosen = {app: first + number for number, app in enumerate(apps)}
        for app, port in chosen.items():
            if port > _LAST or not is_free(port):
                raise KitError(f"Port {port} for {app} {taken_by(port)}. Give another with --port, or leave it out.")
    else:
        before = remembered(state)
        chosen = {app: port for app, port in before.items() if app in apps and is_free(port)}
        notes = [
            f"Port {port} of {app} {taken_by(port)}; another is used."
            for app, port in before.items()
            if app in apps and app not in chosen
        ]
        closed = reserved(state) | set(chosen.values())
        start = min(before.values(), default=_start(closed))
        chosen |= _search((app for app in apps if app not in chosen), start, closed)
    chosen = {app: chosen[app] for app in apps}
    write_json(state.ports, remembered(state) | chosen)
    return chosen, notes


def _start(closed: set[int]) -> int:
    """The first block of ten ports that no other region has."""
    start = FIRST
    while any(port in closed for port in range(start, start + _STRIDE)):
        start += _STRIDE
    return start
