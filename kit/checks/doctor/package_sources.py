"""The package sources can be reached."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import tried
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped, warning


@server_check("Package sources", Group.PACKAGES)
def package_sources(facts: Facts) -> Result:
    """A fault that names the sources from which nothing could be fetched, and apt's own message.

    One that only took too long, while another answered, is a slow line: setup itself has more patience.
    """
    if not facts.lines("origins"):
        return fault(
            "no source in /etc/apt",
            "apt knows no place to get packages from.",
            "apt edit-sources   # deb http://deb.debian.org/debian CODENAME main, and the same for security",
        )
    good, bad = tried(facts, "sources")
    silent = [address for address in bad if " " not in address]
    if good and silent and silent == bad:
        return warning(
            f"{silent[0]}{_more(silent)}: no answer within 6 s",
            f"The way to the packages is slow ({len(good)} answered in time). Setup waits longer, and may take longer.",
            "time apt-get update   # how long it really takes",
        )
    if bad:
        address, _, words = next((one for one in bad if one not in silent), bad[0]).partition(" ")
        return fault(
            f"{address}{_more(bad)}: {words or 'no answer'}",
            "Packages cannot be fetched: no way to the Internet, a wrong proxy, or a source that is gone.",
            "apt-get update   # then correct /etc/apt/sources.list.d, or Acquire::http::Proxy in /etc/apt/apt.conf.d",
        )
    return ok(f"{len(good)} reached") if good else skipped("could not be tried")


def _more(addresses: list[str]) -> str:
    """How many there are beside the first, in words."""
    return f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
