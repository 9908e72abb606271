"""Putting a copy of a rendered tree that was made by hand under the kit, as what it was rendered from."""

from kit.upgrade.adopt.taking import Adopted, adopt

__all__ = ["Adopted", "adopt"]
