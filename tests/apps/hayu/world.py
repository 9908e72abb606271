"""Fixtures of the pages and acts of Hayu."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _files_aside(settings, tmp_path: Path) -> None:
    """Keep stored files of a test in its own directory, and the rate limit in memory."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }


@pytest.fixture
def world(db):
    """Return one account for each role, and the way to any state."""
    from build import World

    return World()


@pytest.fixture
def office(db):
    """Return the officers of lane IZIN, and the way to any state of an application."""
    from office import Office

    return Office()
