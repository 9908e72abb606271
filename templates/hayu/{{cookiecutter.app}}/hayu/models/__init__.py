"""Tables of Hayu: business reports and their inspections."""

from hayu.models.inspections import Inspection
from hayu.models.reports import Report

__all__ = ["Inspection", "Report"]
