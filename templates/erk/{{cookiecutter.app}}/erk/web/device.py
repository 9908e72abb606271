"""A random mark of the browser, so that one device that writes for several people is seen (section 13, TITIP).

An office shares one network address, so the address alone would point at everybody in it.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_NAME = f"perangkat_{settings.SESSION_COOKIE_NAME}"
_YEAR = 365 * 24 * 3600


def of(request: HttpRequest) -> str:
    """Return the mark a browser brought, "" for none."""
    mark = request.COOKIES.get(_NAME, "")
    return mark if mark.isalnum() and len(mark) == 16 else ""


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a browser without a mark one, for a year; return the response."""
    if not of(request):
        response.set_cookie(
            _NAME,
            secrets.token_hex(8),
            max_age=_YEAR,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
