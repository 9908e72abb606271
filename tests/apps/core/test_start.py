"""What each app loads before it serves its first page."""

import os
import subprocess
import sys

import pytest

from support import ROOT

SEEN = """
import sys
import support
support.prepare(sys.argv[1])
import config.wsgi
print(*sorted({"config.urls", "openpyxl", "xlsxwriter", "num2words", "segno"} & sys.modules.keys()))
"""


@pytest.mark.parametrize("app", ["sabilulungan", "hayu", "erk"])
def test_an_app_starts_with_its_views_and_without_what_few_pages_need(app):
    """Its processes share the views; tables, spelled numbers and QR codes would be a quarter of the time of a start."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KIT_", "DJANGO_", "DATABASE_"))}
    paths = os.pathsep.join([str(ROOT / "tests" / "apps"), str(ROOT)])
    started = [sys.executable, "-c", SEEN, app]
    done = subprocess.run(started, capture_output=True, text=True, check=False, env={**kept, "PYTHONPATH": paths})
    assert (done.stdout.strip(), done.stderr) == ("config.urls", "")
