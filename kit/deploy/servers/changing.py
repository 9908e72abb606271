"""Telling Ansible what to change: an inventory with everything each server needs, values as data."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from kit.deploy.ansible import Event, Servers, run_playbook, variables_file
from kit.deploy.servers.desired import Desired, FileWanted
from kit.deploy.servers.differences import (
    CERTIFICATE,
    RELOADED,
    TIME_ZONE,
    Differences,
    all_packages,
    part_of,
    part_of_unit,
)
from kit.deploy.servers.hosts import Server
from kit.deploy.servers.secrets import PLACE
from kit.deploy.servers.survey import Found
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

_WORTH_GIVING = 3
"""Bare servers of one kind. Two make theirs beside each other as fast, and nothing more passes the operator's link."""
_GIVEN = "given-{maker}.tar.zst"


@dataclass(frozen=True, slots=True)
class Work:
    """One server, what it should be, and what of it differs."""

    server: Server
    desired: Desired
    todo: Differences
    bare: str = ""
    """Its kind (see :func:`kind_if_bare`) if it holds no release yet."""


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
    clear(run_dir)
    options = ["-e", f"@{repository / PLACE}", "--vault-password-file", str(password)]
    options += [f"-{'v' * verbosity}"] if verbosity else []
    try:
        run_playbook(
            "server.yml",
            {},
            run_dir=run_dir,
            log=log,
            on_event=on_event,
            servers=Servers(inventory, tuple(options), tuple(held)),
        )
    finally:
        clear(run_dir)


def clear(run_dir: Path) -> None:
    """Remove the complete releases that servers gave each other, also those of a run that was killed."""
    for given in run_dir.glob(_GIVEN.format(maker="*")):
        given.unlink()


def kind_if_bare(found: Found) -> str:
    """System and architecture of a server that holds no release yet, "" of one that does."""
    return "" if found.releases else f"{found.platform.codename} {found.machine}"


def makers(works: Sequence[Work]) -> dict[str, str]:
    """Which server makes the release that each of these servers gets, by their names.

    Of three or more servers of one kind that hold no release yet, the first makes it and the others get it complete, so
    that the packages are fetched, installed and compiled once. A server that holds a release has its packages already.
    """
    kinds: dict[str, list[str]] = {}
    for work in works:
        if work.bare and "release" in work.todo:
            kinds.setdefault(work.bare, []).append(work.server.name)
    return {name: names[0] for names in kinds.values() if len(names) >= _WORTH_GIVING for name in names}


def write_inventory(works: Sequence[Work], folder: Path, control: Path, archive: Path | None) -> Path:
    """Write the inventory into *folder* and return its file. It names secrets but holds none."""
    (folder / "host_vars").mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in (folder / "host_vars").iterdir():
        old.unlink()
    made = makers(works)
    groups: dict[str, list[str]] = {"servers": [], "web": [], "db": [], "lacking": []}
    for work in works:
        name = work.server.name
        groups["servers"].append(name)
        for role in work.server.roles:
            groups[role].append(name)
        if any(item.startswith("package ") for item in work.todo.get("base", ())):
            groups["lacking"].append(name)
        values = {**work.server.variables(control), **variables(work, archive), **_giving(name, made, folder.parent)}
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
        "wanted_packages": list(all_packages(desired)),
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
        "instance_files": [] if "release" in work.todo else app_files,  # they come with the release
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


def _giving(name: str, made: Mapping[str, str], run_dir: Path) -> dict[str, object]:
    """Does the server make the release itself, do others get it from there, and where is it on the way?"""
    maker = made.get(name, name)
    return {
        "code_made_here": maker == name,
        "code_gives": name in made.values(),
        "code_given": str(run_dir / _GIVEN.format(maker=maker)),
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
