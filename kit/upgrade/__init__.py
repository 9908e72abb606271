"""Upgrades: a new render on branch ``kit``, merged by git into the region's ``main``; nobody's change is lost.

``state(repository)`` tells whether a tree may be deployed; ``drift(repository)`` what differs from its render.
"""

from kit.upgrade.drift import Drift, drift
from kit.upgrade.ending import abort, proceed
from kit.upgrade.guard import State, require_whole, state
from kit.upgrade.running import Report, preview, upgrade

__all__ = ["Drift", "Report", "State", "abort", "drift", "preview", "proceed", "require_whole", "state", "upgrade"]
