"""All addresses: the app's own, then core's."""

from django.urls import include, path

urlpatterns = [
    path("", include("sabilulungan.web.urls")),
    path("", include("core.web.urls")),
]
