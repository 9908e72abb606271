"""This machine's own settings a lab host takes over: package sources, pip, certificates, proxies, resolver.

A host that did not inherit them could not install anything where the machine reaches its packages in a way of its own.
"""

import configparser
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kit.errors import OutsideError
from kit.lab import sources
from kit.lab.commands import run

_CERTIFICATES = Path("/usr/local/share/ca-certificates")
_PROXIES = ("http_proxy", "https_proxy", "no_proxy", "ftp_proxy")
_RESOLVERS = (Path("/etc/resolv.conf"), Path("/run/systemd/resolve/resolv.conf"))
_SYSTEM = (Path("/etc/ssl"), Path("/usr"), Path("/bin"), Path("/proc"), Path("/dev"))
"""Paths every Debian host has of its own: never handed over."""
_TOP_LEVEL = 3
"""Parts of a path such as /srv/packages; its parent would be too much to hand over."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is written into a base image; two machines with equal settings make equal images."""

    sources: str
    """Text of a deb822 .sources file."""
    apt: str
    """Text of an apt.conf fragment: only how to acquire, nothing else."""
    pip: str
    """Text of a pip.conf, empty if this machine has no settings of its own."""
    environment: str
    """Lines for /etc/environment: proxies."""
    keyrings: Mapping[str, bytes] = field(default_factory=dict)
    """Files the sources are signed by, by their path."""
    certificates: Mapping[str, bytes] = field(default_factory=dict)
    """Own certificate authorities, by file name."""
    binds: tuple[Path, ...] = ()
    """Paths of this machine that sources or pip point to: hosts see them, read-only."""

    def digest(self) -> str:
        """Changes when the image has to be made anew."""
        total = hashlib.sha256()
        for text in (self.sources, self.apt, self.pip, self.environment):
            total.update(text.encode() + b"\0")
        for name, content in sorted({**self.keyrings, **self.certificates}.items()):
            total.update(name.encode() + b"\0" + content + b"\0")
        return total.hexdigest()


def of_this_machine(release: str) -> Settings:
    """The settings for a host of Debian *release*, such as ``trixie``."""
    stanzas = sources.for_release(release)
    pip = _pip(_pip_files(), os.environ)
    return Settings(
        sources=sources.text(stanzas),
        apt="".join(_acquire(run("apt-config", "dump").splitlines())),
        pip=_pip_text(pip),
        environment=_proxies(os.environ),
        keyrings={path: Path(path).read_bytes() for path in sources.keyrings(stanzas) if Path(path).is_file()},
        certificates={path.name: path.read_bytes() for path in sorted(_CERTIFICATES.rglob("*.crt"))},
        binds=tuple(_binds([*sources.local_paths(stanzas), *_local(pip.values())])),
    )


def resolver() -> str:
    """Text of a resolv.conf that also works from another network namespace."""
    for path in _RESOLVERS:
        if not path.is_file():
            continue
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        servers = [line.split()[1] for line in lines if line.startswith("nameserver ") and len(line.split()) > 1]
        if any(not server.startswith("127.") and server != "::1" for server in servers):
            unwanted = ("#", ";", "nameserver 127.", "nameserver ::1")
            kept = [line for line in lines if line and not line.startswith(unwanted)]
            return "\n".join(kept) + "\n"
    raise OutsideError(
        "no name server in /etc/resolv.conf that a lab host could reach (only this machine's own address). "
        "Put the address of the network's name server there."
    )


def _acquire(dump: Iterable[str]) -> Iterator[str]:
    """The lines of `apt-config dump` on how to fetch packages: proxies, languages, validity."""
    for line in dump:
        named = line.startswith("Acquire::") and not line.startswith(("Acquire::IndexTargets", "Acquire::Changelogs"))
        if named and not line.endswith(' "";'):
            yield line + "\n"


def _pip_files() -> list[Path]:
    """pip's configuration files of this machine, the weakest first."""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    shared = (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    files = [Path(folder) / "pip/pip.conf" for folder in shared]
    files += [Path("/etc/pip.conf"), Path.home() / ".pip/pip.conf", home / "pip/pip.conf"]
    named = os.environ.get("PIP_CONFIG_FILE")
    return [*files, Path(named)] if named else files


def _pip(files: Iterable[Path], environment: Mapping[str, str]) -> dict[str, str]:
    """pip's settings in effect; the environment wins, as it does in pip."""
    found: dict[str, str] = {}
    for path in files:
        parser = configparser.RawConfigParser()
        if path.is_file() and parser.read(path, encoding="utf-8"):
            for section in ("global", "install"):
                found.update(parser.items(section) if parser.has_section(section) else ())
    for name, value in sorted(environment.items()):
        if name.startswith("PIP_") and name != "PIP_CONFIG_FILE" and value:
            found[name.removeprefix("PIP_").lower().replace("_", "-")] = value
    return found


def _pip_text(values: Mapping[str, str]) -> str:
    lines = [f"{key} = {' '.join(value.split())}" for key, value in sorted(values.items())]
    return "[global]\n" + "\n".join(lines) + "\n" if lines else ""


def _local(values: Iterable[str]) -> Iterator[Path]:
    """Paths of this machine that *values* point to, plainly or as file: addresses.

    An index by file: address (…/simple) links to files beside it, so the folder around it is meant.
    """
    for word in (word for value in values for word in value.split()):
        path = Path(re.sub(r"^file:(//(localhost)?)?", "", word))
        if path.is_absolute() and path.exists():
            around = word.startswith("file:") and path.is_dir() and len(path.parts) > _TOP_LEVEL
            yield path.parent if around else path


def _binds(paths: Iterable[Path]) -> Iterator[Path]:
    """*paths* without repeats, without those inside another, without what each host has of its own."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        within = any(path.is_relative_to(other) for other in (*kept, *_SYSTEM))
        if not within:
            kept.append(path)
    yield from kept


def _proxies(environment: Mapping[str, str]) -> str:
    names = [name for proxy in _PROXIES for name in (proxy, proxy.upper()) if environment.get(name)]
    return "".join(f'{name}="{environment[name]}"\n' for name in names)
