"""Whether the servers fit the topology, and the certificate what it needs."""

import ipaddress
from collections.abc import Iterator

from kit.profile.faults import shown
from kit.profile.rules.view import Finding, View

_SERVERS = ("hosting", "servers")


def servers_differ(view: View) -> Iterator[Finding]:
    """No two servers share a name or an address."""
    for key in ("name", "address"):
        seen: set[str] = set()
        for at, server in view.items(*_SERVERS):
            value = server.get(key)
            if value in seen:
                yield Finding((*_SERVERS, at, key), shown(value), "one of its own for each server")
            seen.add(value)


def roles_fit(view: View) -> Iterator[Finding]:
    """``single`` is one server with both roles; ``split`` is PostgreSQL on one server and the apps on others."""
    servers = view.get(*_SERVERS)
    if not isinstance(servers, list) or not servers:
        return
    roles = [set(server.get("roles", ("web", "db"))) for server in servers]
    if view.get("hosting", "topology") == "split":
        if sum("db" in each for each in roles) != 1 or not any(each == {"web"} for each in roles):
            yield Finding(_SERVERS, _told(roles), "with topology split, one server with roles [db], others with [web]")
        elif {"web", "db"} in roles:
            yield Finding(_SERVERS, _told(roles), "with topology split, no server with both roles")
    elif len(servers) != 1 or roles[0] != {"web", "db"}:
        yield Finding(_SERVERS, _told(roles), "with topology single, one server with roles [web, db]")


def servers_know_each_other(view: View) -> Iterator[Finding]:
    """``split`` lets servers in by their IPv4 address, and has no place yet where ACME would answer for all."""
    if view.get("hosting", "topology") != "split":
        return
    for at, server in view.items(*_SERVERS):
        address = server.get("address")
        if isinstance(address, str) and not _is_ipv4(address):
            yield Finding((*_SERVERS, at, "address"), shown(address), "an IPv4 address, with topology split")
    if view.get("hosting", "tls", "mode") == "acme":
        yield Finding(("hosting", "tls", "mode"), shown("acme"), "internal or provided, with topology split")


def _is_ipv4(text: str) -> bool:
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def certificate_is_given(view: View) -> Iterator[Finding]:
    """A provided certificate has two files; one by ACME needs the Internet."""
    mode = view.get("hosting", "tls", "mode")
    if mode == "provided":
        for key in ("certificate", "key"):
            if view.get("hosting", "tls", key) is None:
                example = f"{key}: /srv/tls/region.{'crt' if key == 'certificate' else 'key'}"
                yield Finding(("hosting", "tls", key), "nothing", "a file, with hosting.tls.mode provided", example)
    elif mode == "acme" and view.get("net", "offline"):
        yield Finding(("hosting", "tls", "mode"), shown("acme"), "internal or provided while net.offline is true")


def _told(roles: list[set[str]]) -> str:
    each = ", ".join("[" + ", ".join(sorted(one, reverse=True)) + "]" for one in roles)
    return f"{len(roles)} server{'s' if len(roles) != 1 else ''} with {each}"


RULES = (servers_differ, roles_fit, servers_know_each_other, certificate_is_given)
