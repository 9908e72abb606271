"""A lab: some hosts, their network, their key. All is found again from its directory, however the last run ended."""

import fcntl
import json
import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kit.errors import KitError, OutsideError, UsageError
from kit.lab import addresses, cgroups, mounts, needs, network, settings
from kit.lab.commands import run
from kit.lab.hosts import Host, Listed, Record, host_of
from kit.lab.image import image_of
from kit.lab.machine import Machine
from kit.lab.names import Names, host_name
from kit.lab.sources import RELEASES

DEFAULT_RELEASE = "bookworm"
BOOT_SECONDS = 60.0
_LEAST_MEMORY = 128
_LEAST_DISK = 256

Tell = Callable[[str], None]


def _silent(_text: str) -> None: ...


class Lab:
    """The hosts whose state is in *directory*. As a context manager it removes them all at the end.

    Every method can be called again after a kill at any point: it then finishes or clears what was left.
    """

    def __init__(self, directory: Path, tell: Tell = _silent) -> None:
        """*tell* hears what takes long. Raises OutsideError if this machine cannot carry hosts."""
        needs.require()
        self.directory = directory.absolute()
        self.names = Names.of(self.directory)
        self._tell = tell

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down_all()

    def up(self, name: str, release: str = DEFAULT_RELEASE, memory: int | None = None, disk: int | None = None) -> Host:
        """Boot a host and return when SSH lets its user in. A host of this name that runs already is returned as it is.

        *memory* and *disk* in MiB; without them the host may use what this machine has.
        Raises UsageError for a name, release or size that cannot be, OutsideError if the host does not come up.
        """
        return self.wait(self.start(name, release, memory, disk))

    def start(
        self, name: str, release: str = DEFAULT_RELEASE, memory: int | None = None, disk: int | None = None
    ) -> Host:
        """As `up`, but return while the host is booting; `wait` for it."""
        _check(host_name(name), release, memory, disk)
        inherited = settings.of_this_machine(release)
        with self._locked():
            found = self._found(name)
            if found and found.running():
                wanted = Record(name, found.record.number, release, found.record.address, memory, disk)
                if wanted != found.record:
                    raise KitError(
                        f"{name} runs already, with another release, memory or disk. First: kit lab down {name}"
                    )
                self._write_known_hosts()
                return host_of(found.record, self.directory)
            self._erase(name)
            cgroups.kill(self.names.group("build"))
            image = image_of(release, inherited, self.names.group("build"), self._tell)
            subnet = network.connect(self.names, self._subnet())
            (self.directory / "lab.json").write_text(json.dumps({"subnet": str(subnet)}), encoding="utf-8")
            number = self._free_number()
            record = Record(name, number, release, network.address(subnet, number), memory, disk)
            machine = Machine(self.names, self._folder(name), record)
            machine.folder.mkdir(mode=0o755, parents=True)
            record.write(machine.folder / "host.json")
            addresses.note(record.address, name, self.directory)
            machine.make(image, subnet, self._public_key())
            machine.start(inherited.binds)
            self._write_known_hosts()
        return host_of(record, self.directory)

    def wait(self, host: Host, seconds: float = BOOT_SECONDS) -> Host:
        """Return when SSH lets the host's user in. Raises OutsideError with the end of the host's console otherwise."""
        machine = self.machine(host.name)
        deadline = time.monotonic() + seconds
        if machine.record.memory:
            _show_memory(machine, machine.record.memory, deadline)
        said = ""
        while time.monotonic() < deadline:
            if _listens(host):
                answer = host.ssh("true")
                if answer.returncode == 0:
                    return host
                said = answer.stderr.strip()
            if not machine.running():
                break
            time.sleep(0.05)
        words = "\n".join(f"    {line}" for line in _tail(machine.console, 8))
        reason = said or "no answer"
        raise OutsideError(f"lab host {host.name} did not answer SSH ({reason}). Its console said last:\n{words}")

    def restart(self, name: str) -> Host:
        """Pull the host's plug, boot it from the same disk, wait for it.

        Unwritten data may be lost, as in a power cut.
        """
        machine = self.machine(name)
        machine.kill()
        machine.start(settings.of_this_machine(machine.record.release).binds)
        return self.wait(host_of(machine.record, self.directory))

    def down(self, name: str) -> None:
        """Remove a host, running or half made; with the last host the lab's network goes too.

        Raises UsageError if there is no such host.
        """
        with self._locked():
            if not self._folder(name).exists():
                there = ", ".join(folder.name for folder in self._folders()) or "none"
                raise UsageError(f"no lab host is called {name!r}. There are: {there}")
            self._erase(name)
            self._write_known_hosts()
            if not self._folders():
                self._clear()

    def down_all(self) -> tuple[str, ...]:
        """Remove every host and the lab's network, and whatever a killed run left; return the hosts' names."""
        if not self.directory.exists():
            self._clear()
            return ()
        with self._locked():
            removed = tuple(folder.name for folder in self._folders())
            for name in removed:
                self._erase(name)
            self._write_known_hosts()
            self._clear()
        return removed

    def list(self) -> tuple[Listed, ...]:
        """The hosts, running or left over from before a restart of this machine."""
        found = []
        for folder in self._folders():
            machine = self._found(folder.name)
            if machine:
                record = machine.record
                host = host_of(record, self.directory)
                found.append(Listed(host, record.release, machine.running(), record.memory, record.disk))
        return tuple(found)

    def host(self, name: str) -> Host:
        """How the host *name* is reached. Raises UsageError if there is none."""
        return host_of(self.machine(name).record, self.directory)

    def machine(self, name: str) -> Machine:
        """The inside of host *name*, to break things in tests. Raises UsageError if there is none."""
        found = self._found(name)
        if not found:
            raise UsageError(f"no lab host is called {name!r}; `kit lab list` shows those there are.")
        return found

    def _folder(self, name: str) -> Path:
        return self.directory / "hosts" / name

    def _folders(self) -> tuple[Path, ...]:
        return tuple(sorted(path for path in (self.directory / "hosts").glob("*") if path.is_dir()))

    def _found(self, name: str) -> Machine | None:
        record = Record.read(self._folder(name) / "host.json")
        return Machine(self.names, self._folder(name), record) if record else None

    def _erase(self, name: str) -> None:
        machine = self._found(name)
        if machine:
            machine.erase()
        folder = self._folder(name)
        mounts.unmount_below(folder)
        shutil.rmtree(folder, ignore_errors=True)

    def _clear(self) -> None:
        """What may be left when no host is: processes and groups of killed runs, the network."""
        for group in cgroups.names(self.names.group_prefix):
            cgroups.kill(group)
            cgroups.remove(group)
        network.disconnect(self.names)
        (self.directory / "lab.json").unlink(missing_ok=True)

    def _subnet(self) -> str | None:
        try:
            found = json.loads((self.directory / "lab.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return str(found["subnet"]) if isinstance(found, dict) and "subnet" in found else None

    def _free_number(self) -> int:
        machines = [machine for machine in map(self._found, (folder.name for folder in self._folders())) if machine]
        taken = {machine.record.number for machine in machines}
        return next(number for number in range(1, 240) if number not in taken)

    def _public_key(self) -> str:
        """The lab's SSH key, made once."""
        key = self.directory / "id_ed25519"
        public = key.with_name("id_ed25519.pub")
        if not (key.is_file() and public.is_file()):
            key.unlink(missing_ok=True)
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "kit-lab", "-f", str(key))
        return public.read_text(encoding="ascii")

    def _write_known_hosts(self) -> None:
        lines = []
        for folder in self._folders():
            machine = self._found(folder.name)
            if machine and mounts.is_mounted(machine.root):
                lines += [f"{machine.record.address} {key}\n" for key in machine.host_keys()]
        partial = self.directory / "known_hosts.partial"
        partial.write_text("".join(lines), encoding="ascii")
        partial.replace(self.directory / "known_hosts")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One change of a lab at a time."""
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _check(name: str, release: str, memory: int | None, disk: int | None) -> None:
    if release not in RELEASES:
        raise UsageError(f"lab hosts are made of {' or '.join(RELEASES)}, not of {release!r}.")
    if memory is not None and memory < _LEAST_MEMORY:
        raise UsageError(f"{memory} MiB of memory are too few for {name} to boot; give {_LEAST_MEMORY} or more.")
    if disk is not None and disk < _LEAST_DISK:
        raise UsageError(f"a disk of {disk} MiB is too small for {name}; give {_LEAST_DISK} or more.")


def _listens(host: Host) -> bool:
    """Asked in short tries: one that began before the host had its address would wait for seconds."""
    try:
        with socket.create_connection((host.address, host.port), timeout=0.25):
            return True
    except OSError:
        return False


def _show_memory(machine: Machine, memory: int, deadline: float) -> None:
    """Let the host see the limit as its memory: programs size themselves by /proc/meminfo."""
    while time.monotonic() < deadline:
        try:
            machine.leader()
        except OutsideError:
            time.sleep(0.05)
            continue
        total = memory * 1024
        shown = f"MemTotal: {total} kB\nMemFree: {total * 3 // 4} kB\nMemAvailable: {total * 17 // 20} kB\n"
        text = shown + "Buffers: 0 kB\nCached: 0 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n"
        done = machine.inside("sh", "-c", "cat >/run/meminfo && mount --bind /run/meminfo /proc/meminfo", feed=text)
        if done.returncode == 0:
            return
        time.sleep(0.1)


def _tail(path: Path, count: int) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-count:] if path.is_file() else []
