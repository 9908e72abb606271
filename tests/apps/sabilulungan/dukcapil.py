"""A double of the civil registry: it knows people, knows of deaths, writes names its own way, and keeps silent."""

from typing import ClassVar

from core.civil_registry import Found


class Dukcapil:
    """`people` is what it knows by NIK; for the NIK in `silent`, or for all when `down`, no answer comes in time."""

    people: ClassVar[dict[str, Found]] = {}
    silent: ClassVar[set[str]] = set()
    down: ClassVar[bool] = False
    asked: ClassVar[list[tuple[str, bool]]] = []
    """Each NIK that was sent, and whether a transaction was open meanwhile."""

    def look_up(self, nik: str) -> Found | None:
        """Answer as the registry does."""
        from django.db import connection

        Dukcapil.asked.append((nik, connection.in_atomic_block))
        if Dukcapil.down:
            raise ConnectionRefusedError("registry is down")
        if nik in Dukcapil.silent:
            raise TimeoutError("no answer within 5 seconds")
        return Dukcapil.people.get(nik)

    @classmethod
    def forget(cls) -> None:
        """Start anew."""
        cls.people, cls.silent, cls.asked, cls.down = {}, set(), [], False
