"""Announcements: the public page, and the admin's page that writes and withdraws them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import Refused
from core.paging import paginate
from sabilulungan.domain import announcements
from sabilulungan.interfaces.forms.admin import AnnouncementForm
from sabilulungan.models import Announcement


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Show what is announced now, and below it what was announced before."""
    context = {"standing": announcements.standing(), "page": paginate(request, announcements.past())}
    return render(request, "sabilulungan/announcements.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """List every announcement and write one; what was typed stays when it is refused."""
    _admin(request)
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        announcements.write(request.user, **form.cleaned_data)
        messages.success(request, "Pengumuman sudah disimpan.")
        return redirect("announcements_desk")
    rows = Announcement.objects.select_related("written_by", "withdrawn_by")
    context = {"form": form, "page": paginate(request, rows)}
    return render(request, "sabilulungan/announcements_desk.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one back, with a reason."""
    _admin(request)
    found = get_object_or_404(Announcement, pk=pk)
    try:
        announcements.withdraw(found.pk, request.user, request.POST.get("alasan", "")[:300])
    except Refused as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, "Pengumuman sudah ditarik.")
    return redirect("announcements_desk")


def _admin(request: HttpRequest) -> None:
    if not request.user.has_perm("sabilulungan.announce"):
        raise Http404
