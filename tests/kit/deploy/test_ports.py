"""Ports: remembered, never shared by two regions, never taken from another program."""

import os
import socket
from collections.abc import Iterator

import pytest

from kit.deploy import ports
from kit.deploy.state import State
from kit.errors import KitError


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that this process listens on."""
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def free_run(count: int) -> int:
    """The first of *count* neighbouring ports that are free now."""
    for first in range(20000, 60000, 50):
        if all(ports.is_free(port) for port in range(first, first + count)):
            return first
    raise AssertionError("no free ports")


def test_ports_are_remembered(state: State) -> None:
    first = free_run(2)
    chosen, notes = ports.choose(state, ("hayu", "erk"), first)
    assert (chosen, notes) == ({"hayu": first, "erk": first + 1}, [])
    assert ports.choose(state, ("hayu", "erk")) == (chosen, [])


def test_two_regions_never_get_the_same_port(state: State) -> None:
    other = State(state.base, "52.71-kota-mataram")
    other.prepare(("hayu", "erk"))
    mine, _ = ports.choose(state, ("hayu", "erk"))
    theirs, _ = ports.choose(other, ("hayu", "erk"))
    assert not set(mine.values()) & set(theirs.values())
    assert ports.choose(state, ("hayu", "erk"))[0] == mine


def test_a_remembered_port_that_is_taken_is_replaced_and_told(state: State, taken: int) -> None:
    free = free_run(1)
    ports.write_json(state.ports, {"hayu": taken, "erk": free})
    chosen, notes = ports.choose(state, ("hayu", "erk"))
    assert chosen["erk"] == free
    assert chosen["hayu"] != taken
    assert len(notes) == 1
    assert f"Port {taken} of hayu is taken by python" in notes[0]
    assert f"(pid {os.getpid()})" in notes[0]


def test_a_wanted_port_that_is_taken_is_refused_and_nothing_is_remembered(state: State, taken: int) -> None:
    with pytest.raises(KitError, match=rf"Port {taken} for hayu is taken by .*pid {os.getpid()}"):
        ports.choose(state, ("hayu", "erk"), taken)
    assert not state.ports.exists()


def test_a_wanted_port_beyond_the_last_is_refused(state: State) -> None:
    with pytest.raises(KitError, match="Port 65536 for erk"):
        ports.choose(state, ("hayu", "erk"), 65535)


def test_a_damaged_memory_is_no_memory(state: State) -> None:
    state.ports.write_text('{"hayu": 81', encoding="utf-8")
    assert set(ports.choose(state, ("hayu",))[0]) == {"hayu"}


def test_listening_on_a_taken_port_is_a_sentence(taken: int) -> None:
    with pytest.raises(KitError, match=f"Port {taken} is taken by"):
        ports.listen(taken)
