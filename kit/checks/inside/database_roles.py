"""Each app's database role can do what its own database needs, and nothing else."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped

_POWERS = ("superuser", "may create databases", "may create roles", "may replicate", "passes by row security")


@server_check("Database roles", Group.DATABASE, role="db")
def database_roles(facts: Facts) -> Result:
    """A fault where a role has a power, belongs to another role, or reaches or owns another database than its own."""
    if "roles" not in facts.sections:
        return skipped("not told")
    bad, roles = [], []
    for line in facts.lines("roles"):
        kind, name, *rest = line.split()
        if kind == "role":
            roles.append(name)
            bad += [f"{name}: {power}" for power, yes in zip(_POWERS, rest, strict=False) if yes == "t"]
        elif kind == "member":
            bad.append(f"{name} belongs to {rest[0]}")
        elif kind == "reaches" and rest[0] != name:
            bad.append(f"{name} may enter the database {rest[0]}")
        elif kind == "owns" and rest[0] != name and name != "postgres":
            bad.append(f"{name} owns the database {rest[0]}")
    missing = [app for app in facts.target.apps if app not in roles]
    bad += [f"{app} has no role" for app in missing]
    if not bad:
        return ok(f"{', '.join(sorted(roles))}: own database only")
    return fault(
        "; ".join(bad),
        "Whoever gets into one app could reach the data of another.",
        "runuser -u postgres -- psql -c '\\du' -c '\\l'",
    )
