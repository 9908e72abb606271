"""Region profiles: schema, official data, loading with line numbers, checking, resolving.

``load(path)`` gives a `Profile`; ``check(path)`` a `Report` of every fault. The schema is loaded with the first of
these names that is used: commands that need none of them start sooner.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kit.profile.checking import Report, check, from_values, load, load_moved, sample
    from kit.profile.faults import Fault, ProfileError
    from kit.profile.model import Profile

__all__ = ["Fault", "Profile", "ProfileError", "Report", "check", "from_values", "load", "load_moved", "sample"]

_MODULES = {"Fault": "faults", "ProfileError": "faults", "Profile": "model"}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'checking')}"), name)
