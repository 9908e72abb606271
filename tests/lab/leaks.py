"""Where a region's secrets are, outside of their places: searched for as they are, with nothing left out."""

import subprocess
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from kit.deploy.servers import secrets
from kit.lab import Host
from tests.lab.servers import Region

_PLACES = ("/etc/kit/credentials/", "/etc/kit/tls/", "/run/credentials/")
_EVERYWHERE = """
export LC_ALL=C; umask 077; cat >/dev/shm/looked
find / /run /tmp /dev/shm -xdev -type f ! -path /dev/shm/looked -exec grep -lF -f /dev/shm/looked {} +
rm /dev/shm/looked
"""
_SECONDS = 1.0
"""Between two looks at the processes."""


def of(region: Region) -> dict[str, str]:
    """Every secret of the region by its name; of a private key its first line, which no other has."""
    kept = secrets.read(region.repository, _password(region)).reveal_all()
    return {
        name: value.splitlines()[1] if name.endswith(".key") else value
        for name, value in kept.items()
        if name.endswith(("_KEY", "_PASSWORD", ".key"))
    }


def found(region: Region, hosts: Sequence[Host], *said: str) -> list[str]:
    """Where a secret of the region, or the password of its vault, stands that has no place there.

    Looked through are what was *said*, every file of the region here, and every file, journal and process of *hosts*.
    """
    values = sorted({*of(region).values(), _password(region).read_text(encoding="utf-8").strip()})
    told = [f"said: {text[:60]!r}" for text in said if _names(values, text)]
    files = [path for path in region.folder.rglob("*") if path.is_file() and path != _password(region)]
    told += [str(path) for path in files if _names(values, path.read_bytes().decode(errors="replace"))]
    with ThreadPoolExecutor(len(hosts)) as pool:
        return told + [place for places in pool.map(lambda host: _on(host, values), hosts) for place in places]


def _on(host: Host, values: Sequence[str]) -> list[str]:
    looked = host.ssh("sudo", "sh", "-c", f"'{_EVERYWHERE}'", feed="".join(f"{one}\n" for one in values), timeout=300)
    assert looked.returncode == 0, looked.stderr
    told = [f"{host.name}:{path}" for path in looked.stdout.splitlines() if not path.startswith(_PLACES)]
    asked = (("sudo", "ps", "axeww"), ("sudo", "journalctl", "--no-pager"))
    naming = [" ".join(command) for command in asked if _names(values, host.ssh(*command, timeout=120).stdout)]
    return told + [f"{host.name}: {command}" for command in naming]


@contextmanager
def watched_processes(hosts: Sequence[Host]) -> Iterator[list[str]]:
    """Commands of all processes here and on *hosts*, there with their environments, again and again meanwhile."""
    seen: list[str] = []
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(_SECONDS):
            seen.append(subprocess.run(["ps", "axww"], capture_output=True, text=True, check=True).stdout)
            seen.extend(host.ssh("sudo", "ps", "axeww").stdout for host in hosts)

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield seen
    finally:
        ended.set()
        watching.join()


def _password(region: Region) -> Path:
    return region.folder / "config" / "kit" / "52.71.vault-pass"


def _names(values: Sequence[str], text: str) -> bool:
    return any(value in text for value in values)
