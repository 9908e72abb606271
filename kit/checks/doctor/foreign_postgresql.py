"""No PostgreSQL with data of others is on the server."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, warning

_MIB = 1024 * 1024


@server_check("PostgreSQL of others", Group.SOFTWARE, role="db")
def foreign_postgresql(facts: Facts) -> Result:
    """A fault where a cluster the kit did not make holds databases or cannot be read; a warning where it is empty."""
    if facts.owned("postgresql"):
        return ok("the kit's own")
    clusters = ["/".join(line.split("/")[:-1]) for line in facts.lines("clusters")]
    if not clusters:
        return ok("none")
    where = ", ".join(clusters)
    rows = [line.partition("|") for line in facts.lines("databases")]
    if rows:
        names = ", ".join(f"{name} ({int(size) // _MIB} MiB)" for name, _, size in rows[:6] if size.isdigit())
        return fault(
            f"{where} holds {names}",
            "These databases are not the kit's, and it never touches them. The apps need a PostgreSQL of their own.",
            "pg_dumpall >/root/before.sql   # move them, or name another server in hosting.servers",
        )
    if "databases" in facts.sections:
        return warning(
            f"{where}, without databases",
            "PostgreSQL is installed and empty; setup would take it over.",
            "apt-get purge 'postgresql*'   # if nobody needs it",
        )
    size = facts.number("pgsize")
    amount = f" ({size // 1024} MiB)" if size else ""
    return fault(
        f"{where}{amount}, not running or not readable",
        "A PostgreSQL is here that the kit did not make; whether it holds data could not be seen, so it counts as if.",
        "pg_lsclusters; sudo -u postgres psql -l",
    )
