"""Accounts that may not do without the second step of signing in.

An app names them in `settings.SECOND_STEP`, the path of a function of an account; "" asks it of nobody. A demo asks it
of nobody either: its passwords stand on its front page.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_removed
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django_htmx.http import HttpResponseClientRedirect

from core.errors import NotAllowed
from core.models import User
from core.web.middleware import Handler

_DUE = "langkah_kedua"  # in the session: this account has to set it up before anything else
_OPEN = ("core:account", "core:own_data", "core:language", "core:privacy")
_ALLAUTH = ("account_", "mfa_")  # its names carry no namespace, so no page of an app can begin like them
_SENTENCE = (
    "Tugas Anda menyangkut hak orang lain, maka akun Anda wajib masuk dengan dua langkah. "
    "Aktifkan sekali di sini; setelah itu semua halaman terbuka."
)
_KEPT = (
    "Aktifkan dahulu masuk dua langkah di halaman Akun saya, lalu kembali dan kirim lagi. "
    "Isian Anda masih ada di halaman sebelumnya."
)


def has_it(user: User) -> bool:
    """Return whether an account has set up the second step."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def needs_it(user: User) -> bool:
    """Return whether an account may not do without the second step."""
    return bool(settings.SECOND_STEP) and not settings.DEMO_MODE and bool(import_string(settings.SECOND_STEP)(user))


@receiver(authenticator_removed)
def note(request: HttpRequest, user: User, **_: Any) -> bool:
    """Note in the session that the second step has to be set up first, if that is so; return whether it is."""
    due = needs_it(user) and not has_it(user)
    if due:
        request.session[_DUE] = True
    return due


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    """Note it at sign-in; who has proved the account just now is not asked for the password again on the next page."""
    if note(request, user):
        record_authentication(request, user, method="password", reauthenticated=True)


class second_step:  # noqa: N801  (a middleware is named like a function in settings)
    """Lead whoever has to set up the second step to its page; only their own account stays open meanwhile.

    A session is read only where the visitor sent one, so that public pages stay the same for everybody.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_: Any) -> HttpResponse | None:
        """Answer in the view's place while the second step is due."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.session.get(_DUE):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in _OPEN or name.startswith(_ALLAUTH):
            return None
        if has_it(request.user):
            del request.session[_DUE]
            return None
        if request.method not in ("GET", "HEAD"):
            return render(request, "core/refused.html", {"refusal": NotAllowed(_KEPT)}, status=403)
        messages.info(request, _SENTENCE)
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(redirect("mfa_activate_totp").url)
        return redirect("mfa_activate_totp")
