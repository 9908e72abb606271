"""Recording what a version is: the tree of one region, and each app's database with invented data.

`python -m kit.suite.recording FOLDER [--baseline]` records the version as it stands; `kit release` runs it. The records
are what later versions are upgraded from, in `tests/releases`.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from kit import __version__
from kit.errors import KitError
from kit.profile.store import find
from kit.render.region import Renderer
from kit.suite import postgres
from kit.suite.releases import RECORD, Release

APPS = ("sabilulungan", "hayu", "erk")
REGION = "52.71"
"""The region whose tree and data are recorded."""

BUNDLE = "tree.bundle"
_KEYS = {"SECRET_KEY": "recorded " * 8, "DATA_KEY": "invented " * 8}
"""Every record is made and read with the same keys, which guard nothing."""

_NOT_KNOWN_TO_ALL = (b"SET transaction_timeout", b"\\restrict", b"\\unrestrict")
"""Lines of a newer pg_dump that an older server refuses."""


_LAST = "select app, max(name) from django_migrations group by app"


def environment(tree: Path, app: str, database: str, state: Path) -> dict[str, str]:
    """What `manage.py` of an app in a rendered tree needs."""
    state.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "DATABASE_URL": database,
        "DEBUG": "yes",  # static files need not be collected then
        "DEMO_MODE": "yes",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "KIT_APP_ROOT": str(tree / "apps" / app),
        "KIT_STATE_DIR": str(state),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(tree / "apps" / "core"),
        **_KEYS,
    }


def manage(tree: Path, app: str, database: str, state: Path, *arguments: str) -> str:
    """Run `manage.py` of an app; return what it printed. Raises KitError with its words when it fails."""
    given = environment(tree, app, database, state)
    return _run([sys.executable, "manage.py", *arguments], cwd=tree / "apps" / app, env=given).decode()


def new_database(address: str, name: str) -> str:
    """Make an empty database on the server of *address*; return its address."""
    _run([*_program("createdb", address), name])
    return address.replace(urlsplit(address).path, f"/{name}", 1)


def restore(release: Release, app: str, address: str) -> None:
    """Fill the empty database at *address* with an app's data as that release had them."""
    text = gzip.decompress((release.folder / f"{app}.sql.gz").read_bytes())
    _run([*_program("psql", address), "-XqAt", "-v", "ON_ERROR_STOP=1", address], data=text)


def rows(address: str) -> dict[str, int]:
    """The number of rows of every table."""
    counted = "query_to_xml(format('select count(*) n from %I', relname), false, true, '')"
    tables = "from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"
    query = f"select relname, (xpath('//n/text()', {counted}))[1] {tables}"
    said = _run([*_program("psql", address), "-XqAt", address, "-c", query]).decode()
    return {name: int(count) for name, _, count in (line.partition("|") for line in said.splitlines())}


def leaves(address: str) -> dict[str, str]:
    """The last migration a database has had of core and of each of our apps it knows."""
    said = _run([*_program("psql", address), "-XqAt", address, "-c", _LAST]).decode()
    found = dict(line.split("|") for line in said.splitlines())
    return {app: name for app, name in found.items() if app in ("core", *APPS)}


def record(folder: Path, address: str, *, released: bool) -> None:
    """Record this version in *folder*, which appears only when it is complete; *address* is of a PostgreSQL server."""
    folder = folder.absolute()
    partial = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="kit-record-") as temporary:
        tree = Path(temporary, "tree")
        Renderer().render(find(REGION), tree)
        _run(["git", "-C", str(tree), "bundle", "create", "--quiet", str(partial / BUNDLE), "main", "kit"])

        def one(app: str) -> dict[str, str]:
            database, state = new_database(address, f"record_{app}"), Path(temporary, app)
            manage(tree, app, database, state, "migrate", "--noinput", "-v0")
            manage(tree, app, database, state, "demo")
            dump = _run([*_program("pg_dump", address), "--no-owner", "--no-privileges", database])
            lines = [line for line in dump.splitlines(keepends=True) if not line.startswith(_NOT_KNOWN_TO_ALL)]
            (partial / f"{app}.sql.gz").write_bytes(gzip.compress(b"".join(lines), 9, mtime=0))
            return leaves(database)

        with ThreadPoolExecutor(2) as pool:
            last = {label: name for found in pool.map(one, APPS) for label, name in found.items()}
    values = {"version": __version__, "released": released, "migrations": dict(sorted(last.items()))}
    (partial / RECORD).write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)


def _program(name: str, address: str) -> list[str]:
    """A program of PostgreSQL with the server of *address* named, where it does not take addresses itself."""
    folder = postgres.binaries()
    if folder is None:
        raise KitError(postgres.why_missing())
    parts = urlsplit(address)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    where = ["-h", host, "-U", parts.username or ""] if name == "createdb" else []
    return [str(folder / name), *where]


def _run(
    command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None, data: bytes | None = None
) -> bytes:
    done = subprocess.run(command, cwd=cwd, env=env, input=data, capture_output=True, check=False)
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise KitError(f"{Path(command[0]).name} {command[-1]} failed:\n{said[-4000:]}")
    return done.stdout


def main() -> int:
    """Record this version; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kit.suite.recording", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--baseline", action="store_true", help="not a release: only something to upgrade from")
    given = parser.parse_args()
    try:
        with postgres.server() as address:
            record(given.folder, address.replace("{app}", "postgres"), released=not given.baseline)
    except KitError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
