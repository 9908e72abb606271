"""Render a region and start one of its apps as a deployment would: own process, SQLite, demo data, static files."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = "{{cookiecutter.app}}"
GAYA = ROOT / "tests/browser/gaya"
REGION = os.environ.get("KIT_BROWSER_REGION", "kota-bandung")
START_SECONDS = 90


@dataclass(frozen=True)
class Account:
    """A demo account, as `manage.py demo --accounts` wrote it."""

    role: str
    full_name: str
    username: str
    password: str
    scope: str = ""


@dataclass(frozen=True)
class Site:
    """A running app: its name, address, and demo accounts."""

    app: str
    url: str
    accounts: tuple[Account, ...]

    def account(self, role: str) -> Account:
        """Return the first account of a role."""
        return next(account for account in self.accounts if account.role == role)


def apps() -> list[str]:
    """Return the apps that can be served from this checkout."""
    return [app for app in ("sabilulungan", "hayu", "erk") if (ROOT / "templates" / app / TREE / "manage.py").is_file()]


def render(into: Path) -> Path:
    """Write the region's repository into a folder and return the folder of its apps."""
    command = [sys.executable, "-m", "kit", "render", REGION, "--into", str(into)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"kit render {REGION} failed:\n{done.stdout}{done.stderr}")
    return into / "apps"


def environment(root: Path, rendered: Path, state: Path, port: int) -> dict[str, str]:
    """Return the environment of the app's processes; nothing of the caller's but the path comes along."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(state),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(root), str(rendered / "core")]),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "KIT_APP_ROOT": str(root),
        "KIT_STATE_DIR": str(state),
        "KIT_REGION_DIRS": os.pathsep.join([str(rendered / "core/region"), str(root / "region")]),
        "SECRET_KEY": "only-for-browser-tests-" + "x" * 40,
        "DATA_KEY": "only-for-browser-tests-" + "y" * 40,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO_MODE": "yes",
        "SERVE_STATIC": "yes",
    }


@contextmanager
def running(app: str) -> Iterator[Site]:
    """Serve `app` on a free port until the block ends. Raises RuntimeError with the log when it does not start."""
    with tempfile.TemporaryDirectory(prefix=f"kit-browser-{app}-") as folder:
        state = Path(folder)
        rendered = render(state / "repository")
        root = GAYA if app == "gaya" else rendered / app
        port = _free_port()
        env = environment(root, rendered, state, port)
        for words in (
            ["migrate", "-v0"],
            ["collectstatic", "-v0", "--noinput"],
            ["demo", "--accounts", f"{state}/accounts.json"],
        ):
            _manage(root, env, *words)
        accounts = tuple(
            Account(**{key: row[key] for key in ("role", "full_name", "username", "password", "scope")})
            for row in json.loads((state / "accounts.json").read_text(encoding="utf-8"))
        )
        with (state / "server.log").open("wb") as log:
            command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "--threads", "4", "config.wsgi"]
            process = subprocess.Popen(command, cwd=root, env=env, stdout=log, stderr=log)
            try:
                site = Site(app, f"http://127.0.0.1:{port}", accounts)
                _wait(site, process, state / "server.log")
                yield site
            finally:
                process.terminate()
                process.wait(timeout=20)


def _manage(root: Path, env: dict[str, str], *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=root, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{root.name}: manage.py {' '.join(words)} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(site: Site, process: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.url}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{site.app} did not get healthy:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")
