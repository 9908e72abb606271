"""Ansible module: the running instances of the apps' releases."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import time
from pathlib import Path
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.kit_hosts import last_lines, mark_of, run, set_mark

DOCUMENTATION = """
module: kit_instance
short_description: Start, switch and retire releases of the apps.
description:
  - C(started) starts an instance of the release beside the one that serves, and waits until it is healthy.
    systemd reads its files before.
  - C(live) makes the release the one whose files nginx and the timers use; nginx itself is reloaded elsewhere.
  - C(alone) ends every other instance after its last requests, and removes releases that are not needed to go back.
options:
  state: {description: What is to be so., type: str, choices: [started, live, alone], required: true}
  apps: {description: The apps., type: list, elements: str, required: true}
  release: {description: The release., type: str, required: true}
  digest: {description: Of the files an instance reads when it starts., type: str, default: ""}
  patience: {description: Seconds an instance may take until it is healthy., type: int, default: 60}
  drain: {description: Seconds that requests under way may take., type: int, default: 2}
author: [The replication kit's contributors]
"""
RETURN = """
changes: {description: What was done., type: list, elements: str, returned: always}
"""

_ROOT = Path("/opt/kit")


class _Connection(http.client.HTTPConnection):
    """HTTP over a local socket."""

    def __init__(self, path: str) -> None:
        super().__init__("app", timeout=30)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def host_of(app: str) -> str:
    """The host name the app answers to."""
    for line in Path(f"/etc/kit/{app}.env").read_text(encoding="utf-8").splitlines():
        if line.startswith("ALLOWED_HOSTS="):
            return line.partition("=")[2].split(",")[0]
    return "localhost"


def health(app: str, release: str) -> dict[str, Any]:
    """What the instance says of itself; empty if it does not answer."""
    connection = _Connection(f"/run/kit/{app}-{release}.sock")
    try:
        connection.request("GET", "/healthz", headers={"Host": host_of(app), "X-Forwarded-Proto": "https"})
        answer = json.loads(connection.getresponse().read())
    except (OSError, ValueError, http.client.HTTPException):
        return {}
    else:
        return answer if isinstance(answer, dict) else {}
    finally:
        connection.close()


def is_active(unit: str) -> bool:
    """Does systemd run the unit?"""
    return run("systemctl", "is-active", "--quiet", "--", unit).returncode == 0


def fails_again(unit: str) -> bool:
    """Has the unit ended itself more than once, or for good?"""
    said = run("systemctl", "show", "--property=NRestarts,ActiveState", "--", unit).stdout
    state = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
    return state.get("ActiveState") == "failed" or int(state.get("NRestarts") or 0) > 1


def pointer(kind: str, app: str) -> Path:
    """The link that names an app's release: C(live) or C(before)."""
    return _ROOT / kind / app


def release_at(link: Path) -> str:
    """The release a link names, "" without one."""
    return link.readlink().name if link.is_symlink() else ""


def point(link: Path, release: str) -> None:
    """Make the link name the release, at once."""
    link.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    partial = link.with_name(f".{link.name}.kit")
    partial.unlink(missing_ok=True)
    partial.symlink_to(_ROOT / "releases" / release)
    partial.rename(link)


class Instances:
    """The work of the module for one set of parameters."""

    def __init__(self, module: AnsibleModule) -> None:
        self.module = module
        self.apps: list[str] = module.params["apps"]
        self.release: str = module.params["release"]
        self.digest: str = module.params["digest"]

    def started(self) -> list[str]:
        """Start what does not run, or runs with other files; wait for all."""
        todo = [app for app in self.apps if not self._runs(app)]
        if self.module.check_mode:
            return [f"app {app} release {self.release}" for app in todo]
        run("systemctl", "daemon-reload")
        for app in todo:
            unit = f"kit-{app}@{self.release}"
            run("systemctl", "start", f"{unit}.socket")
            run("systemctl", "restart", "--no-block", f"{unit}.service")
        for app in todo:
            self._wait(app)
            run("systemctl", "enable", f"kit-{app}@{self.release}.socket", f"kit-{app}@{self.release}.service")
            set_mark(f"app-{app}", self.digest)
        return [f"app {app} release {self.release}" for app in todo]

    def _runs(self, app: str) -> bool:
        unit = f"kit-{app}@{self.release}"
        if mark_of(f"app-{app}") != self.digest or release_at(pointer("live", app)) != self.release:
            return False
        up = is_active(f"{unit}.socket") and is_active(f"{unit}.service")
        return up and health(app, self.release).get("status") == "ok"

    def _wait(self, app: str) -> None:
        deadline = time.monotonic() + self.module.params["patience"]
        said: dict[str, Any] = {}
        while time.monotonic() < deadline:
            said = health(app, self.release)
            if said.get("status") == "ok":
                return
            if fails_again(f"kit-{app}@{self.release}.service"):
                break
            time.sleep(0.2)
        unit = f"kit-{app}@{self.release}.service"
        journal = run("journalctl", "--no-pager", "-n", "20", "-o", "cat", "-u", unit).stdout
        if release_at(pointer("live", app)) != self.release:
            run("systemctl", "disable", "--now", unit, unit.replace(".service", ".socket"))
        told = f" It says {json.dumps(said)}." if said else ""
        self.module.fail_json(
            msg=f"{app} of release {self.release} did not become healthy; what served before still serves.{told}",
            stderr=last_lines(journal),
        )

    def live(self) -> list[str]:
        """Point the links to the release."""
        todo = [app for app in self.apps if release_at(pointer("live", app)) != self.release]
        if not self.module.check_mode:
            for app in todo:
                old = release_at(pointer("live", app))
                if old:
                    point(pointer("before", app), old)
                point(pointer("live", app), self.release)
        return [f"live {app}" for app in todo]

    def alone(self) -> list[str]:
        """End other instances, remove old releases."""
        wanted = {f"kit-{app}@{self.release}.{kind}" for app in self.apps for kind in ("socket", "service")}
        patterns = [f"kit-{app}@*.{kind}" for app in self.apps for kind in ("socket", "service")]
        listed = run("systemctl", "list-units", "--plain", "--no-legend", "--all", *patterns).stdout
        others = sorted({line.split()[0] for line in listed.splitlines()} - wanted)
        keep = {self.release} | {release_at(pointer(kind, app)) for kind in ("live", "before") for app in self.apps}
        releases = _ROOT / "releases"
        old = [path for path in releases.iterdir() if path.name not in keep] if releases.is_dir() else []
        if not self.module.check_mode:
            if others:
                time.sleep(self.module.params["drain"])
                run("systemctl", "disable", "--now", *others)
                run("systemctl", "reset-failed", *others)
            for path in old:
                shutil.rmtree(path, ignore_errors=True)
        return [f"retire {unit}" for unit in others] + [f"remove {path.name}" for path in old]


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "state": {"type": "str", "choices": ["started", "live", "alone"], "required": True},
            "apps": {"type": "list", "elements": "str", "required": True},
            "release": {"type": "str", "required": True},
            "digest": {"type": "str", "default": ""},
            "patience": {"type": "int", "default": 60},
            "drain": {"type": "int", "default": 2},
        },
        supports_check_mode=True,
    )
    work = Instances(module)
    changes = {"started": work.started, "live": work.live, "alone": work.alone}[module.params["state"]]()
    module.exit_json(changed=bool(changes), changes=changes)


if __name__ == "__main__":
    main()
