"""Believable, wholly invented data for whichever region is loaded (hayu.md section 20)."""

from core.demo import DemoAccounts
from hayu.domain.demo.people import cast
from hayu.domain.demo.stories import tell
from hayu.models import Report

__all__ = ["load"]


def load(accounts: DemoAccounts) -> None:
    """Make the accounts and, once, about eighty reports in all states."""
    people = cast(accounts)
    if not Report.objects.exists():
        tell(people)
