"""Django application `core`."""

from django.apps import AppConfig
from django.conf import settings
from django.core.signals import request_finished


class CoreConfig(AppConfig):
    """Register the shared models, checks and permissions."""

    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load what registers itself: system checks; where several servers run the app, their copies of files."""
        from core import checks, copies  # noqa: F401  (checks register by import)

        if getattr(settings, "FILES_SHARED", False):  # a tool may load the models alone
            request_finished.connect(copies.look, dispatch_uid="core.copies")
