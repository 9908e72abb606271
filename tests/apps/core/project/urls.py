"""Core's pages only."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from core.web.nav import NavItem
from core.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def home(request: HttpRequest) -> HttpResponse:
    """Answer like an app's own home page."""
    return HttpResponse("beranda")


def nav(request: HttpRequest) -> list[NavItem]:
    """Return the one entry."""
    return [NavItem("Beranda", "/", "house")]


urlpatterns = [path("", home, name="home"), path("", include("core.web.urls"))]
