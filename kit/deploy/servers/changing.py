"""Telling Ansible what to change: an inventory with everything each server needs, values as data."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from kit.deploy.ansible import Event, Servers, run_playbook, variables_file
from kit.deploy.servers.desired import Desired, FileWanted
from kit.deploy.servers.differences import CERTIFICATE, RELOADED, TIME_ZONE, Differences, part_of, part_of_unit
from kit.deploy.servers.hosts import Server
from kit.deploy.servers.secrets import PLACE
from kit.deploy.servers.wishes import ROLE_SECRET

_SYSTEMCTL = "/usr/bin/systemctl"
TELL: dict[str, tuple[str, ...]] = {
    "systemd-journald": (_SYSTEMCTL, "restart", "systemd-journald.service"),
    "systemd-sysctl": (_SYSTEMCTL, "restart", "systemd-sysctl.service"),
    "ssh": (_SYSTEMCTL, "reload", "ssh.service"),
    "nftables": ("/usr/sbin/nft", "-f", "/etc/nftables.conf"),
    "postgresql": (_SYSTEMCTL, "restart", "postgresql.service"),
    "nginx": (_SYSTEMCTL, "reload-or-restart", "nginx.service"),
}
"""How each service is made to read its files."""


@dataclass(frozen=True, slots=True)
class Work:
    """One server, what it should be, and what of it differs."""

    server: Server
    desired: Desired
    todo: Differences


def change(
    works: Sequence[Work],
    *,
    repository: Path,
    password: Path,
    archive: Path | None,
    run_dir: Path,
    control: Path,
    log: Path,
    verbosity: int,
    held: Sequence[int],
    on_event: Callable[[Event], None],
) -> None:
    """Change what differs on each server. Raises PlaybookFailed with the task and the host's own words."""
    inventory = write_inventory(works, run_dir / "inventory", control, archive)
    options = ["-e", f"@{repository / PLACE}", "--vault-password-file", str(password)]
    options += [f"-{'v' * verbosity}"] if verbosity else []
    run_playbook(
        "server.yml",
        {},
        run_dir=run_dir,
        log=log,
        on_event=on_event,
        servers=Servers(inventory, tuple(options), tuple(held)),
    )


def write_inventory(works: Sequence[Work], folder: Path, control: Path, archive: Path | None) -> Path:
    """Write the inventory into *folder* and return its file. It names secrets but holds none."""
    (folder / "host_vars").mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in (folder / "host_vars").iterdir():
        old.unlink()
    groups: dict[str, list[str]] = {"servers": [], "web": [], "db": [], "bare": []}
    for work in works:
        name = work.server.name
        groups["servers"].append(name)
        for role in work.server.roles:
            groups[role].append(name)
        if "package python3" in work.todo.get("base", ()):
            groups["bare"].append(name)
        values = {**work.server.variables(control), **variables(work, archive)}
        secret = {key: values.pop(key) for key in list(values) if key.endswith("_secrets")}
        text = variables_file(values) + yaml.safe_dump(secret)
        (folder / "host_vars" / f"{name}.yml").write_text(text, encoding="utf-8")
    file = folder / "hosts.yml"
    file.write_text(
        yaml.safe_dump({group: {"hosts": dict.fromkeys(names)} for group, names in groups.items()}), encoding="utf-8"
    )
    return file


def variables(work: Work, archive: Path | None) -> dict[str, Any]:
    """The roles' variables for one server."""
    desired = work.desired
    app_files = _entries(desired.files_for("apps"))
    return {
        "todo": list(work.todo),
        "base_packages": list(desired.packages),
        "base_files": _part_files(desired, "base"),
        "base_users_missing": any(item.startswith("user ") for item in work.todo.get("base", ())),
        "base_time_zone": desired.time_zone if f"{TIME_ZONE} {desired.time_zone}" in work.todo.get("base", ()) else "",
        "base_services": _services(desired, "base"),
        "base_units": _units(desired, "base"),
        "access_files": _part_files(desired, "access"),
        "access_services": _services(desired, "access"),
        "access_units": _units(desired, "access"),
        "access_marks": [f"/var/lib/kit/applied/{name}" for name in RELOADED["access"]],
        "database_files": _part_files(desired, "database"),
        "database_secrets": _TAKEN,
        "database_services": _services(desired, "database"),
        "database_units": _units(desired, "database"),
        "database_names": list(desired.databases),
        "database_password": ROLE_SECRET if desired.passwords else "",
        "database_digest": desired.passwords,
        "point_names": list(desired.databases),
        "point_wanted": bool(desired.point) and not {"point", "database"}.isdisjoint(work.todo),
        "point_release": desired.point,
        "hook_names": list(desired.hooks),
        "hook_release": desired.release,
        "hook_path": f"/opt/kit/releases/{desired.release}",
        "hook_apps": list(desired.apps),
        "hook_environment": {"KIT_WHERE": "server"},
        "hook_live": f"/opt/kit/live/{desired.apps[0]}" if desired.apps else "",
        "hook_before": f"/opt/kit/before/{desired.apps[0]}" if desired.apps else "",
        "code_release": desired.release,
        "code_archive": str(archive or ""),
        "code_apps": list(desired.apps),
        "code_files": app_files,
        "code_secrets": _TAKEN,
        "instance_apps": list(desired.apps),
        "instance_release": desired.release,
        "instance_files": app_files,
        "instance_secrets": _TAKEN,
        "instance_digest": desired.digest("apps"),
        "instance_migrates": desired.migrates,
        "instance_shares": desired.shares,
        "web_apps": list(desired.apps),
        "web_release": desired.release,
        "web_files": _part_files(desired, "web"),
        "web_secrets": _TAKEN,
        "web_services": _services(desired, "web"),
        "web_units": _units(desired, "web"),
        "web_acme": _acme(desired),
        "web_acme_used": desired.acme is not None,
        "web_acme_missing": CERTIFICATE in work.todo.get("web", ()),
        "web_idle": list(desired.idle),
    }


_TAKEN = "{{ kit_secrets }}"
"""The secrets come from the vault, opened by Ansible itself; the inventory only refers to them."""


def _acme(desired: Desired) -> dict[str, object]:
    return asdict(desired.acme) | {"digest": desired.acme.digest} if desired.acme else {}


def _units(desired: Desired, part: str) -> list[str]:
    return [name for name in desired.services if part_of_unit(name) == part]


def _part_files(desired: Desired, part: str) -> list[dict[str, str]]:
    return _entries([file for file in desired.files if part_of(file) == part])


def _entries(files: Sequence[FileWanted]) -> list[dict[str, str]]:
    entries = []
    for file in files:
        entry = {"path": file.path} | ({"source": file.source} if file.source else {})
        if file.secret:
            entry |= {"secret": file.secret, "mode": f"{file.mode:04o}", "group": file.group}
        elif file.content is not None:
            entry |= {"content": base64.b64encode(file.content).decode(), "mode": f"{file.mode:04o}"}
        entries.append(entry)
    return entries


def _services(desired: Desired, part: str) -> list[Mapping[str, object]]:
    return [
        {"name": name, "digest": desired.digest(name), "tell": list(TELL[name])}
        for name in RELOADED[part]
        if desired.files_for(name)
    ]
