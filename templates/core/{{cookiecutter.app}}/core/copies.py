"""Copies of erased files on the other servers of an app: each server looks once an hour, while it answers requests.

Timers run on one server only, so this work hangs on the app itself. See core.shared.
"""

import datetime as dt
import logging
import time
from typing import Any

from django.db import DatabaseError

from core import files

LOOK_EVERY = 3600.0
"""Seconds between two looks of one process."""

_OVERLAP = dt.timedelta(days=1)
"""An erasure may be committed later than the time it carries; erasing a copy twice does no harm."""

log = logging.getLogger(__name__)
_upto = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_next = 0.0


def look(**_: Any) -> None:
    """Erase the copies this server still has of files that were erased, if the last look is an hour old.

    Comes after an answer was sent, so a database that is away only puts it off.
    """
    global _next, _upto  # noqa: PLW0603  one process, one look
    if time.monotonic() < _next:
        return
    _next = time.monotonic() + LOOK_EVERY
    try:
        _upto = max(_upto, files.drop_copies(_upto - _OVERLAP))
    except (DatabaseError, OSError) as error:
        log.warning("copies of erased files stay for an hour more: %s", error)
