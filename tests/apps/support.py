"""What every app's test run needs before Django starts: paths, region data, a throw-away state."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import rendered

if TYPE_CHECKING:
    import pytest_django

ROOT = Path(__file__).resolve().parents[2]
TREE = "{{cookiecutter.app}}"
CORE = ROOT / "templates/core" / TREE
WHOLE = bool(os.environ.get("CI") or os.environ.get("KIT_APPS_FULL"))  # else a sample, for a run at a desk
OTHER_REGIONS = "only with CI or KIT_APPS_FULL=1: the demo years of another region"


def prepare(app: str, app_root: Path | None = None, settings: str = "config.settings") -> None:
    """Put core and the app on the path and give them an environment as a deployment would.

    The region is Kota Bandung as the kit renders it. A project that is no app of the kit brings its own `region/`.
    Called by an app's conftest.py, so before pytest-django sets Django up.
    """
    root = app_root or ROOT / "templates" / app / TREE
    sys.path[:0] = [str(CORE), str(root)]
    if "KIT_REGION_DIRS" not in os.environ:
        own = root / "region" if app_root else rendered.folders()[app]
        os.environ["KIT_REGION_DIRS"] = os.pathsep.join([str(rendered.folders()["core"]), str(own)])
    os.environ.setdefault("KIT_STATE_DIR", tempfile.mkdtemp(prefix=f"kit-test-{app}-"))
    os.environ["KIT_APP_ROOT"] = str(root)
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
    os.environ.setdefault("DATA_KEY", "only-for-tests-" + "y" * 50)
    os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")
    os.environ.setdefault("DEMO_MODE", "yes")
    if os.environ.get("KIT_TEST_DATABASE", "").startswith("postgres"):
        os.environ["DATABASE_URL"] = os.environ.get("KIT_TEST_DATABASE_URL", f"postgresql:///{app}")
    import django

    django.setup()


@contextmanager
def rows_until_the_end(blocker: "pytest_django.DjangoDbBlocker") -> Iterator[None]:
    """Rows made within it, for several tests, are gone after it.

    For a whole folder a fixture of its own conftest.py enters it: one of a plugin would last as long as the run.
    """
    from django.db import transaction

    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
