"""The groups of tests: each is a few commands, and says what it cannot run without."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kit.lab import needs
from kit.paths import ROOT

APPS = ("sabilulungan", "hayu", "erk", "core")
NAMES = ("lint", "unit", "apps", "browser", "up", "lab")
_TEMPLATE = "{{cookiecutter.app}}"
_ON_ONE_SERVER = ("access", "base", "judges", "setup", "status", "the_regions_own", "timers", "turns", "verify", "web")
"""Lab tests that share one server which was set up: those that compare it with others before those that deploy."""
_SLOWEST = ("--durations=20", "--durations-min=1")
_LONGEST_TEST = "--timeout=1800"  # seconds; one that hangs fails, with the place. The longest took 1000 on a slow day
_TWIN = "the same tests run on SQLite; `kit test apps` and CI run both"
_MEASURES = "it measures time, so nothing may run beside it; `kit test up` and CI run it"
_LATER = "a run of all groups leaves it to CI; `kit test apps` runs it"


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a group."""

    group: str
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict, hash=False)
    needs_postgresql: bool = False
    alone: bool = False
    """It measures time, so nothing may run beside it."""
    twin: str = ""
    """Why a run of all groups at a desk leaves it out."""
    missing: str = ""
    """Why it cannot run here; empty if it can."""


def python(*arguments: str) -> tuple[str, ...]:
    """A command of .venv's own Python."""
    return (sys.executable, "-P", "-m", *arguments)


def tool(name: str) -> str:
    """The path of a program in .venv."""
    return str(Path(sys.executable).parent / name)


def app_paths() -> str:
    """Where the apps' packages are, as a search path: for tools that look at all of them at once."""
    return os.pathsep.join(str(ROOT / "templates" / app / _TEMPLATE) for app in APPS)


def chromium() -> str | None:
    """The system's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest(folder: str, *arguments: str, only: Sequence[str] = ()) -> tuple[str, ...]:
    """A pytest run of *folder*, or of *only* these files in it, that names what it skipped.

    A settings file must not say -q as well: no closing line would come.
    """
    own = f"{folder}/pytest.ini"
    settings = ("-c", own) if (ROOT / own).is_file() else ()
    return python("pytest", "-q", "-rs", _LONGEST_TEST, *_SLOWEST, *settings, *(only or [folder]), *arguments)


def apart(command: tuple[str, ...]) -> tuple[str, ...]:
    """*command* on a network of its own: its loopback, and a link to nowhere.

    A browser cuts off what it loads whenever the machine's addresses change, as they do with each lab host; and one
    that finds no link but the loopback tells pages that it is offline.
    """
    link = "ip link set lo up && ip link add away type veth peer name nowhere && ip link set nowhere up"
    online = f'{link} && ip link set away up && ip address add 192.0.2.1/24 dev away && exec "$@"'
    return ("unshare", "--net", "sh", "-c", online, "sh", *command)


def _lint() -> list[Step]:
    imports = {"PYTHONPATH": os.pathsep.join([str(ROOT), app_paths()])}
    bandit = (tool("bandit"), "-q", "-c", "pyproject.toml", "--severity-level=medium", "--confidence-level=medium")
    ansible = {"ANSIBLE_CONFIG": str(ROOT / "playbooks" / "ansible.cfg")}
    return [
        Step("lint", "ruff", (tool("ruff"), "check", ".")),
        Step("lint", "format", (tool("ruff"), "format", "--check", ".")),
        Step("lint", "mypy", python("mypy")),
        Step("lint", "imports", (tool("lint-imports"), "--no-cache"), imports),
        Step("lint", "migrations", python("kit.suite.migrations")),
        Step("lint", "templates", (tool("djlint"), "--lint", "--quiet", "templates")),
        Step("lint", "ansible", (tool("ansible-lint"), "--offline", "--profile", "production", "playbooks"), ansible),
        Step("lint", "bandit", (*bandit, "-r", "kit", "playbooks", "templates")),
    ]


def _lab() -> list[Step]:
    """Everything on Debian 12, as two runs with labs of their own, and a bare Debian 13 to its second setup."""
    missing = "; ".join(needs.missing())
    standing = [f"tests/lab/test_{name}.py" for name in _ON_ONE_SERVER]
    others = pytest("tests/lab", *(f"--ignore={path}" for path in standing))
    setup = pytest("tests/lab", "-k", "not lost and not killed", only=["tests/lab/test_setup.py"])
    return [
        Step("lab", "one server", pytest("tests/lab", only=standing), missing=missing),
        Step("lab", "other servers", others, missing=missing),
        Step("lab", "setup on Debian 13", setup, {"KIT_TEST_RELEASE": "trixie"}, missing=missing),
    ]


def _apps() -> list[Step]:
    steps = []
    for app in APPS:
        command = pytest(f"tests/apps/{app}")
        other = {"KIT_TEST_DATABASE": "postgresql"}
        steps.append(Step("apps", f"{app} on SQLite", command))
        steps.append(Step("apps", f"{app} on PostgreSQL", command, other, needs_postgresql=True, twin=_TWIN))
    return steps


def _browser(*, alone: bool) -> list[Step]:
    """The apps' pages, in two runs so that no app is served twice; away from a lab unless it is *alone* here."""
    missing = "" if chromium() else "no Chromium; as root: apt install chromium"
    runs = {"hayu and erk": "hayu or erk", "the other pages": "not hayu and not erk"}
    commands = {name: pytest("tests/browser", "-k", which) for name, which in runs.items()}
    return [
        Step("browser", name, command if alone else apart(command), missing=missing)
        for name, command in commands.items()
    ]


def steps(groups: tuple[str, ...]) -> list[Step]:
    """The commands of the named groups, the longest first so that both cores are busy to the end."""
    apps, lab = _apps(), _lab()
    every = [
        *lab[:2],
        *_browser(alone=bool(lab[0].missing)),
        Step("up", "from nothing", pytest("tests/up/test_from_nothing.py"), alone=True, twin=_MEASURES),
        Step("up", "kit up", pytest("tests/up", "--ignore=tests/up/test_from_nothing.py")),
        *apps[:2],
        Step("unit", "kit", pytest("tests/kit")),
        *apps[2:],
        *lab[2:],
        Step("apps", "recorded versions on PostgreSQL", pytest("tests/releases"), needs_postgresql=True, twin=_LATER),
        *_lint(),
    ]
    return [step for step in every if step.group in groups]


def chosen(named: tuple[str, ...], no_postgresql: str, *, strict: bool) -> list[Step]:
    """The steps of a run: of the *named* groups, or of all. Those that cannot or need not run say why.

    *no_postgresql*: why there is no server, or empty. With *strict*, or for named groups, no twin is left out.
    """
    wanted = [replace(one, missing=no_postgresql) if one.needs_postgresql else one for one in steps(named or NAMES)]
    if strict or named:
        return wanted
    return [replace(one, missing=one.missing or one.twin) for one in wanted]
