"""The APBD of a year, recorded once by the budget team."""

from typing import Any

from django.db import IntegrityError, transaction

from core import audit
from core.errors import Fault, Refused
from core.models import User
from sabilulungan.enums import Role
from sabilulungan.models import EnactedBudget


def enact(user: User, **values: Any) -> EnactedBudget:
    """Record a year's APBD; Refused when the year has one."""
    try:
        with transaction.atomic():
            budget = EnactedBudget.objects.create(entered_by=user, **values)
            audit.record(budget, "catat_apbd", actor=user, role=Role.TAPD, note=budget.law)
    except IntegrityError:
        raise Refused(
            "APBD tahun ini sudah dicatat.", [Fault("budget_year", "APBD tahun anggaran ini sudah dicatat.")]
        ) from None
    return budget
