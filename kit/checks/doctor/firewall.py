"""No other firewall manages the server."""

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, ok, skipped, warning

_OWN = {"kit", "kit_firewall"}
_BLOCKERS = {"fail2ban", "f2b-table", "crowdsec", "crowdsec6"}


@server_check("Firewall", Group.SECURITY)
def firewall(facts: Facts) -> Result:
    """A warning where ufw, firewalld or rules of others are active: two firewalls contradict each other."""
    if not facts.as_root:
        return skipped("needs sudo to see")
    found = []
    if facts.lines("ufw")[:1] == ["Status: active"]:
        found.append("ufw")
    found += [name for name in ("firewalld", "netfilter-persistent", "shorewall", "csf") if name in facts.services()]
    tables = {line.split()[-1] for line in facts.lines("tables")}
    foreign = sorted(tables - _OWN - _BLOCKERS)
    if foreign and not found and not facts.owned("firewall"):
        found.append(f"nftables or iptables rules ({', '.join(foreign)})")
    if not found:
        return ok("none of others")
    stop = {"ufw": "ufw disable", "firewalld": "systemctl disable --now firewalld"}
    return warning(
        ", ".join(found),
        "Setup installs its own nftables rules. With two firewalls a port stays shut though one of them opens it.",
        stop.get(found[0], "nft list ruleset   # then remove what nobody needs"),
    )
