"""What a check is: a function from facts to a result, with a title and a group."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kit.checks.facts import Facts
from kit.checks.region import RegionFacts
from kit.checks.result import Result


class Group(StrEnum):
    """Where a finding is shown."""

    CONNECTION = "Connection"
    SYSTEM = "System"
    CLOCK = "Clock"
    MACHINE = "Machine"
    STORAGE = "Storage"
    NETWORK = "Network"
    PACKAGES = "Packages"
    SOFTWARE = "Other software"
    SECURITY = "Security"
    EARLIER = "Earlier runs"
    PROFILE = "Profile"
    NAMES = "Names"
    CERTIFICATE = "Certificate"
    APPS = "Apps"
    DATABASE = "Database"


@dataclass(frozen=True, slots=True)
class ServerCheck:
    """A check of one server.

    ``needs_entry``: only where the probe could be run. ``role``: only on servers with it. ``once``: of the app servers
    only on the first, for what they share, such as the databases.
    """

    key: str
    title: str
    group: Group
    run: Callable[[Facts], Result]
    needs_entry: bool = True
    role: str = ""
    once: bool = False

    def concerns(self, facts: Facts) -> bool:
        """Can the check say anything of this server?"""
        if self.once and facts.server != facts.target.first_app_server:
            return False
        return (facts.entered or not self.needs_entry) and (not self.role or facts.server.has(self.role))


@dataclass(frozen=True, slots=True)
class RegionCheck:
    """A check of the region as a whole, made on the operator's machine."""

    key: str
    title: str
    group: Group
    run: Callable[[RegionFacts], Result]


def server_check(
    title: str, group: Group, *, needs_entry: bool = True, role: str = "", once: bool = False
) -> Callable[[Callable[[Facts], Result]], ServerCheck]:
    """Make a check of a function; its key is the name of its module."""

    def make(run: Callable[[Facts], Result]) -> ServerCheck:
        return ServerCheck(run.__module__.rpartition(".")[2], title, group, run, needs_entry, role, once)

    return make


def region_check(title: str, group: Group) -> Callable[[Callable[[RegionFacts], Result]], RegionCheck]:
    """Make a check of a function; its key is the name of its module."""

    def make(run: Callable[[RegionFacts], Result]) -> RegionCheck:
        return RegionCheck(run.__module__.rpartition(".")[2], title, group, run)

    return make
