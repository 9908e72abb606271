"""Facts for tests: those of a healthy server, and what is changed to make it ill."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from kit.checks.facts import Facts, parse
from kit.checks.target import Endpoint, Server, Target

NOW = 1795574288
"""What the healthy server's clock says."""

SERVER = Server("web1", "10.10.0.21", "admin")
OTHER = Server("db1", "10.10.0.22", "admin")
TARGET = Target(
    "kota-mataram",
    (SERVER,),
    names=("hayu.example.go.id",),
    time_zone="Asia/Makassar",
    smtp=Endpoint("mail.example.go.id", 587),
    backup=Endpoint("nas.example.go.id", 22),
)


@cache
def healthy_sections() -> dict[str, str]:
    """What the probe printed on a healthy server."""
    return parse((Path(__file__).parent / "healthy.txt").read_text(encoding="utf-8"))


def healthy() -> Facts:
    """A bare virtual machine with Debian 13, fit to be set up."""
    return Facts(TARGET, SERVER, sections=healthy_sections(), connect_seconds=0.01, asked_at=(NOW - 0.5, NOW + 1.5))


def ill(sections: dict[str, str | None], **changed: object) -> Facts:
    """The healthy server with other *sections* (None takes one away) and *changed* facts."""
    merged = {name: text for name, text in {**healthy_sections(), **sections}.items() if text is not None}
    return replace(healthy(), sections=merged, **changed)
