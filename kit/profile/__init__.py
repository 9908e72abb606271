"""Region profiles: schema, official data, loading with line numbers, checking, resolving.

``load(path)`` gives a `Profile`; ``check(path)`` a `Report` of every fault.
"""

from kit.profile.checking import Report, check, from_values, load, sample
from kit.profile.faults import Fault, ProfileError
from kit.profile.model import Profile

__all__ = ["Fault", "Profile", "ProfileError", "Report", "check", "from_values", "load", "sample"]
