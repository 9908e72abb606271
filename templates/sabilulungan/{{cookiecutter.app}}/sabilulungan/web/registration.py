"""Registering who applies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Refused
from sabilulungan.domain import recipients
from sabilulungan.interfaces.forms.recipients import OrganisationForm, PersonForm
from sabilulungan.web.parts import add_faults


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Ask whether an organisation or a person applies."""
    return render(request, "sabilulungan/register.html", {"mine": recipients.of_user(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest) -> HttpResponse:
    """Register an organisation by its officer."""
    return _register(request, OrganisationForm, "Daftarkan organisasi")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Register a person or family for social aid."""
    return _register(request, PersonForm, "Daftarkan diri atau keluarga")


def _register(request: HttpRequest, form_class: type[OrganisationForm | PersonForm], heading: str) -> HttpResponse:
    form = form_class(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            found = recipients.register(form.data_of(), request.user)
        except Refused as error:
            add_faults(form, error)
        else:
            messages.success(request, f"{found.name} sudah terdaftar. Sekarang Anda dapat membuat usulan.")
            return redirect("own")
    return render(
        request,
        "sabilulungan/register_form.html",
        {"form": form, "heading": heading},
        status=422 if form.errors else 200,
    )
