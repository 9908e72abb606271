"""All addresses: the app's own, then core's."""

from django.urls import include, path

from hayu.api import api

handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.forbidden"
handler404 = "core.web.errors.not_found"
handler500 = "core.web.errors.server_error"

urlpatterns = [
    path("", include("hayu.web.urls")),
    path("api/v1/", api.urls),
    path("", include("core.web.urls")),
]
