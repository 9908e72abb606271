"""Log lines that one can read and nobody can forge: one line each, with the request number."""

import contextlib
import contextvars
import logging
from collections.abc import Iterator

_number: contextvars.ContextVar[str] = contextvars.ContextVar("request_number", default="-")


@contextlib.contextmanager
def request_number(number: str) -> Iterator[None]:
    """Mark every log line inside with the number of the request."""
    token = _number.set(number)
    try:
        yield
    finally:
        _number.reset(token)


class LineFormatter(logging.Formatter):
    """`2026-11-24T06:05:00+00:00 WARNING 1A2B3C4D hayu.web: sentence`; line breaks in a message are escaped."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(number)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback follows on lines of its own, indented."""
        record.number = _number.get()
        trace = record.exc_text or (self.formatException(record.exc_info) if record.exc_info else "")
        record.exc_info = record.exc_text = None
        line = super().format(record).replace("\r", "\\r").replace("\n", "\\n")
        return line + "".join(f"\n    {part}" for part in trace.splitlines())
