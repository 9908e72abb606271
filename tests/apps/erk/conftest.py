"""E-RK is tested where it stands, as Kota Bandung unless a test loads another region."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[3])]
sys.path.insert(0, str(Path(__file__).resolve().parent))

import regions  # noqa: E402
import support  # noqa: E402

BANDUNG = regions.write(regions.BANDUNG)
os.environ["KIT_REGION_DIRS"] = str(BANDUNG)
support.prepare("erk")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

from django.conf import settings  # noqa: E402

assert settings.APP == "erk"  # read now, so that pytest-django finds them configured

pytest_plugins = ["plugin", "world"]


@pytest.fixture(autouse=True)
def _bandung_again() -> Iterator[None]:
    """Serve Kota Bandung again after a test that changed region or rules."""
    yield
    if os.environ["KIT_REGION_DIRS"] != str(BANDUNG):
        regions.use(BANDUNG)


@pytest.fixture
def sumbawa_barat(tmp_path: Path) -> Path:
    """Serve Kabupaten Sumbawa Barat (WITA)."""
    directory = regions.write(regions.SUMBAWA_BARAT, tmp_path / "region")
    regions.use(directory)
    return directory
