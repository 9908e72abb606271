"""Addresses of the style page's project."""

from django.urls import include, path
from gaya import views

from core.web.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", views.home, name="home"),
    path("gaya/", views.parts, name="parts"),
    path("gaya/formulir/", views.form, name="form"),
    path("gaya/daftar/", views.records, name="records"),
    path("gaya/kosong/", views.nothing, name="nothing"),
    path("gaya/tanya/", views.question, name="question"),
    path("gaya/surat/", views.letter, name="letter"),
    path("gaya/tolak/", views.refused, name="refused"),
    path("gaya/rusak/", views.broken, name="broken"),
    path("", include("core.web.urls")),
]
