"""Pages of the region's admin (windows) and of the head (exceptions)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import codes
from core.errors import Refused
from sabilulungan.domain import exceptions as granting
from sabilulungan.domain import rulebook
from sabilulungan.interfaces.forms.admin import ExceptionForm, WindowForm
from sabilulungan.models import Recipient, RuleException, WindowOpening
from sabilulungan.web.parts import add_faults


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def windows(request: HttpRequest) -> HttpResponse:
    """List the windows and open one by decision."""
    if not request.user.has_perm("sabilulungan.open_window"):
        raise Http404
    form = WindowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rulebook.open_window(user=request.user, **form.cleaned_data)
        messages.success(request, "Masa pengajuan sudah dibuka.")
        return redirect("windows")
    context = {
        "form": form,
        "open": rulebook.openings(),
        "next": rulebook.next_opening(),
        "decided": WindowOpening.objects.select_related("opened_by").order_by("-opens"),
    }
    return render(request, "sabilulungan/windows.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exceptions(request: HttpRequest) -> HttpResponse:
    """List recorded exceptions and record one."""
    if not request.user.has_perm("sabilulungan.grant_exception"):
        raise Http404
    form = ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        recipient = Recipient.objects.filter(public_id=codes.normalise(data.pop("recipient"))).first()
        if recipient is None:
            form.add_error("recipient", "Tidak ada penerima dengan kode itu.")
        else:
            try:
                granting.grant(recipient, user=request.user, **data)
            except Refused as error:
                add_faults(form, error)
            else:
                messages.success(request, "Pengecualian sudah dicatat dan tampil untuk umum.")
                return redirect("exceptions")
    context = {
        "form": form,
        "granted": RuleException.objects.select_related("recipient", "granted_by").order_by("-granted_at"),
    }
    return render(request, "sabilulungan/exceptions.html", context, status=422 if form.errors else 200)
