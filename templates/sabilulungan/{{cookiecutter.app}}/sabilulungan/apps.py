"""Django application `sabilulungan`."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SabilulunganConfig(AppConfig):
    """Register permissions, file guards and the search index."""

    name = "sabilulungan"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Sabilulungan"

    def ready(self) -> None:
        """Load what registers itself, and keep the full-text index present after every migration."""
        from sabilulungan.domain import permissions, search  # noqa: F401  (permissions register by import)

        post_migrate.connect(search.after_migrate, sender=self)
