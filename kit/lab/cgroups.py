"""Control groups: they hold a host's processes together, limit its memory, and end exactly what belongs to it."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kit.errors import OutsideError

_MIB = 1024 * 1024
_PATIENCE = 15.0


@dataclass(frozen=True, slots=True)
class _Tree:
    """One mounted hierarchy: ``unified`` is version 2; ``memory`` says whether it can limit memory."""

    path: Path
    unified: bool
    memory: bool


def _trees() -> list[_Tree]:
    """The hierarchies a host must have its own group in: version 2, and of version 1 memory and systemd's own."""
    found = []
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
        _, where, kind, options = line.split(" ")[:4]
        path = Path(where)
        if kind == "cgroup2":
            controllers = (path / "cgroup.controllers").read_text(encoding="utf-8").split()
            found.append(_Tree(path, unified=True, memory="memory" in controllers))
        elif kind == "cgroup" and {"memory", "name=systemd"} & set(options.split(",")):
            found.append(_Tree(path, unified=False, memory="memory" in options.split(",")))
    if not found:
        raise OutsideError("this machine has no control groups mounted at /sys/fs/cgroup; a lab host needs them.")
    return found


def create(name: str, parts: tuple[str, ...], memory: int | None = None) -> None:
    """Make group *name*, limited to *memory* MiB if given, with the groups *parts* in it; processes go into a part."""
    limited = False
    for tree in _trees():
        group = tree.path / name
        group.mkdir(exist_ok=True)
        if memory and tree.memory:
            _limit(tree, group, memory * _MIB)
            limited = True
        for part in parts:
            (group / part).mkdir(exist_ok=True)
        if tree.unified:
            _delegate(group)
    if memory and not limited:
        raise OutsideError("this machine's control groups cannot limit memory; leave out --memory.")


def entries(name: str, part: str) -> list[Path]:
    """The files that take a process into *part* of group *name*."""
    return [group / part / "cgroup.procs" for group in _groups(name)]


def into(name: str, part: str, command: Sequence[str]) -> list[str]:
    """*command* such that it and its children run in *part* of group *name*."""
    script = 'while [ "$1" != -- ]; do echo $$ >"$1" || exit 1; shift; done; shift; exec "$@"'
    return ["sh", "-c", script, "lab", *map(str, entries(name, part)), "--", *command]


def _delegate(group: Path) -> None:
    """Let the parts use every controller the group has, so that the host's systemd can account and limit."""
    for controller in (group / "cgroup.controllers").read_text(encoding="utf-8").split():
        with contextlib.suppress(OSError):
            (group / "cgroup.subtree_control").write_text(f"+{controller}", encoding="ascii")


def _limit(tree: _Tree, group: Path, amount: int) -> None:
    if not tree.unified:
        (group / "memory.limit_in_bytes").write_text(str(amount), encoding="ascii")
        return
    switch = tree.path / "cgroup.subtree_control"
    if "memory" not in switch.read_text(encoding="utf-8").split():
        switch.write_text("+memory", encoding="ascii")
    (group / "memory.max").write_text(str(amount), encoding="ascii")


def processes(name: str) -> set[int]:
    """The processes in group *name* and below it."""
    found: set[int] = set()
    for group in _groups(name):
        for folder, _, _ in os.walk(group):
            with contextlib.suppress(OSError):
                entry = Path(folder, "cgroup.procs")
                found.update(int(pid) for pid in entry.read_text(encoding="ascii").split())
    return found


def names(prefix: str) -> list[str]:
    """The groups whose name begins with *prefix*."""
    return sorted({group.name for tree in _trees() for group in tree.path.glob(f"{prefix}*")})


def kill(name: str) -> set[int]:
    """End every process of group *name*, at once and only those; return them. Raises OutsideError if one stays."""
    ended: set[int] = set()
    deadline = time.monotonic() + _PATIENCE
    while alive := processes(name):
        ended |= alive
        for group in _groups(name):
            with contextlib.suppress(OSError):
                (group / "cgroup.kill").write_text("1", encoding="ascii")
        for pid in alive & processes(name):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if time.monotonic() > deadline:
            raise OutsideError(
                f"processes of the lab do not end, though killed: {sorted(alive)}. Try again in a minute."
            )
        time.sleep(0.02)
    return ended


def remove(name: str) -> None:
    """Remove the empty group *name* with the groups below it."""
    for group in _groups(name):
        below = sorted((path for path in group.rglob("*") if path.is_dir()), key=lambda path: -len(path.parts))
        for path in (*below, group):
            _rmdir(path)


def _rmdir(path: Path) -> None:
    """The kernel counts a dead process in for a moment."""
    for _ in range(100):
        try:
            path.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return


def _groups(name: str) -> Iterator[Path]:
    return (tree.path / name for tree in _trees() if (tree.path / name).is_dir())
