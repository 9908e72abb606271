"""What must change on a server, part by part: the list `kit plan` shows and `kit setup` then does."""

from kit.deploy.hooks import AFTER
from kit.deploy.servers.desired import Desired, FileWanted
from kit.deploy.servers.survey import Found, instances

PARTS = ("base", "access", "database", "point", "release", "app", "web", "retire")
"""In the order in which they are done."""

RELOADED = {
    "base": ("systemd-journald", "systemd-sysctl"),
    "access": ("ssh", "nftables"),
    "database": ("postgresql",),
    "web": ("nginx",),
}
"""Services with marks, by the part that reloads them."""

_PART_OF = {service: part for part, services in RELOADED.items() for service in services}
_PART_OF |= {"apps": "app", "timers": "web", "live": "web"}
_BOOTSTRAP = ("python3", "zstd")
"""By the one Ansible works there, by the other app servers give each other a release."""

TIME_ZONE = "time zone"
CERTIFICATE = "certificate by ACME"

Differences = dict[str, list[str]]


def differences(desired: Desired, found: Found) -> Differences:
    """The items of each part that differ; no key for a part in which none does."""
    made: Differences = {part: [] for part in PARTS}
    packages = all_packages(desired)
    made["base"] += _system(desired, found, packages)
    for file in desired.files:
        if _differs(file, found, packages):
            made[part_of(file)].append(f"{'file' if file.content is not None else 'no file'} {file.path}")
    for part, services in RELOADED.items():
        made[part] += [f"service {name}" for name in services if _runs_other(desired, found, name)]
    made["database"] += _databases(desired, found)
    if desired.point and desired.point not in found.points and set(desired.databases) <= found.databases:
        made["point"].append(f"backup point before release {desired.point}")
    if desired.apps and desired.release not in found.releases:
        made["release"].append(f"release {desired.release}")
    for app in desired.apps:
        if _app_differs(desired, found, app):
            made["app"].append(f"app {app} release {desired.release}")
    made["web"] += _certificate(desired, found)
    made["retire"] += _afterwards(desired, found)
    for name in desired.services:
        if _is_down(found, name):
            made[part_of_unit(name)].append(f"unit {name}")
    made["web"] += [f"no unit {name}" for name in desired.idle if _is_up(found, name)]
    return {part: items for part, items in made.items() if items}


def all_packages(desired: Desired) -> tuple[str, ...]:
    """Debian packages the server has, those among them that the kit itself needs."""
    return (*_BOOTSTRAP, *desired.packages)


def part_of(file: FileWanted) -> str:
    """The part that puts a file in place."""
    return _PART_OF.get(file.service, "base")


def part_of_unit(name: str) -> str:
    """The part that enables and starts a unit."""
    return "web" if name.endswith(".timer") else _PART_OF.get(name.removesuffix(".service"), "base")


def _system(desired: Desired, found: Found, packages: tuple[str, ...]) -> list[str]:
    """What of packages, users and time zone differs."""
    made = [f"package {name}" for name in packages if name not in found.packages]
    made += [f"user {name}" for name in desired.users if name not in found.users]
    if desired.time_zone not in ("", found.time_zone):
        made.append(f"{TIME_ZONE} {desired.time_zone}")
    return made


def _certificate(desired: Desired, found: Found) -> list[str]:
    """Is there none of the ACME service's for these names, or does it end soon because renewals fail?"""
    if desired.acme is None:
        return []
    good = found.certificate_lasts and found.marks.get("acme") == desired.acme.digest
    return [] if good else [CERTIFICATE]


def _databases(desired: Desired, found: Found) -> list[str]:
    """Databases to make, and whether the passwords of their roles are set anew."""
    anew = desired.passwords and found.marks.get("passwords") != desired.passwords
    missing = [f"database {name}" for name in desired.databases if name not in found.databases]
    return [*missing, *(["passwords of the apps' roles"] if anew else [])]


def _afterwards(desired: Desired, found: Found) -> list[str]:
    """What comes once the release serves."""
    owed = AFTER in desired.hooks and found.marks.get(AFTER) != desired.release
    return [*([f"hook {AFTER}"] if owed else []), *(f"retire {name}" for name in outlived(desired, found))]


def outlived(desired: Desired, found: Found) -> list[str]:
    """Instances of the apps that are not of the release."""
    wanted = set(instances(desired.apps, desired.release))
    ours = tuple(f"kit-{app}@" for app in desired.apps)
    return sorted(name for name in found.instances - wanted if ours and name.startswith(ours))


def _differs(file: FileWanted, found: Found, packages: tuple[str, ...]) -> bool:
    """A file that is not to be there may also come with a package still to be installed; none of ours does."""
    there = found.files.get(file.path)
    if file.content is None:
        coming = file.service in packages and file.service not in found.packages
        return there is not None or (coming and not file.source)
    if there is None:
        return True
    return (there.mode, there.owner, there.digest) != (file.mode, f"root:{file.group}", file.digest)


def _runs_other(desired: Desired, found: Found, service: str) -> bool:
    """Must the service be started, or told of its files?"""
    if not desired.files_for(service):
        return False
    if found.marks.get(service) != desired.digest(service):
        return True
    return service == "nftables" and not found.firewall


def _is_down(found: Found, unit: str) -> bool:
    there = found.units.get(unit)
    return there is None or not there.enabled or (there.condition and not there.active)


def _is_up(found: Found, unit: str) -> bool:
    there = found.units.get(unit)
    return there is not None and (there.enabled or there.active)


def _app_differs(desired: Desired, found: Found, app: str) -> bool:
    if found.live.get(app) != desired.release or found.marks.get(f"app-{app}") != desired.digest("apps"):
        return True
    down = any(_is_down(found, unit) for unit in instances([app], desired.release))
    return down or found.health.get(app, {}).get("status") != "ok"
