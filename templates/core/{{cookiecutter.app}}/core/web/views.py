"""Pages every app has: the inbox, the head of the audit chain, the privacy notice, the language, choices of places."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from core import audit, notify, wilayah
from core.forms import places_below
from core.models import Notification
from core.paging import paginate
from core.region import region


@require_safe
def audit_head(request: HttpRequest) -> HttpResponse:
    """Show the newest seal of the audit chain, so that anybody can note it and compare it later."""
    return render(request, "core/audit.html", {"head": audit.head()})


_KEPT_BY = {
    "proposals": "sabilulungan", "applications": "hayu", "permits": "hayu", "reports": "hayu", "drafts": "hayu",
    "activities": "erk",
}  # fmt: skip


def _kept_here(kind: str) -> bool:
    return _KEPT_BY.get(kind, settings.APP) == settings.APP


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what happens with personal data here, who answers for it, and how long it is kept (UU 27/2022)."""
    data = region().get("privacy", {})
    officials = region().get("officials", {})
    context = {
        "notice": data.get("notice", ""),
        "retention": [(kind, years) for kind, years in data.get("retention", {}).items() if _kept_here(kind)],
        "official": officials.get("data_protection", {}),
    }
    return render(request, "core/privacy.html", context)


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show a person's messages, newest first."""
    rows = Notification.objects.filter(user=request.user)
    return render(request, "core/inbox.html", {"page": paginate(request, rows)})


@login_required
@require_POST
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark all messages of a person as read."""
    marked = notify.mark_read(request.user)
    messages.success(request, f"{marked} pesan ditandai sudah dibaca.")
    return redirect("core:inbox")


@login_required
@require_safe
def open_message(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one message as read and lead to what it is about."""
    message = get_object_or_404(Notification, pk=pk, user=request.user)
    notify.mark_read(request.user, [message.pk])
    if message.link and url_has_allowed_host_and_scheme(message.link, allowed_hosts=None):
        return redirect(message.link)
    return redirect("core:inbox")


@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Show pages in a language of the region from now on, and lead back to the page the reader came from (`?ke=`)."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("ke", "")
    allowed = {request.get_host()}
    answer = redirect(
        back if url_has_allowed_host_and_scheme(back, allowed, request.is_secure()) else get_script_prefix()
    )
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return answer


@require_safe
@cache_control(public=True, max_age=3600)
def place_options(request: HttpRequest) -> HttpResponse:
    """Return the <option>s below a place (`?induk=32.73.01`), for the field that asks for kelurahan or desa."""
    parent = wilayah.find(request.GET.get("induk", ""))
    return render(request, "core/parts/place_options.html", {"places": places_below(parent.code) if parent else []})
