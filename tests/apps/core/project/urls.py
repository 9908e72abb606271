"""Core's pages only."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    """Answer like an app's own home page."""
    return HttpResponse("beranda")


urlpatterns = [path("", home, name="home"), path("", include("core.web.urls"))]
