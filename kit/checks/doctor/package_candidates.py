"""The sources have the packages setup installs."""

import re

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok

_BY_ROLE = {"web": ("nginx", "python3", "python3-venv"), "db": ("postgresql", "python3")}


@server_check("Needed packages", Group.PACKAGES)
def package_candidates(facts: Facts) -> Result:
    """A fault that names those without a version to install. Before the first `apt update` nothing can be said."""
    if facts.number("lists") in (None, 0):
        return ok("the lists have not been fetched yet; setup does")
    candidates = dict(
        re.findall(r"^(\S+):\n  Installed: .*\n  Candidate: (\S+)", facts.sections.get("candidates", ""), re.MULTILINE)
    )
    wanted = dict.fromkeys(name for role in facts.server.roles for name in _BY_ROLE.get(role, ()))
    absent = [name for name in wanted if candidates.get(name, "(none)") == "(none)"]
    if not absent:
        return ok(", ".join(f"{name} {candidates[name]}" for name in list(wanted)[:1] + list(wanted)[-1:]))
    return fault(
        ", ".join(absent),
        "The package sources do not have these: a part of Debian's sources is missing from /etc/apt.",
        "apt-get update && apt-cache policy " + " ".join(absent),
    )
