"""Names of everything a lab makes on this machine. All derive from its directory: what a killed run left is found."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kit.errors import UsageError

_HOST_NAME = re.compile(r"[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?")
BRIDGE_PREFIX = "kitlab"


@dataclass(frozen=True, slots=True)
class Names:
    """``code``: six hexadecimal digits of the lab; network interfaces may have 15 characters, hence so short."""

    code: str

    @classmethod
    def of(cls, directory: Path) -> "Names":
        """The names of the lab whose state is in *directory*."""
        return cls(hashlib.sha256(str(directory.resolve()).encode()).hexdigest()[:6])

    @property
    def bridge(self) -> str:
        """The lab's network bridge."""
        return f"{BRIDGE_PREFIX}{self.code}"

    @property
    def table(self) -> str:
        """The lab's nftables table."""
        return f"kit_lab_{self.code}"

    @property
    def group_prefix(self) -> str:
        """What the names of all control groups of this lab begin with."""
        return f"kit-lab-{self.code}-"

    def group(self, number: int | str) -> str:
        """The control group of a host, or of ``build``."""
        return f"{self.group_prefix}{number}"

    def machine(self, number: int) -> str:
        """What systemd-nspawn calls host *number*."""
        return f"kl{self.code}-{number}"

    def link(self, number: int) -> str:
        """This machine's end of the host's network cable; systemd-nspawn names it so."""
        return f"vb-{self.machine(number)}"

    @property
    def link_prefix(self) -> str:
        """What the names of all cables of this lab begin with."""
        return f"vb-kl{self.code}-"


def host_name(text: str) -> str:
    """*text* if it can be a host's name. Raises UsageError otherwise."""
    if not _HOST_NAME.fullmatch(text):
        raise UsageError(f"{text!r} cannot name a lab host: use a-z, 0-9 and -, a letter first, at most 32 characters.")
    return text
