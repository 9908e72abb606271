"""Django application `core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Register the shared models, checks and permissions."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself: system checks."""
        from core import checks  # noqa: F401  (registers by import)
