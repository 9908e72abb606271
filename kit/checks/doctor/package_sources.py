"""The package sources can be reached."""

from kit.checks.check import Group, server_check
from kit.checks.endpoints import tried
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped


@server_check("Package sources", Group.PACKAGES)
def package_sources(facts: Facts) -> Result:
    """A fault that names the sources from which nothing could be fetched, and apt's own message."""
    if not facts.lines("origins"):
        return fault(
            "no source in /etc/apt",
            "apt knows no place to get packages from.",
            "apt edit-sources   # deb http://deb.debian.org/debian CODENAME main, and the same for security",
        )
    good, bad = tried(facts, "sources")
    if bad:
        address, _, words = bad[0].partition(" ")
        more = f" and {len(bad) - 1} more" if len(bad) > 1 else ""
        return fault(
            f"{address}{more}: {words or 'no answer'}",
            "Packages cannot be fetched: no way to the Internet, a wrong proxy, or a source that is gone.",
            "apt-get update   # then correct /etc/apt/sources.list.d, or Acquire::http::Proxy in /etc/apt/apt.conf.d",
        )
    return ok(f"{len(good)} reached") if good else skipped("could not be tried")
