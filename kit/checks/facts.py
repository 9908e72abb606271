"""What is known of a server: sections of text the probe printed, and how they read."""

import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

from kit.checks.ssh import Answer, Entry
from kit.checks.target import Server, Target

_MARK = "@@ "
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Facts:
    """One server's answers. A section is missing where the server lacks the program or the right to tell."""

    target: Target
    server: Server
    answer: Answer = field(default_factory=lambda: Answer(Entry.IN))
    sections: Mapping[str, str] = field(default_factory=dict)
    connect_seconds: float | None = None
    """How long a TCP connection took; None if there was none."""
    asked_at: tuple[float, float] = (0.0, 0.0)
    """This machine's clock before and after the server was asked, seconds since 1970."""
    open_ports: frozenset[int] = frozenset()
    """Ports that can be reached from here; known only where ``tried_ports`` were tried."""
    tried_ports: int = 0

    @property
    def entered(self) -> bool:
        """Did the server answer the probe to its end?"""
        return "now" in self.sections

    @property
    def as_root(self) -> bool:
        """Did sudo work, so that everything could be seen?"""
        return self.text("as") == "root"

    def text(self, section: str) -> str:
        """A section, empty if there is none."""
        return self.sections.get(section, "").strip()

    def lines(self, section: str) -> list[str]:
        """The section's lines that hold something."""
        return [line.rstrip() for line in self.sections.get(section, "").splitlines() if line.strip()]

    def number(self, section: str) -> int | None:
        """The section as a whole number."""
        text = self.text(section)
        return int(text) if re.fullmatch(r"-?\d+", text) else None

    def pairs(self, section: str, separator: str = "=") -> dict[str, str]:
        """The section's ``key=value`` lines, without quotes."""
        found = {}
        for line in self.lines(section):
            key, mark, value = line.partition(separator)
            if mark:
                found[key.strip()] = value.strip().strip('"')
        return found

    def services(self) -> set[str]:
        """Running services, without ``.service``."""
        return {line.split()[0].removesuffix(".service") for line in self.lines("active")}

    def owned(self, part: str) -> bool:
        """Did the kit itself install *part* (``nginx``, ``postgresql``) on this server?"""
        return part in self.text("owned").split()

    def memory(self, key: str) -> int | None:
        """A line of /proc/meminfo in MiB, such as ``MemTotal``."""
        match = re.search(rf"^{key}:\s*(\d+) kB", self.sections.get("memory", ""), re.MULTILINE)
        return int(match[1]) // _KIB if match else None

    def container(self) -> bool:
        """Is the server a container, which shares clock and kernel with the machine that carries it?"""
        return self.text("virtual") in {"systemd-nspawn", "lxc", "lxc-libvirt", "docker", "podman", "openvz", "wsl"}


def parse(output: str) -> dict[str, str]:
    """The probe's sections. Empty if it was cut off before its end."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in output.splitlines():
        if line.startswith(_MARK):
            current = sections.setdefault(line[len(_MARK) :].strip(), [])
        else:
            current.append(line)
    if "end" not in sections:
        return {}
    return {name: "\n".join(lines) for name, lines in sections.items()}


def answered(
    target: Target, server: Server, answer: Answer, connect_seconds: float | None, asked_at: tuple[float, float]
) -> Facts:
    """What an answer tells; one that was cut off counts as a broken connection."""
    sections = parse(answer.output)
    if answer.entry is Entry.IN and not sections:
        words = answer.words or "the connection ended before the answer was complete"
        answer = Answer(Entry.BROKEN, answer.output, words)
    return Facts(target, server, answer, sections, connect_seconds, asked_at)


COMMAND = (
    "exec sh -c '"
    'if [ "$(id -u)" = 0 ]; then as=root; run=sh; '
    'elif sudo -n true </dev/null 2>/dev/null; then as=root; run="sudo -n sh"; '
    "else as=user; run=sh; fi; "
    'echo "@@ umask"; umask; echo "@@ as"; echo $as; exec $run -s\''
)
"""Runs the probe from its input, through sudo where that works without a password, else as the login user."""


def script(target: Target, server: Server) -> str:
    """The whole probe for *server*; it asks only for what the profile makes relevant."""
    peers = [f"{other.address}:{other.port}" for other in target.servers if other.name != server.name]
    asked = {
        "NAMES": " ".join(target.names) if server.has("web") else "",
        "PEERS": " ".join(peers),
        "SMTP": f"{target.smtp.host} {target.smtp.port}" if target.smtp and server.has("web") else "",
        "BACKUP": f"{target.backup.host} {target.backup.port}" if target.backup else "",
        "PIP": "1" if server.has("web") else "",
        "SOURCES": "1",
    }
    probe = resources.files("kit.checks").joinpath("probe.sh").read_text(encoding="utf-8")
    return "".join(f"{name}={shlex.quote(value)}\n" for name, value in asked.items()) + probe
