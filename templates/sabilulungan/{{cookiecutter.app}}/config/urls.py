"""All addresses: the app's own, then core's."""

from django.urls import include, path

from core.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("sabilulungan.web.urls")),
    path("", include("core.web.urls")),
]
