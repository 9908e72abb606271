"""The checks of `kit verify` from outside, one a file. A new file in this folder is a new check."""

import importlib
import pkgutil
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from kit.checks.result import Outcome, Report, Where, fault
from kit.checks.site import Site, SiteCheck, Unanswered


def checks() -> tuple[SiteCheck, ...]:
    """All checks of an app as a visitor meets it, by title."""
    found = [
        value
        for module in pkgutil.iter_modules(__path__)
        for value in vars(importlib.import_module(f"{__name__}.{module.name}")).values()
        if isinstance(value, SiteCheck) and value.key == module.name
    ]
    return tuple(sorted(found, key=lambda check: check.title))


def verify(sites: Sequence[Site]) -> Report:
    """Visit every site, several at once. A site that gives no answer to a check has a fault there."""
    began = time.monotonic()
    with ThreadPoolExecutor(max_workers=max(1, len(sites))) as pool:
        outcomes = [outcome for found in pool.map(_of_site, sites) for outcome in found]
    return Report(tuple(outcomes), (), time.monotonic() - began)


def _of_site(site: Site) -> list[Outcome]:
    return [_one(check, site) for check in checks()]


def _one(check: SiteCheck, site: Site) -> Outcome:
    try:
        result = check.run(site)
    except Unanswered as error:
        result = fault(str(error), "Visitors get no answer either.", f"kit status {site.region}", Where.HERE)
    return Outcome(check.key, check.title, "Visitors", site.app, result)
