"""Giving back: a region's own commit as a change of the templates, proved by rendering."""

from kit.upgrade.lift.lifting import Lifted, lift

__all__ = ["Lifted", "lift"]
