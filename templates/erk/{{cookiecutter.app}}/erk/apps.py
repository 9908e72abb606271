"""Django application `erk`."""

from django.apps import AppConfig


class ErkConfig(AppConfig):
    """Register tables, permissions and file guards of E-RK."""

    name = "erk"
    verbose_name = "E-RK"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself: permissions and the guard of proof files."""
        from erk.domain import permissions  # noqa: F401  (registers by import)
