"""The forecast: what the templates as they stand here would meet in many regions' repositories, before a release.

The repositories may be anybody's: their settings, hooks, filters and attributes run nothing (`reading`), and each is
looked at in a process of its own with limits of time, memory and file size (`many`).
"""

from kit.upgrade.forecast.many import forecast
from kit.upgrade.forecast.outlook import Outlook
from kit.upgrade.forecast.sources import Place, places

__all__ = ["Outlook", "Place", "forecast", "places"]
