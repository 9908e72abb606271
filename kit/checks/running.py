"""Running checks: servers are asked at once, each in one connection; every check then looks at the same facts."""

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from kit.checks import region as regions
from kit.checks.check import RegionCheck, ServerCheck
from kit.checks.facts import COMMAND, Facts, answered, script
from kit.checks.region import RegionFacts
from kit.checks.result import Outcome, Report
from kit.checks.ssh import CONNECT_SECONDS, ask
from kit.checks.target import Server, Target

PROBE_SECONDS = 10.0
_AT_ONCE = 16


def gather(target: Target, server: Server, seconds: float = PROBE_SECONDS) -> Facts:
    """Ask one server everything, in one connection of at most so many *seconds*.

    Never raises for what is wrong with the server.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        connected = beside.submit(_connect_seconds, server)
        before = time.time()
        answer = ask(server, COMMAND, script(target, server), seconds)
        after = time.time()
    return answered(target, server, answer, connected.result(), (before, after))


def examine(
    target: Target,
    server_checks: Sequence[ServerCheck],
    region_checks: Sequence[RegionCheck],
    done: Callable[[Facts], None] = lambda _: None,
    ask_server: Callable[[Target, Server], Facts] | None = None,
) -> Report:
    """Ask all servers at once and run every check; *done* hears of each server that has answered.

    *ask_server*: another way to ask than the doctor's.
    """
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(target.servers) + 1)) as pool:
        names = pool.submit(regions.resolve, target.names)
        asked = {pool.submit(ask_server or gather, target, server): server for server in target.servers}
        found = {}
        for future in as_completed(asked):
            found[asked[future].name] = future.result()
            done(future.result())
    facts = [found[server.name] for server in target.servers]
    own = frozenset(address for one in facts for address in _own_addresses(one))
    whole = RegionFacts(target, names.result(), own, regions.read_certificate(target))
    outcomes = [outcome for one in facts for outcome in check_server(one, server_checks)]
    outcomes += [Outcome(check.key, check.title, check.group, "", check.run(whole)) for check in region_checks]
    unreachable = tuple(one.server.name for one in facts if not one.entered)
    return Report(tuple(outcomes), unreachable, time.monotonic() - began)


def check_server(facts: Facts, checks: Iterable[ServerCheck]) -> list[Outcome]:
    """Every check that applies to the server and can be made with what is known of it."""
    return [
        Outcome(check.key, check.title, check.group, facts.server.name, check.run(facts))
        for check in checks
        if check.concerns(facts)
    ]


def _connect_seconds(server: Server) -> float | None:
    began = time.monotonic()
    try:
        with socket.create_connection((server.address, server.port), timeout=CONNECT_SECONDS):
            return time.monotonic() - began
    except OSError:
        return None


def _own_addresses(facts: Facts) -> set[str]:
    """The server's addresses: those it has itself, and those of the name or number the profile gives."""
    own = {line.split()[3].partition("/")[0] for line in facts.lines("addresses") if len(line.split()) > 3}
    return own | set(regions.addresses_of(facts.server.address))
