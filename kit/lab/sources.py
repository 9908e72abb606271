"""Debian's package sources as this machine has them, turned to the release of a lab host."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

RELEASES = {"bookworm": "12", "trixie": "13"}
"""The releases lab hosts are made of, with their version."""

Stanza = Mapping[str, str]
"""One entry of a deb822 .sources file, field → value."""

_APT = Path("/etc/apt")
_ONE_LINE = re.compile(
    r"(?P<type>deb)\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+(?P<suite>\S+)\s*(?P<components>.*)"
)
_KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_FIELDS = ("Types", "URIs", "Suites", "Components", "Signed-By", "Trusted", "Check-Valid-Until")


def for_release(release: str, apt: Path = _APT, os_release: Path = Path("/etc/os-release")) -> list[Stanza]:
    """This machine's sources of Debian itself, their suites turned to *release*; the public ones if it has none.

    Sources of others (those whose suite is not named after this machine's release) are left out: a bare host has none.
    """
    system = os_release.read_text(encoding="utf-8")
    own = re.search(r"^VERSION_CODENAME=(\S+)", system, re.MULTILINE)
    if not own or not re.search(r"^ID=debian$", system, re.MULTILINE):
        return _public(release)
    found: list[Stanza] = []
    for stanza in _read(apt):
        suites = [suite for suite in stanza.get("Suites", "").split() if _is_of(suite, own[1])]
        if suites:
            turned = " ".join(release + suite.removeprefix(own[1]) for suite in suites)
            found.append({**stanza, "Suites": turned})
    return found or _public(release)


def text(stanzas: Iterable[Stanza]) -> str:
    """A deb822 .sources file."""
    return "\n".join("".join(f"{key}: {one[key]}\n" for key in _FIELDS if one.get(key)) for one in stanzas)


def keyrings(stanzas: Iterable[Stanza]) -> list[str]:
    """Key files named by the sources that a bare host does not have."""
    named = {one.get("Signed-By", "") for one in stanzas}
    return sorted(path for path in named if path.startswith("/") and path != _KEYRING)


def local_paths(stanzas: Iterable[Stanza]) -> Iterator[Path]:
    """Folders of this machine that hold packages (file: and copy: sources)."""
    for uri in (uri for one in stanzas for uri in one.get("URIs", "").split()):
        if uri.startswith(("file:", "copy:")):
            yield Path("/" + uri.partition(":")[2].lstrip("/"))


def _is_of(suite: str, codename: str) -> bool:
    return suite == codename or suite.startswith((f"{codename}-", f"{codename}/"))


def _public(release: str) -> list[Stanza]:
    common: Stanza = {"Types": "deb", "Components": "main", "Signed-By": _KEYRING}
    return [
        {**common, "URIs": "http://deb.debian.org/debian", "Suites": f"{release} {release}-updates"},
        {**common, "URIs": "http://deb.debian.org/debian-security", "Suites": f"{release}-security"},
    ]


def _read(apt: Path) -> Iterator[Stanza]:
    parts = apt / "sources.list.d"
    for path in (apt / "sources.list", *sorted(parts.glob("*.list"))):
        if path.is_file():
            yield from _one_line(path.read_text(encoding="utf-8", errors="replace"))
    for path in sorted(parts.glob("*.sources")):
        yield from _deb822(path.read_text(encoding="utf-8", errors="replace"))


def _one_line(content: str) -> Iterator[Stanza]:
    for line in content.splitlines():
        match = _ONE_LINE.fullmatch(line.partition("#")[0].strip())
        if not match:
            continue
        options = dict(option.split("=", 1) for option in (match["options"] or "").split() if "=" in option)
        yield {
            "Types": "deb",
            "URIs": match["uri"],
            "Suites": match["suite"],
            "Components": match["components"].strip(),
            "Signed-By": options.get("signed-by", ""),
            "Trusted": options.get("trusted", ""),
        }


def _deb822(content: str) -> Iterator[Stanza]:
    bare = "\n".join(line for line in content.splitlines() if not line.startswith("#"))
    for block in re.split(r"\n\s*\n", bare):
        stanza: dict[str, str] = {}
        last = ""
        for line in block.splitlines():
            if line[:1].isspace() and last:
                stanza[last] += f"\n{line}"
            elif ":" in line:
                last, _, value = line.partition(":")
                stanza[last] = value.strip()
        if "deb" in stanza.get("Types", "").split() and stanza.get("Enabled", "yes") != "no":
            yield {**stanza, "Types": "deb"}
