"""A person's own page: data, roles, password, second step, messages."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from core.forms import BaseForm, PhoneField
from core.roles import role_labels
from core.web import second_step


class OwnDataForm(BaseForm):
    """What people may change themselves; the name is changed by the office, on proof."""

    phone = PhoneField(label="Nomor telepon", help_text="Dipakai untuk menghubungi Anda tentang layanan ini saja.")


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show the signed-in person's account."""
    context = {
        "roles": role_labels(request.user),
        "assignments": request.user.assignments.order_by("-valid_from"),
        "second_step": second_step.has_it(request.user),
        "verified": EmailAddress.objects.filter(user=request.user, verified=True, primary=True).exists(),
    }
    return render(request, "core/account.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    """Let a person change the phone number."""
    form = OwnDataForm(request.POST or None, initial={"phone": request.user.phone})
    if request.method == "POST" and form.is_valid():
        request.user.phone = form.cleaned_data["phone"]
        request.user.save(update_fields=["phone"])
        audit.record(request.user, "ubah_telepon", actor=request.user, request=request)
        messages.success(request, "Nomor telepon Anda sudah disimpan.")
        return redirect("core:account")
    return render(request, "core/own_data.html", {"form": form})
