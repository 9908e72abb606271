"""Running a playbook: values go in as data that Ansible never evaluates, events come out as they happen."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kit.deploy.processes import MARK
from kit.errors import OutsideError
from kit.paths import ROOT

PLAYBOOKS = ROOT / "playbooks"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LAST_LINES = 12


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a task: `task` (it begins) or, on one host, ok, failed, ignored, skipped, unreachable."""

    kind: str
    task: str
    time: float
    host: str = ""
    changed: bool = False
    message: str = ""
    details: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    """What a module of the kit's own changed, item by item."""


class PlaybookFailed(OutsideError):
    """A playbook did not reach its end."""


class _Unsafe:
    """A value that the YAML dumper marks `!unsafe`, so that Ansible takes it as it is."""

    def __init__(self, value: Any) -> None:
        self.value = value


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (yaml's signature)
        return True


def _represent(dumper: yaml.SafeDumper, wrapped: _Unsafe) -> yaml.Node:
    node: yaml.Node = dumper.represent_data(wrapped.value)
    node.tag = "!unsafe"
    if isinstance(node, yaml.ScalarNode):
        node.style = '"'
    return node


_Dumper.add_representer(_Unsafe, _represent)


def variables_file(variables: Mapping[str, Any]) -> str:
    """The text of a variables file in which no string is a template, at whatever depth.

    Ansible templates variables lazily wherever they are used; a text marked `!unsafe` is excepted for good. Names are
    the kit's own; ValueError for one that is not plain. Numbers and booleans pass as they are, and so does an empty
    text: Ansible reads one that is marked as no value at all.
    """
    strange = [name for name in variables if not _NAME.fullmatch(name)]
    if strange:
        raise ValueError(f"not a variable name: {strange}")
    safe = {
        name: value if isinstance(value, bool | int) or value == "" else _Unsafe(value)
        for name, value in variables.items()
    }
    return yaml.dump(safe, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)


@dataclass(frozen=True, slots=True)
class Servers:
    """How Ansible reaches servers other than this machine: an inventory, more options, its temporary place there."""

    inventory: Path
    options: tuple[str, ...] = ()
    held: tuple[int, ...] = ()
    """Descriptors Ansible keeps open, so that a lock is held as long as it lives."""


def _environment(home: Path, events: int) -> dict[str, str]:
    """What ansible-playbook gets: none of the caller's Ansible settings, and its own place for temporary files."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
    return kept | {
        "ANSIBLE_CONFIG": str(PLAYBOOKS / "ansible.cfg"),
        "ANSIBLE_HOME": str(home),
        "ANSIBLE_LOCAL_TEMP": str(home / "tmp"),
        "ANSIBLE_REMOTE_TEMP": str(home / "tmp"),
        "ANSIBLE_NOCOLOR": "1",
        "KIT_EVENTS_FD": str(events),
        "LC_ALL": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
    }


def run_playbook(
    playbook: str,
    variables: Mapping[str, Any],
    *,
    run_dir: Path,
    log: Path,
    on_event: Callable[[Event], None],
    servers: Servers | None = None,
    mark: str = "",
) -> dict[str, Any]:
    """Run a playbook on this machine or on *servers* and return the facts it set; each event is told as it happens.

    *run_dir* takes the variables and Ansible's temporary files, *log* Ansible's whole output. Raises PlaybookFailed
    with the task, what the host said, and the log's place. An interruption ends Ansible. Everything that runs on this
    machine carries *mark*, so that what a killed run leaves behind can be found (see kit.deploy.processes).
    """
    values = run_dir / "variables.yml"
    values.touch(mode=0o600)
    values.write_text(variables_file(variables), encoding="utf-8")
    reader, writer = os.pipe()
    inventory = str(servers.inventory) if servers else "localhost,"
    command = [sys.executable, "-P", "-m", "ansible", "playbook", "-i", inventory, "-e", f"@{values}"]
    command += servers.options if servers else ()
    environment = _environment(run_dir / "ansible", writer) | ({MARK: mark} if mark else {})
    if servers:
        del environment["ANSIBLE_REMOTE_TEMP"]
    with log.open("ab") as out:
        process = subprocess.Popen(
            [*command, str(PLAYBOOKS / playbook)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=environment,
            pass_fds=[writer, *(servers.held if servers else ())],
            start_new_session=True,
        )
    os.close(writer)
    facts: dict[str, Any] = {}
    failures: list[Event] = []
    try:
        with os.fdopen(reader, encoding="utf-8") as lines:
            for line in lines:
                event = Event(**json.loads(line))
                facts |= event.facts
                if event.kind in {"failed", "unreachable"}:
                    failures.append(event)
                on_event(event)
        process.wait()
    except BaseException:
        _end(process)
        raise
    if process.returncode or failures:
        raise PlaybookFailed(_sentence(playbook, failures, log))
    return facts


def _end(process: subprocess.Popen[bytes]) -> None:
    """End Ansible. Its modules run in sessions of their own: they end by themselves or are found by their mark."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
            process.wait(timeout=5)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _sentence(playbook: str, failures: list[Event], log: Path) -> str:
    """What went wrong: the task, the host's own words, the log."""
    if not failures:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-_LAST_LINES:])
        return f"Ansible could not run playbooks/{playbook}:\n{tail}\nAll of it: {log}"
    parts = []
    for event in failures:
        words = "\n".join(f"    {line}" for line in event.details.strip().splitlines()[-_LAST_LINES:])
        if event.kind == "unreachable":
            parts.append(
                f"{event.host}: the connection was lost at “{event.task}”: {event.message.strip()}\n"
                "Once the server can be reached, run the same command again: it goes on from there."
            )
            continue
        parts.append(f"{event.task}: {event.message}" + (f"\n{words}" if words else ""))
    return "\n".join(parts) + f"\nAll of it: {log}"
