"""The checks of `kit doctor`, one a file. A new file in this folder is a new check."""

import importlib
import pkgutil

from kit.checks.check import RegionCheck, ServerCheck


def checks() -> tuple[tuple[ServerCheck, ...], tuple[RegionCheck, ...]]:
    """All checks of servers and all checks of the region, in the order they are shown."""
    found = [
        value
        for module in pkgutil.iter_modules(__path__)
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        if isinstance(value, ServerCheck | RegionCheck) and value.key == module.name
    ]
    servers = [one for one in found if isinstance(one, ServerCheck)]
    regions = [one for one in found if isinstance(one, RegionCheck)]
    return tuple(sorted(servers, key=_order)), tuple(sorted(regions, key=_order))


def _order(check: ServerCheck | RegionCheck) -> tuple[int, str]:
    groups = list(type(check.group))
    return groups.index(check.group), check.title
