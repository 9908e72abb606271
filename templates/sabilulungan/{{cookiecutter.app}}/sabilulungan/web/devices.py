"""The cookie that tells devices apart when proposals are filed (F03); no public page gives or gets it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from sabilulungan.domain import devices

YEARS = 2


def name() -> str:
    """Return the name of the cookie, which other apps and regions on the same host do not share."""
    return f"perangkat_{settings.SESSION_COOKIE_NAME.removeprefix('sesi_')}"


def of(request: HttpRequest) -> str:
    """Return the number of the browser that asks, a new one where it has none of ours."""
    there = request.COOKIES.get(name(), "")
    return there if devices.is_ours(there) else devices.new()


def give(response: HttpResponse, device: str) -> None:
    """Let the browser keep its number, for the pages of a person's own proposals only."""
    response.set_cookie(
        name(),
        device,
        max_age=YEARS * 365 * 86400,
        path=reverse("own"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
