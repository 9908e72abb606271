"""Pytest plugin of every app's run: a clock set to an office day, fast hashing, an audit table that can be emptied."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
import time_machine

import support

if TYPE_CHECKING:
    import pytest_django

OFFICE_DAY = dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC)
"""A Wednesday, 10 o'clock in western Indonesia: what a test says of "today" holds whenever the tests run."""


def pytest_configure(config: pytest.Config) -> None:
    """Set the clock, which goes on from there, and declare the marker of tests that only PostgreSQL can run."""
    clock = time_machine.travel(OFFICE_DAY)
    clock.start()
    config.add_cleanup(clock.stop)
    config.addinivalue_line("markers", "postgresql: what SQLite does not know; left to the run on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests of what SQLite does not know to the run on PostgreSQL, which every suite makes too."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return
    left = [item for item in items if item.get_closest_marker("postgresql")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(autouse=True)
def _test_settings(settings: object) -> None:
    """Hash quickly, keep mail in memory, serve static files by their own names."""
    hashers = "django.contrib.auth.hashers"
    settings.PASSWORD_HASHERS = [f"{hashers}.MD5PasswordHasher", f"{hashers}.Argon2PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="module")
def rows_of_file(django_db_setup: None, django_db_blocker: "pytest_django.DjangoDbBlocker") -> Iterator[None]:
    """Let a fixture of its scope make rows once for all tests of a file; they are gone at its end.

    Each test's own changes are taken back as ever. What it changes of an object it takes a deep copy of.
    """
    with support.rows_until_the_end(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _region_anew() -> Iterator[None]:
    """Forget cached region data after a test that switched it."""
    yield
    from core import region

    region.forget()


@pytest.fixture(autouse=True, scope="session")
def _audit_can_be_emptied() -> Iterator[None]:
    """Lift the audit triggers while a transactional test empties the tables, and only then."""
    from django.db import connection
    from django.test import TransactionTestCase

    from core import audit_triggers

    empty = TransactionTestCase._fixture_teardown

    def emptied(case: TransactionTestCase) -> None:
        audit_triggers.remove(connection)
        try:
            empty(case)
        finally:
            audit_triggers.install(connection)

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True, scope="session")
def _closing_a_file_keeps_the_connection() -> Iterator[None]:
    """Let a test close a response without closing the database connection its own transaction runs on."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def outside_a_transaction(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            close(connection)

    BaseDatabaseWrapper.close_if_unusable_or_obsolete = outside_a_transaction
    yield
    BaseDatabaseWrapper.close_if_unusable_or_obsolete = close
