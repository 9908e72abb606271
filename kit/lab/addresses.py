"""Which addresses lab hosts ever had on this machine, so that nothing is sent to one that is gone.

Once a lab's bridge is gone its addresses lead out of this machine, to whoever has them there.
"""

import fcntl
import ipaddress
import json
import os
from collections.abc import Iterable
from pathlib import Path

from kit.errors import KitError
from kit.lab.commands import attempt
from kit.lab.image import cache
from kit.lab.names import BRIDGE_PREFIX

_MOST = 2000
"""Lines kept: more than one machine's labs have addresses in use."""


def book() -> Path:
    """The file: a line ``ADDRESS NAME DIRECTORY`` for each address, the newest last."""
    return cache() / "addresses"


def note(address: str, name: str, directory: Path) -> None:
    """Write down that the lab in *directory* gives *address* to its host *name*."""
    book().parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(book().parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # two labs may boot at once
        lines = [line for line in _lines() if line.partition(" ")[0] != address]
        text = "".join(f"{line}\n" for line in [*lines, f"{address} {name} {directory}"][-_MOST:])
        partial = book().with_name("addresses.partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(book())
    finally:
        os.close(descriptor)


def refuse_gone(addresses: Iterable[str]) -> None:
    """Raise KitError if one of *addresses* was a lab host's and no lab on this machine has it now."""
    known = {line.partition(" ")[0]: line.split(" ", 2) for line in _lines()}
    asked = [known[address] for address in addresses if address in known]
    if not asked:
        return
    bridges = _bridges()
    for address, name, *place in asked:
        if not any(ipaddress.ip_address(address) in bridge for bridge in bridges):
            raise KitError(
                f"{address} was the lab server {name} ({' '.join(place)}), which is gone: nothing is sent to it. "
                f"Boot it again (`kit lab up {name}`) or name another server in hosting.servers. "
                f"If a true server has this address now, remove its line from {book()}."
            )


def _lines() -> list[str]:
    try:
        return [line for line in book().read_text(encoding="utf-8").splitlines() if len(line.split(" ", 2)) == 3]
    except OSError:
        return []


def _bridges() -> list[ipaddress.IPv4Network]:
    """The networks of the labs that are up on this machine."""
    found = json.loads(attempt("ip", "-json", "-4", "address", "show").stdout or "[]")
    return [
        ipaddress.IPv4Interface(f"{info['local']}/{info['prefixlen']}").network
        for entry in found
        if str(entry.get("ifname", "")).startswith(BRIDGE_PREFIX)
        for info in entry.get("addr_info", [])
    ]
