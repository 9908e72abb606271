#!/usr/bin/env python3
"""Commands of the app: `manage.py migrate`, `demo`, `periodic --due`, …"""

import os
import sys


def main() -> None:
    """Run a management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    import config  # noqa: F401  (puts core on the path)

    main()
