"""Desk of the region's administrator: accounts of officers and their roles."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import audit, dates, people
from core.errors import Refused
from core.filters import ChoiceFilter, FilterSet, TextFilter
from core.forms import BaseForm, DateField
from core.models import RoleAssignment, User
from core.paging import paginate
from core.web import second_step

View = Callable[..., HttpResponse]


def administrator_only(view: View) -> View:
    """Let only the region's administrator in; others get 403, visitors the sign-in page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not people.may_administer(request.user):
            raise PermissionDenied("Halaman ini untuk administrator wilayah.")
        return view(request, *args, **kwargs)

    return login_required(guarded)


class PeopleFilters(FilterSet):
    """Search by name, filter by role."""

    cari = TextFilter(
        "Cari nama",
        lambda rows, text: rows.filter(
            Q(full_name__icontains=text) | Q(username__icontains=text) | Q(email__icontains=text)
        ),
    )
    peran = ChoiceFilter(
        "Peran",
        lambda rows, role: rows.filter(
            pk__in=RoleAssignment.objects.valid_on(dates.today()).filter(role=role).values("user")
        ),
        choices=people.assignable,
    )


class InviteForm(BaseForm):
    """A new officer."""

    full_name = forms.CharField(label="Nama lengkap", max_length=150, help_text="Seperti di KTP, tanpa gelar.")
    username = forms.SlugField(label="Nama pengguna", max_length=60, help_text="Huruf kecil, angka, dan tanda hubung.")
    email = forms.EmailField(label="Alamat surel", help_text="Tautan untuk membuat kata sandi dapat dikirim ke sini.")


class GrantForm(BaseForm):
    """A role with its limits and its basis."""

    role = forms.ChoiceField(label="Peran", choices=lambda: [("", "Pilih peran"), *people.assignable()])
    scope = forms.ChoiceField(
        label="Lingkup", required=False, help_text="Kosongkan bila peran berlaku untuk seluruh daerah."
    )
    valid_from = DateField(label="Mulai", required=False, help_text="Kosong berarti hari ini.")
    valid_to = DateField(label="Sampai", required=False, help_text="Kosong berarti sampai dicabut.")
    basis = forms.CharField(label="Dasar", max_length=200, help_text="Misalnya SK Kepala Dinas nomor 800/12/2026.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(label, people.scopes_of(code)) for code, label in people.assignable()]
        self.fields["scope"].choices = [("", "Seluruh daerah"), *(group for group in groups if group[1])]


class ReasonForm(BaseForm):
    """Why an account is closed or opened again."""

    reason = forms.CharField(label="Alasan", max_length=200)


@administrator_only
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List officers: everybody who holds or held a role that an administrator gives."""
    current = RoleAssignment.objects.valid_on(dates.today()).order_by("role")
    rows = User.objects.filter(Q(is_staff=True) | Q(assignments__role__in=dict(people.assignable()))).distinct()
    rows = rows.prefetch_related(Prefetch("assignments", current, to_attr="current_roles")).order_by("full_name")
    found = PeopleFilters(request, rows)
    return render(request, "core/people/index.html", {"found": found, "page": paginate(request, found.rows)})


@administrator_only
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account and lead to its page, where roles are given and the link is made."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.invite(request.user, **form.cleaned_data, request=request)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Akun {user.username} dibuat. Beri peran, lalu buat tautan masuknya.")
            return redirect("core:person", user.pk)
    return render(request, "core/people/invite.html", {"form": form})


@administrator_only
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an account with its roles and acts, and give a role."""
    user = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            people.grant(request.user, user, request=request, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Peran sudah diberikan.")
            return redirect("core:person", pk)
    context = {
        "person": user,
        "form": form,
        "reason_form": ReasonForm(),
        "step_form": ReasonForm(prefix="langkah") if second_step.has_it(user) else None,
        "assignments": user.assignments.order_by("-valid_from"),
        "today": dates.today(),
        "history": audit.history(user).order_by("-seq")[:20],
    }
    return render(request, "core/people/person.html", context)


@administrator_only
@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    row = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=pk)
    people.end(request.user, row, request)
    messages.success(request, "Peran sudah diakhiri.")
    return redirect("core:person", row.user_id)


@administrator_only
@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or reopen an account."""
    user = get_object_or_404(User, pk=pk)
    active = request.POST.get("aktif") == "ya"
    people.set_active(request.user, user, active=active, reason=request.POST.get("reason", ""), request=request)
    messages.success(request, "Akun dibuka kembali." if active else "Akun ditutup.")
    return redirect("core:person", pk)


@administrator_only
@require_POST
def forget_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second step off an account whose owner lost the telephone."""
    user = get_object_or_404(User, pk=pk)
    people.forget_second_step(request.user, user, reason=request.POST.get("langkah-reason", ""), request=request)
    messages.success(request, "Masuk dua langkah akun ini dihapus. Pemiliknya sudah diberi tahu.")
    return redirect("core:person", pk)


@administrator_only
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a new one-time link once; it is stored nowhere."""
    user = get_object_or_404(User, pk=pk, is_active=True)
    if user.has_usable_password() and user == request.user:
        raise Refused("Untuk akun Anda sendiri, pakai halaman ganti kata sandi.")
    audit.record(user, "buat_tautan_masuk", actor=request.user, role=people.ADMIN, request=request)
    return render(request, "core/people/link.html", {"person": user, "link": people.one_time_link(user)})
