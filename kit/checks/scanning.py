"""Which ports of a server can be reached from here."""

import socket
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

_SECONDS = 1.5
_AT_ONCE = 96
USUAL = (
    21, 22, 23, 25, 53, 80, 110, 111, 135, 139, 143, 179, 389, 443, 445, 465, 514, 587, 631, 636, 873, 993, 995,
    1080, 1433, 1521, 2049, 2222, 2375, 2376, 2379, 3000, 3128, 3306, 3389, 4369, 5000, 5432, 5433, 5672, 5900,
    5984, 6379, 6432, 6443, 7000, 8000, 8008, 8080, 8081, 8443, 8888, 9000, 9090, 9092, 9100, 9187, 9200, 9300,
    10000, 10250, 11211, 15672, 25672, 27017, 50000,
)  # fmt: skip
"""Where services usually listen that must not be reached."""


def scan(address: str, ports: Iterable[int], *, but: int) -> frozenset[int]:
    """The open ones among *ports*, and *but*.

    *but*: the port the server is entered by. It is open, and newer SSH servers shut out for a while who connects
    and does not log in.
    """
    tried = sorted({*ports} - {but})
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda port: _is_open(address, port), tried)
        return frozenset({but, *(port for port, yes in zip(tried, answers, strict=True) if yes)})


def _is_open(address: str, port: int) -> bool:
    try:
        with socket.create_connection((address, port), timeout=_SECONDS):
            return True
    except OSError:
        return False
