"""A region's apps on this machine: without root, on SQLite, with demo data."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kit.deploy.ansible import Event, run_playbook
from kit.deploy.hooks import AFTER, hooks_of
from kit.deploy.ports import HOST
from kit.deploy.processes import MARK
from kit.deploy.state import State

_PATH = "/usr/local/bin:/usr/bin:/bin"


@dataclass(frozen=True, slots=True)
class Service:
    """One app as it is to be run: where, with what, on which port."""

    app: str
    port: int
    directory: Path
    python: Path
    environment: Mapping[str, str]
    log: Path

    @property
    def url(self) -> str:
        """Where a browser on this machine finds the app."""
        return base_url(self.port)


def base_url(port: int) -> str:
    """The address of an app on *port*. A name, not a number: cookies and links are made for it."""
    return f"http://localhost:{port}"


def environment(state: State, app: str, port: int) -> dict[str, str]:
    """The whole environment of an app; nothing is inherited from the caller. Keys are named by their files."""
    home = state.app(app)
    return {
        "ALLOWED_HOSTS": f"localhost,{HOST}",
        "BASE_URL": base_url(port),
        "DATABASE_URL": f"sqlite:///{quote(str(home / 'db.sqlite3'))}",
        "DATA_KEY_FILE": str(home / "secrets" / "DATA_KEY"),
        "DEMO_MODE": "yes",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HOME": str(home),
        "KIT_STATE_DIR": str(home),
        "LC_ALL": "C.UTF-8",
        MARK: str(state.root),
        "PATH": _PATH,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        "SECRET_KEY_FILE": str(home / "secrets" / "SECRET_KEY"),
        "SERVE_STATIC": "yes",
    }


def base_python() -> str:
    """The interpreter that .venv was made with: it outlives .venv and its path needs no quoting on a usual machine."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def variables(state: State, repository: Path, ports: Mapping[str, int]) -> dict[str, object]:
    """What playbooks/embedded.yml is given: paths and the apps' names, nothing else of the profile."""
    return {
        "ansible_python_interpreter": base_python(),
        "release_source": str(repository),
        "release_root": str(state.releases),
        "release_apps": list(ports),
        "release_python": base_python(),
        "release_shared_venvs": str(state.venvs),
        "release_compile": False,
        "app_names": list(ports),
        "app_state": str(state.root),
        "app_environment": {app: environment(state, app, port) for app, port in ports.items()},
        "app_demo": True,
        "hook_names": list(hooks_of(repository)),
        **_hook_variables(state, ports),
    }


def _hook_variables(state: State, ports: Mapping[str, int]) -> dict[str, object]:
    """What a hook's role is given on this machine."""
    urls = {f"KIT_URL_{app.upper()}": base_url(port) for app, port in ports.items()}
    return {
        "hook_apps": list(ports),
        "hook_marks": str(state.root / "hooks"),
        "hook_environment": {"KIT_WHERE": "embedded", "KIT_STATE": str(state.root), **urls},
    }


def prepare(
    state: State, repository: Path, ports: Mapping[str, int], on_event: Callable[[Event], None]
) -> tuple[Service, ...]:
    """Bring this machine to where the apps of *repository* can be started; return them.

    Raises PlaybookFailed; whatever was served before is left as it was.
    """
    facts = run_playbook(
        "embedded.yml",
        variables(state, repository, ports),
        run_dir=state.lock.parent,
        log=state.log("ansible"),
        on_event=on_event,
        mark=str(state.root),
    )
    release, python = Path(facts["release_path"]), Path(facts["release_venv"]) / "bin" / "python"
    return tuple(
        Service(
            app,
            port,
            release / "apps" / app,
            python,
            environment(state, app, port) | {"STATIC_ROOT": str(release / "static" / app)},
            state.log(app),
        )
        for app, port in ports.items()
    )


def finish(state: State, services: Sequence[Service]) -> None:
    """Run what the region wants once the apps serve, once a release. Raises PlaybookFailed with its words."""
    release = services[0].directory.parent.parent
    if AFTER not in hooks_of(release):
        return
    values = _hook_variables(state, {service.app: service.port for service in services})
    run_playbook(
        "embedded_after.yml",
        {
            "ansible_python_interpreter": base_python(),
            "hook_release": release.name,
            "hook_path": str(release),
            **values,
        },
        run_dir=state.lock.parent,
        log=state.log("ansible"),
        on_event=lambda _event: None,
        mark=str(state.root),
    )
