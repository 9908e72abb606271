"""Programs on the server can handle UTF-8."""

import re

from kit.checks.check import Group, server_check
from kit.checks.facts import Facts
from kit.checks.result import Result, fault, ok, skipped


@server_check("Locale", Group.SYSTEM)
def text_encoding(facts: Facts) -> Result:
    """A fault where no UTF-8 locale is there, not even C.UTF-8."""
    found = facts.lines("locales")
    if not found:
        return skipped("not told")
    usable = [name for name in found if re.search(r"utf-?8$", name, re.IGNORECASE)]
    if usable:
        return ok(usable[0])
    return fault(
        ", ".join(found),
        "Without a UTF-8 locale the database would be made with another encoding, and names could not be stored.",
        "apt install locales && localedef -i id_ID -f UTF-8 id_ID.UTF-8",
    )
