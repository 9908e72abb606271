"""The checks of `kit verify`: from outside, one a file in this folder; over SSH, one a file in `kit/checks/inside`."""

import importlib
import pkgutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from kit.checks import inside
from kit.checks.doctor.names_resolve import names_resolve
from kit.checks.facts import Facts
from kit.checks.result import Outcome, Report, Where, fault
from kit.checks.running import examine
from kit.checks.site import Site, SiteCheck, Unanswered
from kit.checks.target import Server, Target


def checks() -> tuple[SiteCheck, ...]:
    """All checks of an app as a visitor meets it, by title."""
    found = [
        value
        for module in pkgutil.iter_modules(__path__)
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        if isinstance(value, SiteCheck) and value.key == module.name
    ]
    return tuple(sorted(found, key=lambda check: check.title))


def verify(target: Target, sites: Sequence[Site], *, rehearse: bool = True) -> Report:
    """Look at every server from inside, then visit every site; what the servers say was deployed must be what serves.

    *rehearse*: also play each app's story. Nothing is changed either way.
    """
    began = time.monotonic()
    deployed: dict[str, str] = {}

    def told(facts: Facts) -> None:
        for line in facts.lines("releases"):
            app, _, version = (*line.split(), "", "")[:3]
            deployed[app] = version

    def gather(target: Target, server: Server) -> Facts:
        return inside.gather(target, server, rehearse=rehearse)

    servers = examine(target, inside.checks(), (names_resolve,), told, gather)
    lost = {server.address for server in target.servers if server.name in servers.unreachable}
    reached = [replace(site, version=deployed.get(site.app, "")) for site in sites if site.address not in lost]
    visited = visit(reached)
    return Report(servers.outcomes + visited.outcomes, servers.unreachable, time.monotonic() - began)


def visit(sites: Sequence[Site]) -> Report:
    """Visit every site, several at once. A site that gives no answer to a check has a fault there."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=max(1, len(sites))) as pool:
        outcomes = [outcome for found in pool.map(_of_site, sites) for outcome in found]
    return Report(tuple(outcomes), (), time.monotonic() - began)


def _of_site(site: Site) -> list[Outcome]:
    return [_one(check, site) for check in checks()]


def _one(check: SiteCheck, site: Site) -> Outcome:
    try:
        result = check.run(site)
    except Unanswered as error:
        result = fault(str(error), "Visitors get no answer either.", f"kit status {site.region}", Where.HERE)
    return Outcome(check.key, check.title, f"Visitors of {site.app}", site.server, result)
