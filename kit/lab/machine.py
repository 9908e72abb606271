"""One host: its disk, its identity, its start, its end."""

import contextlib
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kit.errors import OutsideError
from kit.lab import cgroups, mounts, network, settings
from kit.lab.commands import attempt, environment, run
from kit.lab.hosts import Record
from kit.lab.image import USER
from kit.lab.names import Names

_KEY_TYPES = ("ed25519", "ecdsa", "rsa")
_KEEPER, _GUEST = "keeper", "guest"

# systemd-nspawn ends with 133 when the host asked for a reboot.
_KEEP_RUNNING = 'while "$@"; [ $? -eq 133 ]; do :; done'
_RUNTIME = Path("/run/systemd/nspawn")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True, slots=True)
class Machine:
    """A host of a lab; ``folder`` holds everything of it."""

    names: Names
    folder: Path
    record: Record

    @property
    def root(self) -> Path:
        """The host's file system as this machine sees it."""
        return self.folder / "root"

    @property
    def group(self) -> str:
        """The host's control group."""
        return self.names.group(self.record.number)

    @property
    def console(self) -> Path:
        """What the host said while it booted."""
        return self.folder / "console.log"

    def running(self) -> bool:
        """Has the host been booted? One that was being made when a run was killed has not."""
        return bool(cgroups.processes(f"{self.group}/{_GUEST}"))

    def leader(self) -> int:
        """The process that is number 1 inside the host. Raises OutsideError if the host is down."""
        for pid in sorted(cgroups.processes(self.group)):
            with contextlib.suppress(OSError):
                status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8", errors="replace")
                if re.search(r"^NSpid:\t\d+\t1$", status, re.MULTILINE):
                    return pid
        raise OutsideError(f"lab host {self.record.name} is not running; its console: {self.console}")

    def make(self, image: Path, subnet: network.Subnet, key: str) -> None:
        """Lay the host's file system on *image*; give it name, address, resolver, host keys and the public *key*."""
        disk = self.folder / "disk"
        if self.record.disk:
            mounts.sized_disk(self.folder / "disk.img", disk, self.record.disk)
        mounts.overlay(image, disk / "upper", disk / "work", self.root)
        name = self.record.name
        gateway = network.gateway(subnet)
        self._put("etc/hostname", f"{name}\n")
        self._put("etc/hosts", f"127.0.0.1\tlocalhost\n127.0.1.1\t{name}\n::1\tlocalhost ip6-localhost ip6-loopback\n")
        self._put("etc/resolv.conf", settings.resolver())
        own = f"{self.record.address}/{subnet.prefixlen}"
        wire = f"[Match]\nName=host0\n\n[Network]\nAddress={own}\nGateway={gateway}\nLinkLocalAddressing=no\n"
        self._put("etc/systemd/network/10-wire.network", wire)
        home = self.root / "home" / USER
        owner = home.stat()
        ssh = home / ".ssh"
        ssh.mkdir(mode=0o700)
        (ssh / "authorized_keys").write_text(key, encoding="ascii")
        for path in (ssh, ssh / "authorized_keys"):
            shutil.chown(path, owner.st_uid, owner.st_gid)
        self.new_host_keys()

    def new_host_keys(self) -> None:
        """Give the host new SSH host keys, as a reinstalled server has."""
        for kind in _KEY_TYPES:
            path = self.root / f"etc/ssh/ssh_host_{kind}_key"
            for old in (path, path.with_suffix(".pub")):
                old.unlink(missing_ok=True)
            run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", f"root@{self.record.name}", "-f", str(path))

    def host_keys(self) -> list[str]:
        """The host's public keys, ``type base64``."""
        keys = []
        for kind in _KEY_TYPES:
            public = self.root / f"etc/ssh/ssh_host_{kind}_key.pub"
            if public.is_file():
                keys.append(" ".join(public.read_text(encoding="ascii").split()[:2]))
        return keys

    def start(self, binds: Iterable[Path]) -> None:
        """Boot; returns at once. The host lives on when the caller ends."""
        command = [
            *("systemd-nspawn", "--quiet", "--register=no", "--keep-unit", "--boot", f"--directory={self.root}"),
            *(f"--machine={self.names.machine(self.record.number)}", f"--hostname={self.record.name}"),
            *(f"--network-bridge={self.names.bridge}", "--resolv-conf=off", "--timezone=off", "--link-journal=no"),
            *("--console=pipe", *(f"--bind-ro={path}" for path in binds)),
        ]
        cgroups.create(self.group, (_KEEPER, _GUEST), self.record.memory)
        keeper = ["setsid", "--fork", "sh", "-c", _KEEP_RUNNING, "lab", *cgroups.into(self.group, _GUEST, command)]
        # A guest of a current Debian needs control groups of version 2, whatever this machine itself runs on.
        variables = {**environment(), "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1", "SYSTEMD_NSPAWN_LOCK": "0"}
        with self.console.open("ab") as console:
            subprocess.run(
                cgroups.into(self.group, _KEEPER, keeper),
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                check=True,
            )

    def inside(self, *command: str, feed: str | None = None, timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run *command* as root inside the host, also when its network or sshd is down; return how it ended."""
        spaces = ("--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root")
        enter = ("nsenter", f"--target={self.leader()}", *spaces)
        clean = ("env", "-i", "--chdir=/", f"PATH={_PATH}", "HOME=/root")
        return attempt(*enter, *clean, *command, feed=feed, timeout=timeout)

    def kill(self) -> None:
        """Pull the plug: every process of the host ends at once."""
        cgroups.kill(self.group)
        cgroups.remove(self.group)

    def erase(self) -> None:
        """Remove everything of the host, running or half made."""
        self.kill()
        if self.names.link(self.record.number) in network.links(self.names.link_prefix):
            attempt("ip", "link", "delete", self.names.link(self.record.number))
        for left in _RUNTIME.glob(f"*/{self.names.machine(self.record.number)}"):
            mounts.unmount_below(left)
            shutil.rmtree(left, ignore_errors=True)
        mounts.unmount_below(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _put(self, name: str, content: str) -> None:
        path = self.root / name
        path.unlink(missing_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        path.chmod(0o644)
