"""Hayu is tested where it stands, as Kota Bandung unless a test loads another region."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[2])]

import regions  # noqa: E402
import support  # noqa: E402

os.environ["KIT_REGION_DIRS"] = regions.BANDUNG
support.prepare("hayu")

from django.conf import settings  # noqa: E402

assert settings.APP == "hayu"  # read now, so that pytest-django finds them configured

pytest_plugins = ["plugin", "world"]


@pytest.fixture(autouse=True)
def _bandung_again() -> Iterator[None]:
    """Serve Kota Bandung again after a test that changed the region."""
    yield
    if os.environ["KIT_REGION_DIRS"] != regions.BANDUNG:
        regions.use(regions.BANDUNG)


@pytest.fixture
def sumbawa_barat(tmp_path: Path) -> None:
    """Serve Kabupaten Sumbawa Barat (WITA): another threshold, catalogue and number pattern."""
    regions.use(regions.sumbawa_barat(tmp_path / "region"))
