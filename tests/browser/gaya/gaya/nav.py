"""Navigation of the style page's project."""

from django.http import HttpRequest
from django.urls import reverse

from core.web.nav import NavItem


def items(request: HttpRequest) -> list[NavItem]:
    """Return one entry a page."""
    waiting = 3 if request.user.is_authenticated else 0
    return [
        NavItem("Beranda", reverse("home"), "house"),
        NavItem("Bagian halaman", reverse("parts"), "table", short="Bagian"),
        NavItem("Daftar usulan", reverse("records"), "list-check", count=waiting, short="Usulan"),
        NavItem("Formulir", reverse("form"), "pencil"),
        NavItem("Surat", reverse("letter"), "file-earmark-text"),
    ]
