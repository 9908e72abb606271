"""Sabilulungan is tested where it stands, as Kota Bandung unless a test loads another region."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import support

support.prepare("sabilulungan")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

from django.conf import settings  # noqa: E402

assert settings.APP == "sabilulungan"  # read now, so that pytest-django finds them configured

pytest_plugins = ["plugin"]


@pytest.fixture
def region_data(tmp_path, monkeypatch):
    """Return a function that replaces top-level keys of the region's data for this test."""
    from core import region

    def replace(**keys):
        whole = {**region.plain(region.region()), **keys}
        folder = tmp_path / "region"
        folder.mkdir(exist_ok=True)
        (folder / "region.json").write_text(json.dumps(whole), encoding="utf-8")
        for name in ("wilayah.csv", "holidays.csv"):
            source = region.find_file(name)
            if source and source.parent != folder:
                shutil.copy(source, folder / name)
        monkeypatch.setenv("KIT_REGION_DIRS", str(folder))
        region.forget()

    return replace
