"""Django application `hayu`."""

from django.apps import AppConfig


class HayuConfig(AppConfig):
    """Register models, permissions and file guards."""

    name = "hayu"
    verbose_name = "Hayu"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself: permissions and the guard of files."""
        from hayu.domain import (
            claims,  # noqa: F401  (registers by import)
            permissions,  # noqa: F401  (registers by import)
            referrals,  # noqa: F401  (registers by import)
        )
        from hayu.domain.permits import permissions as permits  # noqa: F401  (registers by import)
        from hayu.domain.permits import supervision  # noqa: F401  (registers by import)
