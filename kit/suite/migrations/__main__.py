"""The step of `kit test lint`: judge the migrations of core and the three apps as they stand in templates/."""

import sys
import tempfile

from kit.errors import KitError
from kit.suite.groups import APPS, app_paths
from kit.suite.releases import released


def main() -> int:
    """Print every refusal; return the exit code."""
    sys.path[:0] = app_paths().split(":")
    import django
    import django_stubs_ext
    from django.conf import settings

    django_stubs_ext.monkeypatch()
    with tempfile.TemporaryDirectory(prefix="kit-lint-") as state:
        settings.configure(  # what loading models takes; no app is run and no database opened
            INSTALLED_APPS=[*APPS, "django.contrib.auth", "django.contrib.contenttypes"],
            AUTH_USER_MODEL="core.User",
            DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
            MEDIA_ROOT=state,
            SECRET_KEY="signs nothing",
            STATE_DIR=state,
            USE_TZ=True,
        )
        django.setup()
        from kit.suite.migrations.lint import lint

        try:
            former = released()
            report = lint(APPS, [one.migrations for one in former])
        except KitError as error:
            sys.stderr.write(f"{error}\n")
            return error.exit_code
    for line in (*map(str, report.findings), *report.stale):
        sys.stderr.write(f"{line}\n")
    unsafe = len({one.file for one in report.findings})
    judged = f"against release {former[-1].version}" if former else "before the first release, when no table is in use"
    sys.stdout.write(
        f"{report.migrations} migrations {judged}: {unsafe} unsafe, {report.reasons} allowed with a written reason\n"
    )
    return 1 if report.findings or report.stale else 0


if __name__ == "__main__":
    sys.exit(main())
