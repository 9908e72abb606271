"""What the tests of pages share: a clock and a way in."""

import pytest
import time_machine

import build


@pytest.fixture
def clock():
    """Stay on a working day of the open window."""
    with time_machine.travel(build.OPEN_DAY, tick=False) as moved:
        yield moved


@pytest.fixture
def sign_in(client):
    """Return a function that signs a person in."""

    def enter(user):
        client.force_login(user)
        return client

    return enter
