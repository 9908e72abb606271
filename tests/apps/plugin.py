"""Pytest plugin of every app's run: fast hashing, plain static files, and an audit table that can be emptied."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _test_settings(settings: object) -> None:
    """Hash quickly, keep mail in memory, serve static files by their own names."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


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
    from django.core.signals import request_finished
    from django.db import close_old_connections

    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)
