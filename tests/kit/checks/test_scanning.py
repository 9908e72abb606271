"""Which ports can be reached: tried on the loopback address."""

import socket

from kit.checks.scanning import USUAL, scan


def test_open_ports_are_found_and_the_way_in_is_not_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as open_one, socket.create_server(("127.0.0.1", 0)) as way_in:
        port, entry = open_one.getsockname()[1], way_in.getsockname()[1]
        assert {port, entry} <= scan("127.0.0.1", {*USUAL, port, entry}, but=entry)
        way_in.setblocking(False)
        try:
            way_in.accept()
        except BlockingIOError:
            return
    raise AssertionError("the way in was tried")


def test_a_closed_port_is_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert port not in scan("127.0.0.1", {port}, but=22)
