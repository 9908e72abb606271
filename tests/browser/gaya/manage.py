"""The style page's own small project: every component of the core on pages of its own, for the browser tests."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    here = Path(__file__).resolve().parent
    sys.path[:0] = [str(here), str(here.parents[2] / "templates/core/{{cookiecutter.app}}")]
    os.environ.setdefault("KIT_APP_ROOT", str(here))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
