"""A lab host as others see it, and the record the lab keeps of it."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kit.lab.image import USER


@dataclass(frozen=True, slots=True)
class Host:
    """How a server is reached over SSH. Nothing in it says that the server is a lab host."""

    name: str
    address: str
    user: str
    key: Path
    """The private key to log in with."""
    known_hosts: Path
    """The file with the host's true keys."""
    port: int = 22

    def ssh_options(self) -> list[str]:
        """Options for ssh and scp: this key only, only a host whose key is known, no questions, 5 s to connect."""
        return [
            *("-i", str(self.key), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-F", "none"),
            *("-o", f"UserKnownHostsFile={self.known_hosts}", "-o", "GlobalKnownHostsFile=/dev/null"),
            *("-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5"),
            *("-o", "LogLevel=ERROR"),
        ]

    def ssh(self, *command: str, feed: str = "", timeout: float = 60) -> subprocess.CompletedProcess[str]:
        """Run *command* on the host over SSH and return how it ended; 255 means that SSH itself failed."""
        whole = ["ssh", *self.ssh_options(), "-p", str(self.port), f"{self.user}@{self.address}", "--", *command]
        return subprocess.run(
            whole, input=feed, capture_output=True, text=True, errors="replace", timeout=timeout, check=False
        )


@dataclass(frozen=True, slots=True)
class Record:
    """What a lab has written down of one host, before it makes anything of it."""

    name: str
    number: int
    release: str
    address: str
    memory: int | None = None
    """MiB, None for no limit."""
    disk: int | None = None
    """MiB, None for no limit."""

    def write(self, path: Path) -> None:
        """Write so that a reader never sees a part."""
        partial = path.with_name(f"{path.name}.partial")
        partial.write_text(json.dumps(asdict(self)), encoding="utf-8")
        partial.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Record | None":
        """The record in *path*; None if the run that was writing it was killed."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `kit lab list`."""

    host: Host
    release: str
    running: bool
    memory: int | None
    disk: int | None


def host_of(record: Record, directory: Path) -> Host:
    """How the host of *record* is reached; *directory* is the lab's."""
    return Host(record.name, record.address, USER, directory / "id_ed25519", directory / "known_hosts")


def as_profile(hosts: Sequence[Host]) -> str:
    """The lines of a profile that name *hosts* as its servers, YAML.

    One host is topology ``single``. Of several, the one named db… (or else the last) gets PostgreSQL, others the apps.
    """
    database = next((host for host in hosts if host.name.startswith("db")), hosts[-1])
    lines = ["hosting:", f"  topology: {'single' if len(hosts) == 1 else 'split'}", "  servers:"]
    for host in hosts:
        role = "" if len(hosts) == 1 else f", roles: [{'db' if host is database else 'web'}]"
        lines.append(f"    - {{name: {host.name}, address: {host.address}, user: {host.user}{role}}}")
    first = hosts[0]
    lines += ["  ssh:", f"    key: {_quoted(first.key)}", f"    known_hosts: {_quoted(first.known_hosts)}"]
    return "\n".join(lines) + "\n"


def _quoted(path: Path) -> str:
    return json.dumps(str(path), ensure_ascii=False)
