"""The lab's own network: a bridge, a free subnet, and address translation to what this machine reaches."""

import fcntl
import ipaddress
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kit.errors import OutsideError
from kit.lab.commands import attempt, run
from kit.lab.names import BRIDGE_PREFIX, Names

Subnet = ipaddress.IPv4Network

_CANDIDATES = [Subnet(f"10.{second}.{third}.0/24") for second in (213, 214, 215) for third in range(7, 250, 9)]
_FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
_BEFORE = Path("/run/kit-lab.ip_forward")
"""What forwarding was before the first lab; gone after a reboot, as the setting itself is."""


def connect(names: Names, wanted: str | None) -> Subnet:
    """Make the lab's network, or what is missing of it; return its subnet, *wanted* if it is still free or ours."""
    with _one_at_a_time():
        own = _address_of(names.bridge)
        if own is None:
            own = _choose(wanted)
            if not _exists(names.bridge):
                run("ip", "link", "add", names.bridge, "type", "bridge")
            run("ip", "address", "add", f"{gateway(own)}/{own.prefixlen}", "dev", names.bridge)
        run("ip", "link", "set", names.bridge, "up")
        run("nft", "-f", "-", feed=_rules(names, own))
        if _FORWARDING.read_text(encoding="ascii").strip() == "0":
            _BEFORE.write_text("0", encoding="ascii")
            _FORWARDING.write_text("1", encoding="ascii")
    return own


def disconnect(names: Names) -> None:
    """Remove the lab's network without a trace; nothing to do is fine."""
    with _one_at_a_time():
        for link in links(names.link_prefix):
            attempt("ip", "link", "delete", link)
        if _exists(names.bridge):
            run("ip", "link", "delete", names.bridge)
        if names.table in run("nft", "list", "tables"):
            run("nft", "delete", "table", "ip", names.table)
        if _BEFORE.exists() and not links(BRIDGE_PREFIX):
            _FORWARDING.write_text(_BEFORE.read_text(encoding="ascii"), encoding="ascii")
            _BEFORE.unlink()


def gateway(subnet: Subnet) -> str:
    """This machine's address on the bridge."""
    return str(subnet[1])


def address(subnet: Subnet, number: int) -> str:
    """The address of host *number*, counted from 1."""
    return str(subnet[9 + number])


def links(prefix: str) -> list[str]:
    """The network interfaces of this machine whose name begins with *prefix*."""
    return sorted(path.name for path in Path("/sys/class/net").iterdir() if path.name.startswith(prefix))


def plug(link: str, *, connected: bool) -> None:
    """Connect or pull the cable of one host."""
    run("ip", "link", "set", link, "up" if connected else "down")


def blocked() -> str | None:
    """A sentence if this machine's own firewall keeps lab hosts from everything beyond the bridge."""
    chain = attempt("nft", "list", "chain", "ip", "filter", "FORWARD")
    if chain.returncode == 0 and "policy drop" in chain.stdout and BRIDGE_PREFIX not in chain.stdout:
        return (
            "this machine's own firewall drops forwarded traffic, so lab hosts reach no package source. "
            f"As root: iptables -I FORWARD -i {BRIDGE_PREFIX}+ -j ACCEPT; "
            f"iptables -I FORWARD -o {BRIDGE_PREFIX}+ -m state --state ESTABLISHED,RELATED -j ACCEPT"
        )
    return None


def _rules(names: Names, subnet: Subnet) -> str:
    """Hosts go out under this machine's address; packets fit whatever lies behind. Replaces the table in one step."""
    return f"""
table ip {names.table} {{}}
delete table ip {names.table}
table ip {names.table} {{
  chain postrouting {{
    type nat hook postrouting priority srcnat
    ip saddr {subnet} ip daddr != {subnet} oifname != "{names.bridge}" masquerade
  }}
  chain forward {{
    type filter hook forward priority mangle
    iifname "{names.bridge}" tcp flags syn tcp option maxseg size set rt mtu
  }}
}}
"""


def _exists(link: str) -> bool:
    return Path("/sys/class/net", link).exists()


def _address_of(link: str) -> Subnet | None:
    for entry in _json("address", "show", "dev", link) if _exists(link) else []:
        for info in entry.get("addr_info", []):
            if info.get("family") == "inet":
                return ipaddress.IPv4Interface(f"{info['local']}/{info['prefixlen']}").network
    return None


def _choose(wanted: str | None) -> Subnet:
    """The first subnet that touches no address and no route of this machine."""
    taken = list(_taken())
    first = [Subnet(wanted)] if wanted else []
    for subnet in (*first, *_CANDIDATES):
        if not any(subnet.overlaps(other) for other in taken):
            return subnet
    raise OutsideError("no free subnet for the lab: this machine has routes to all of 10.213.0.0 to 10.215.255.255.")


def _taken() -> Iterator[Subnet]:
    for route in _json("-4", "route", "show", "table", "all"):
        if route.get("dst", "default") != "default":
            yield Subnet(route["dst"], strict=False)


def _json(*arguments: str) -> list[dict[str, Any]]:
    found = json.loads(run("ip", "-json", *arguments) or "[]")
    return [entry for entry in found if entry]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two labs never choose a subnet at once. The lock is on a directory, so that no file is left."""
    folder = os.open("/run", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
