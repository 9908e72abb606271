"""Sabilulungan is tested where it stands, as Kota Bandung unless a test loads another region."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import support  # noqa: E402

support.prepare("sabilulungan")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

from django.conf import settings  # noqa: E402

assert settings.APP == "sabilulungan"  # read now, so that pytest-django finds them configured

pytest_plugins = ["plugin"]
