"""Render a region and start one of its apps as a deployment would: own process, SQLite, demo data, static files."""

import email
import email.policy
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
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = "{{cookiecutter.app}}"
GAYA = ROOT / "tests/browser/gaya"
CLOCK = ROOT / "tests/browser/clock"
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
    """A running app: its name, address, demo accounts, and the folder where it leaves its mail."""

    app: str
    url: str
    accounts: tuple[Account, ...]
    mail: Path

    def account(self, role: str) -> Account:
        """Return the first account of a role."""
        return next(account for account in self.accounts if account.role == role)

    def named(self, username: str) -> Account:
        """Return the account of this user name."""
        return next(account for account in self.accounts if account.username == username)

    def letter_to(self, address: str) -> str:
        """Return the newest mail to an address, as plain text; an empty text when there is none."""
        letters = sorted(self.mail.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
        texts = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in letters)
        for letter in texts:
            if address in str(letter["To"]):
                body = letter.get_body(("plain",))
                return str(body.get_content()) if body else ""
        return ""


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


@dataclass(frozen=True)
class Deployment:
    """An app with its own folder of state, ready to be served, at the present or at a moment of the story's own."""

    app: str
    root: Path
    env: dict[str, str]
    accounts: tuple[Account, ...]

    def at(self, moment: str) -> "Deployment":
        """Return the same deployment at a moment, as `2026-12-09T03:00Z`; time goes on from there."""
        path = os.pathsep.join([str(CLOCK), self.env["PYTHONPATH"].removeprefix(f"{CLOCK}{os.pathsep}")])
        return replace(self, env=self.env | {"PYTHONPATH": path, "KIT_TEST_MOMENT": moment})

    def manage(self, *words: str) -> None:
        """Run `manage.py WORDS`. Raises RuntimeError with its output when it fails."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=self.root, env=self.env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{self.app}: manage.py {' '.join(words)} failed:\n{done.stdout}{done.stderr}")

    @contextmanager
    def served(self) -> Iterator[Site]:
        """Serve it until the block ends. Raises RuntimeError with the log when it does not start."""
        state = Path(self.env["KIT_STATE_DIR"])
        url = self.env["BASE_URL"]
        command = [sys.executable, "-m", "gunicorn", "-b", url.removeprefix("http://"), "--threads", "4", "config.wsgi"]
        with (state / "server.log").open("ab") as log:
            process = subprocess.Popen(command, cwd=self.root, env=self.env, stdout=log, stderr=log)
            try:
                site = Site(self.app, url, self.accounts, state / "mail")
                _wait(site, process, state / "server.log")
                yield site
            finally:
                process.terminate()
                process.wait(timeout=20)


@contextmanager
def deployed(app: str, moment: str = "") -> Iterator[Deployment]:
    """Render, migrate and fill an app with demo data in a folder that is gone when the block ends."""
    with tempfile.TemporaryDirectory(prefix=f"kit-browser-{app}-") as folder:
        state = Path(folder)
        rendered = render(state / "repository")
        root = GAYA if app == "gaya" else rendered / app
        new = Deployment(app, root, environment(root, rendered, state, _free_port()), ())
        new = new.at(moment) if moment else new
        new.manage("migrate", "-v0")
        new.manage("collectstatic", "-v0", "--noinput")
        new.manage("demo", "--accounts", f"{state}/accounts.json")
        accounts = (
            Account(**{key: row[key] for key in ("role", "full_name", "username", "password", "scope")})
            for row in json.loads((state / "accounts.json").read_text(encoding="utf-8"))
        )
        yield replace(new, accounts=tuple(accounts))


@contextmanager
def running(app: str) -> Iterator[Site]:
    """Serve `app` on a free port until the block ends. Raises RuntimeError with the log when it does not start."""
    with deployed(app) as new, new.served() as site:
        yield site


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
