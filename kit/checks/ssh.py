"""Entering a server: the options every connection uses, and what a refusal means."""

import re
import subprocess
from dataclasses import dataclass
from enum import StrEnum

from kit.checks.target import Server

CONNECT_SECONDS = 5


class Entry(StrEnum):
    """How far a connection came."""

    IN = "in"
    UNREACHABLE = "unreachable"
    NO_SUCH_NAME = "no such name"
    HOST_KEY_UNKNOWN = "host key unknown"
    HOST_KEY_CHANGED = "host key changed"
    REFUSED = "refused"
    """The server does not let this user in with this key."""
    BROKEN = "broken"
    """Logged in, and then something else went wrong."""


_SIGNS = (
    (Entry.HOST_KEY_CHANGED, r"REMOTE HOST IDENTIFICATION HAS CHANGED"),
    (Entry.HOST_KEY_UNKNOWN, r"Host key verification failed|No .* host key is known"),
    (Entry.REFUSED, r"Permission denied|Too many authentication failures|UNPROTECTED PRIVATE KEY|Load key .*:"),
    (Entry.NO_SUCH_NAME, r"Could not resolve hostname|Name or service not known"),
    (
        Entry.UNREACHABLE,
        r"timed out|Connection refused|No route to host|Network is unreachable|Connection (?:closed|reset)|kex_exch",
    ),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``words``: ssh's own message, one line."""

    entry: Entry
    output: str = ""
    words: str = ""


def options(server: Server) -> list[str]:
    """Options for ssh: never a question, only a known host key, and the profile's key if it names one."""
    chosen = [
        *("-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o", f"ConnectTimeout={CONNECT_SECONDS}"),
        *(
            "-o",
            "ServerAliveInterval=5",
            "-o",
            "ServerAliveCountMax=2",
            "-o",
            "ControlPath=none",
            "-p",
            str(server.port),
        ),
    ]
    if server.key:
        chosen += ["-i", str(server.key), "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"]
    if server.known_hosts:
        chosen += ["-o", f"UserKnownHostsFile={server.known_hosts}", "-o", "GlobalKnownHostsFile=/dev/null"]
    return chosen


def by_hand(server: Server) -> str:
    """The command a person types to get there."""
    key = f"-i {server.key} " if server.key else ""
    port = f"-p {server.port} " if server.port != 22 else ""
    return f"ssh {key}{port}{server.user}@{server.address}"


def ask(server: Server, command: str, feed: str, timeout: float) -> Answer:
    """Run *command* on the server with *feed* as its input, within *timeout* seconds."""
    whole = ["ssh", *options(server), f"{server.user}@{server.address}", "--", command]
    try:
        done = subprocess.run(
            whole, input=feed, capture_output=True, text=True, errors="replace", timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired as late:
        output = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else ""
        return Answer(Entry.BROKEN, output, f"no answer within {timeout:.0f} s")
    except OSError as error:
        return Answer(Entry.BROKEN, "", f"ssh could not be run here ({error.strerror}); install openssh-client")
    if done.returncode == 255 and not done.stdout:
        return Answer(understand(done.stderr), "", _last(done.stderr))
    return Answer(Entry.IN, done.stdout, _last(done.stderr))


def understand(message: str) -> Entry:
    """What ssh's *message* means."""
    return next((entry for entry, sign in _SIGNS if re.search(sign, message)), Entry.BROKEN)


def _last(message: str) -> str:
    lines = [line.strip() for line in message.splitlines() if line.strip() and not line.startswith("@")]
    return lines[-1] if lines else ""
