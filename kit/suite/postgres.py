"""A private PostgreSQL for one test run: the system's binaries, a temporary directory, reached by a socket only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.errors import OutsideError

_BINARIES = Path("/usr/lib/postgresql")
_ROLE = "kit"
_SETTINGS = {"listen_addresses": "", "max_connections": "60", "timezone": "UTC"}
# A test database need not survive a power cut.
_FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def binaries() -> Path | None:
    """The newest PostgreSQL server on this machine."""
    found = [path.parent for path in _BINARIES.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


def why_missing() -> str:
    """Why there can be no server here; empty if there can."""
    if binaries() is None:
        return "no PostgreSQL server; as root: apt install postgresql"
    if os.geteuid() == 0 and _account() is None:
        return "PostgreSQL refuses to run as root, and there is no account postgres"
    return ""


def _account() -> pwd.struct_passwd | None:
    """The account the server runs under when the caller is root."""
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _run(command: list[str], folder: Path) -> None:
    account = _account() if os.geteuid() == 0 else None
    done = subprocess.run(
        command,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"},
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OutsideError(f"{Path(command[0]).name} failed:\n{(done.stderr or done.stdout).strip()}")


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Run a server; give the address of its databases, `{app}` for the name. It is gone afterwards, with its data.

    *durable*: every commit waits for the disk, as on a region's server; for measurements.
    """
    programs = binaries()
    if programs is None:
        raise OutsideError(why_missing())
    folder = Path(tempfile.mkdtemp(prefix="kit-pg-"))
    try:
        account = _account() if os.geteuid() == 0 else None
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
        data = folder / "data"
        init = [str(programs / "initdb"), "-D", str(data), "-U", _ROLE, "-A", "trust", "-E", "UTF8", "--no-sync"]
        _run([*init, "--locale=C.UTF-8"], folder)
        settings = _SETTINGS if durable else _SETTINGS | _FORGETFUL
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        control = [str(programs / "pg_ctl"), "-D", str(data), "-w", "-t", "30"]
        _run([*control, "-l", str(folder / "log"), "-o", f"-k {folder} {options}", "start"], folder)
        try:
            yield f"postgresql://{_ROLE}@/{{app}}?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
