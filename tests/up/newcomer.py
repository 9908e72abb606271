"""A newcomer: an ordinary user with an empty home and a fresh copy of the project, on this very machine."""

import json
import os
import shutil
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

from kit.paths import ROOT

NOBODY = 65534
WHOLE = bool(os.environ.get("CI") or os.environ.get("KIT_UP_FULL"))  # else a sample, for a run at a desk
DESK = "only with CI or KIT_UP_FULL=1: one more region from nothing"
AGAIN = "only with CI or KIT_UP_FULL=1: one more start of three apps"
APPS = ("sabilulungan", "hayu", "erk")
_PASSED_ON = ("PIP_", "SSL_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy")


class Newcomer:
    """Types commands. Root becomes nobody, so that nothing can rest on root's rights."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.clone = base / "my kit (copy)"
        self.home = base / "home"
        self.home.mkdir()
        self.user = NOBODY if os.geteuid() == 0 else None
        names = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.split(b"\0")
        for name in filter(None, map(os.fsdecode, names)):
            if (ROOT / name).is_file():
                (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.clone / name)
        self.own()

    def own(self) -> None:
        """Give everything to the newcomer."""
        if self.user is not None:
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(self.base)], check=True)

    @property
    def environment(self) -> dict[str, str]:
        """An empty home, the system's programs, and the machine's way to the package index."""
        passed = {name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)}
        return passed | {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8"}

    def start(self, *arguments: str, **environment: str) -> "subprocess.Popen[str]":
        """Type `kitw ARGUMENTS` in some other directory; do not wait."""
        return subprocess.Popen(
            [str(self.clone / "kitw"), *arguments],
            cwd="/",
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
            start_new_session=True,
        )

    def type(self, *arguments: str, expect: int = 0, **environment: str) -> str:
        """Type `kitw ARGUMENTS`, wait, return what was printed."""
        process = self.start(*arguments, **environment)
        said, _ = process.communicate(timeout=300)
        assert process.returncode == expect, said
        return said

    def state(self, name: str = "32.73-kota-bandung") -> Path:
        """A region's state."""
        return self.clone / "var" / name

    def urls(self, name: str = "32.73-kota-bandung", base: Path | None = None) -> dict[str, str]:
        """The addresses of a region that is up."""
        state = base / name if base else self.state(name)
        found: dict[str, str] = json.loads((state / "run" / "lock").read_text())["urls"]
        return found


def wait_for(process: "subprocess.Popen[str]", text: str, seconds: float = 120) -> str:
    """Read what a command prints until *text* is in it."""
    said = ""
    deadline = time.monotonic() + seconds
    assert process.stdout
    while time.monotonic() < deadline:
        line = process.stdout.readline()
        said += line
        if text in line:
            return said
        if not line and process.poll() is not None:
            break
    raise AssertionError(f"{text!r} was not printed:\n{said}")


def get(url: str) -> tuple[int, str]:
    """Status and text of a page."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        return int(answer.status), answer.read().decode()


def healthy(newcomer: Newcomer, name: str = "32.73-kota-bandung") -> None:
    """All three apps of a region that is up answer their health check and their front page."""
    urls = newcomer.urls(name)
    assert set(urls) == set(APPS)
    for url in urls.values():
        assert get(f"{url}/healthz")[0] == 200
        assert get(url)[0] == 200


def rest(process: "subprocess.Popen[str]") -> str:
    """What a command still prints until it ends. (`communicate` would lose what is buffered already.)"""
    assert process.stdout
    with process.stdout as out:
        said = out.read()
    process.wait(timeout=60)
    return said


def interrupt(process: "subprocess.Popen[str]", number: signal.Signals = signal.SIGINT) -> str:
    """Send a signal and return the last words."""
    process.send_signal(number)
    return rest(process)
