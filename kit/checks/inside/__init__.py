"""The checks of `kit verify` over SSH, one a file. A new file in this folder is a new check."""

import importlib
import pkgutil
import shlex
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib import resources

from kit.checks.check import ServerCheck
from kit.checks.doctor.clock import clock
from kit.checks.doctor.host_key import host_key
from kit.checks.doctor.inodes import inodes
from kit.checks.doctor.login import login
from kit.checks.doctor.reachable import reachable
from kit.checks.doctor.sudo import sudo
from kit.checks.facts import COMMAND, Facts, answered
from kit.checks.scanning import USUAL, scan
from kit.checks.ssh import ask
from kit.checks.target import Server, Target

PROBE_SECONDS = 330.0
"""The rehearsals are the long part; each is ended by systemd after five minutes."""

_ALSO = (reachable, host_key, login, sudo, clock, inodes)
"""Checks of the doctor that hold after a setup as well."""


def checks() -> tuple[ServerCheck, ...]:
    """All checks of a server that was set up, in the order they are shown."""
    found = [
        value
        for module in pkgutil.iter_modules(__path__)
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        if isinstance(value, ServerCheck) and value.key == module.name
    ]
    groups = list(type(reachable.group))
    return tuple(sorted((*_ALSO, *found), key=lambda check: (groups.index(check.group), check.title)))


def gather(target: Target, server: Server, *, rehearse: bool = True) -> Facts:
    """Ask one server everything, in one connection, and try its usual ports meanwhile.

    Never raises for what is wrong with the server.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        usual = beside.submit(scan, server.address, USUAL, but=server.port)
        before = time.time()
        answer = ask(server, COMMAND, script(target, server, rehearse=rehearse), PROBE_SECONDS)
        facts = answered(target, server, answer, None, (before, time.time()))
    if not facts.entered:
        return facts
    listening = _listening(facts)
    found = usual.result() | scan(server.address, listening.difference(USUAL), but=server.port)
    return replace(facts, open_ports=found, tried_ports=len(listening.union(USUAL, {server.port})))


def _listening(facts: Facts) -> set[int]:
    """Ports the server says it listens on."""
    ends = [line.split()[3].rpartition(":")[2] for line in facts.lines("listening") if len(line.split()) > 3]
    return {int(port) for port in ends if port.isdigit()}


def script(target: Target, server: Server, *, rehearse: bool) -> str:
    """The whole probe for *server*."""
    first = server == target.first_app_server
    asked = {
        "APPS": " ".join(target.apps) if server.has("web") else "",
        "FIRST": "1" if first else "",
        "REHEARSE": "1" if rehearse and first else "",  # once: two at a time would wait for each other
    }
    values = "".join(f"{name}={shlex.quote(value)}\n" for name, value in asked.items())
    return values + manage_function() + resources.files(__name__).joinpath("probe.sh").read_text(encoding="utf-8")


def manage_function() -> str:
    """A shell function `manage APP COMMAND…` for scripts that run on a server as root."""
    return resources.files("kit.checks").joinpath("manage.sh").read_text(encoding="utf-8")
