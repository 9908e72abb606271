"""Periodic commands every app has: the daily check of the audit chain and the mail that waits."""

import datetime as dt
import logging

from core import audit, notify, tasks

log = logging.getLogger(__name__)


@tasks.periodic("periksa_jejak_audit", hour=2)
def check_audit(day: dt.date) -> str:
    """Check the chain and note the result for the public page; breaks go to the log as errors."""
    found = audit.verify()
    for item in found:
        log.error("audit chain: %s", item.sentence)
    return f"{len(found)} breaks in {audit.head().seq} rows"


@tasks.periodic("kirim_ulang_surel", every=tasks.HOURLY)
def resend_mail(day: dt.date) -> str:
    """Send mail that waited for its next attempt."""
    sent, failed = notify.send_due()
    return f"{sent} sent, {failed} failed"
