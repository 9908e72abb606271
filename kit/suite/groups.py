"""The groups of tests: each is a few commands, and says what it cannot run without."""

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kit.lab import needs
from kit.paths import ROOT

APPS = ("core", "sabilulungan", "hayu", "erk")
NAMES = ("lint", "unit", "apps", "browser", "up", "lab")
_TEMPLATE = "{{cookiecutter.app}}"


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


def pytest(folder: str, *arguments: str) -> tuple[str, ...]:
    """A pytest run that names what it skipped. A settings file must not say -q as well: no closing line would come."""
    own = f"{folder}/pytest.ini"
    settings = ("-c", own) if (ROOT / own).is_file() else ()
    return python("pytest", "-q", "-rs", *settings, folder, *arguments)


def _lint() -> list[Step]:
    imports = {"PYTHONPATH": os.pathsep.join([str(ROOT), app_paths()])}
    bandit = (tool("bandit"), "-q", "-c", "pyproject.toml", "--severity-level=medium", "--confidence-level=medium")
    ansible = {"ANSIBLE_CONFIG": str(ROOT / "playbooks" / "ansible.cfg")}
    return [
        Step("lint", "ruff", (tool("ruff"), "check", ".")),
        Step("lint", "format", (tool("ruff"), "format", "--check", ".")),
        Step("lint", "mypy", python("mypy")),
        Step("lint", "imports", (tool("lint-imports"), "--no-cache"), imports),
        Step("lint", "templates", (tool("djlint"), "--lint", "--quiet", "templates")),
        Step("lint", "ansible", (tool("ansible-lint"), "--offline", "--profile", "production", "playbooks"), ansible),
        Step("lint", "bandit", (*bandit, "-r", "kit", "playbooks", "templates")),
    ]


def _apps() -> list[Step]:
    steps = []
    for app in APPS:
        command = pytest(f"tests/apps/{app}")
        steps.append(Step("apps", f"{app} on SQLite", command))
        steps.append(
            Step("apps", f"{app} on PostgreSQL", command, {"KIT_TEST_DATABASE": "postgresql"}, needs_postgresql=True)
        )
    return steps


def steps(groups: tuple[str, ...]) -> list[Step]:
    """The commands of the named groups, the longest first so that both cores are busy to the end."""
    no_browser = "" if chromium() else "no Chromium; as root: apt install chromium"
    every = [
        Step("lab", "hosts", pytest("tests/lab"), missing="; ".join(needs.missing())),
        Step("up", "from nothing", pytest("tests/up/test_from_nothing.py"), alone=True),
        Step("up", "kit up", pytest("tests/up", "--ignore=tests/up/test_from_nothing.py")),
        Step("browser", "pages", pytest("tests/browser"), missing=no_browser),
        *_apps(),
        Step("unit", "kit", pytest("tests/kit")),
        *_lint(),
    ]
    return [step for step in every if step.group in groups]
