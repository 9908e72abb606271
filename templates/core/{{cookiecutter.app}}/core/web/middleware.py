"""Headers, request numbers and refusals for every page."""

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from core.errors import NotAllowed, Refused
from core.web import logs

Handler = Callable[[HttpRequest], HttpResponseBase]

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
PERMISSIONS_POLICY = "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()"


def security_headers(get_response: Handler) -> Handler:
    """Send the content security policy: nothing from elsewhere, no inline script or style."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware


def request_number(get_response: Handler) -> Handler:
    """Give each request a short number that stands in the log and on error pages."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.number = secrets.token_hex(4).upper()  # type: ignore[attr-defined]
        with logs.request_number(request.number):  # type: ignore[attr-defined]
            response = get_response(request)
        response.headers["X-Request-Number"] = request.number  # type: ignore[attr-defined]
        return response

    return middleware


class refusals:  # noqa: N801  (a middleware is named like a function in settings)
    """Turn a Refused that no view caught into a page with its sentence: 403 for NotAllowed, else 409."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal with a sentence and a way back; anything else goes on to the error page."""
        if not isinstance(error, Refused):
            return None
        storage = messages.get_messages(request)
        storage.used = False
        status = 403 if isinstance(error, NotAllowed) else 409
        return render(request, "core/refused.html", {"refusal": error}, status=status)
