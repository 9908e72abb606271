"""The servers of a profile and how they are reached."""

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kit.checks.ssh import Entry, understand
from kit.errors import OutsideError, UsageError
from kit.profile import Profile

_CONNECT_SECONDS = 10
_SSH_FAILED = 255


class Unreachable(OutsideError):
    """A server does not let the kit in."""


@dataclass(frozen=True, slots=True)
class Server:
    """One server as the profile names it."""

    name: str
    address: str
    user: str
    port: int
    roles: frozenset[str]
    key: Path | None
    known_hosts: Path | None

    def options(self, control: Path) -> list[str]:
        """Options for ssh, also for Ansible's: one connection for the whole run, no question ever asked."""
        options = ["BatchMode=yes", f"ConnectTimeout={_CONNECT_SECONDS}", "StrictHostKeyChecking=yes"]
        options += ["ControlMaster=auto", "ControlPersist=60s", f"ControlPath={control}/%C"]
        options += ["ServerAliveInterval=10", "ServerAliveCountMax=6", "LogLevel=ERROR"]
        if self.known_hosts:
            options += [f"UserKnownHostsFile={self.known_hosts}", "GlobalKnownHostsFile=/dev/null"]
        if self.key:
            options += ["IdentitiesOnly=yes", f"IdentityFile={self.key}"]
        return [part for option in options for part in ("-o", option)]

    def command(self, control: Path, remote: str) -> list[str]:
        """The whole ssh command that runs *remote*, a line for the host's shell."""
        return ["ssh", *self.options(control), "-p", str(self.port), f"{self.user}@{self.address}", "--", remote]

    def sudo(self, control: Path, script: str, *, timeout: float = 60) -> str:
        """Run a shell *script* as root on the host and return what it printed.

        The script goes over standard input, so nothing of it stands in a process list. Raises Unreachable when SSH
        or sudo refuse, OutsideError when the script fails.
        """
        command = self.command(control, "sudo -n -- sh -s")
        try:
            done = subprocess.run(
                command, input=script, capture_output=True, text=True, errors="replace", timeout=timeout, check=False
            )
        except subprocess.TimeoutExpired:
            raise Unreachable(f"{self.name} ({self.address}) did not answer within {timeout:.0f} s.") from None
        words = done.stderr.strip() or done.stdout.strip()
        if done.returncode == _SSH_FAILED:
            raise Unreachable(self._why_not(words))
        if done.returncode and "sudo:" in words:
            raise Unreachable(f"{self.name}: {self.user} may not use sudo without a password: {words}")
        if done.returncode:
            raise OutsideError(f"{self.name}: {words or f'exit code {done.returncode}'}")
        return done.stdout

    def _why_not(self, words: str) -> str:
        """One sentence for ssh's own *words*, and what to do next."""
        file = self.known_hosts or "~/.ssh/known_hosts"
        last = words.splitlines()[-1] if words else "no word from ssh"
        reasons = {
            Entry.HOST_KEY_CHANGED: f"it shows another host key than the one in {file}: it was reinstalled, or another "
            "machine answers at its address",
            Entry.HOST_KEY_UNKNOWN: f"{file} has no host key of it, so nobody has confirmed yet which machine it is",
            Entry.REFUSED: f"it does not let {self.user} in with this key ({last})",
            Entry.NO_SUCH_NAME: "no such name",
        }
        reason = reasons.get(understand(words), last)
        return (
            f"{self.name} ({self.user}@{self.address}, port {self.port}) cannot be entered: {reason}. "
            "`kit doctor` of this region tells cause and remedy."
        )

    def variables(self, control: Path) -> dict[str, object]:
        """How Ansible reaches this server."""
        return {
            "ansible_host": self.address,
            "ansible_port": self.port,
            "ansible_user": self.user,
            "ansible_ssh_common_args": " ".join(_quoted(part) for part in self.options(control)),
            "ansible_ssh_args": "",
            "ansible_become": True,
            "ansible_python_interpreter": "/usr/bin/python3",
        }


def _quoted(text: str) -> str:
    """*text* as one word for Ansible's splitting of arguments."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' if " " in text else text


def servers_of(profile: Profile) -> tuple[Server, ...]:
    """The servers of *profile*. Raises UsageError if it names none."""
    hosting = profile.data.hosting
    if not hosting.servers:
        place = profile.path or "the profile"
        raise UsageError(
            f"{place} names no server. Add them under hosting.servers (name, address, user), "
            "or run the apps on this machine with `kit up`."
        )
    key, known = _path(hosting.ssh.key), _path(hosting.ssh.known_hosts)
    return tuple(
        Server(one.name, one.address, one.user, one.port, frozenset(one.roles), key, known) for one in hosting.servers
    )


def close(servers: Sequence[Server], control: Path) -> None:
    """End the connections that a run kept open."""
    for server in servers:
        command = ["ssh", *server.options(control), "-O", "exit", "-p", str(server.port)]
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run([*command, f"{server.user}@{server.address}"], capture_output=True, timeout=5, check=False)


def with_role(servers: Sequence[Server], role: str) -> tuple[Server, ...]:
    """The servers that have *role*, in the profile's order."""
    return tuple(server for server in servers if role in server.roles)


def _path(text: str | None) -> Path | None:
    return Path(text).expanduser() if text else None
