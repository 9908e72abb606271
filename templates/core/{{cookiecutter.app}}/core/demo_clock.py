"""A clock for demo data: acts of the past are done through the same machine, each at its own time.

Only the demo loaders use it, and only installations started with DEMO_MODE=yes have it.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.conf import settings


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let `core.dates.now()` and Django's own clock say `moment` (aware) inside the block.

    Raises RuntimeError outside a demo installation: real records carry the server's time.
    """
    if not settings.DEMO_MODE:
        raise RuntimeError("The demo clock runs only with DEMO_MODE=yes.")
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield
