"""Signs of fraud or error (hayu.md section 18): each check is a question to look into, never a verdict.

Guessing of codes and receipts is not listed here: it is stopped where it happens (hayu.domain.throttle).
"""

from hayu.domain.anomalies import businesses, office, papers
from hayu.domain.anomalies.signs import Sign

__all__ = ["CHECKS", "Sign", "found"]

CHECKS = (
    businesses.split, businesses.just_under, papers.reused_documents, papers.reused_photos, papers.far_visits,
    papers.tampered, office.clock_stopping, office.late_returns, office.new_faults, office.queue_jumping,
    office.speed, office.same_pair,
)  # fmt: skip


def found() -> list[Sign]:
    """Return what every check finds, in the order of the specification."""
    return [sign for check in CHECKS for sign in check()]
