"""Shared tables: people and roles, the audit chain, files, notifications, counters."""

from core.models.accounts import RoleAssignment, User
from core.models.audit import AuditEntry, AuditHead
from core.models.cases import Case
from core.models.counters import Counter
from core.models.files import SharedFile, StoredFile
from core.models.notifications import Notification
from core.models.runs import PeriodicRun

__all__ = [
    "AuditEntry",
    "AuditHead",
    "Case",
    "Counter",
    "Notification",
    "PeriodicRun",
    "RoleAssignment",
    "SharedFile",
    "StoredFile",
    "User",
]
