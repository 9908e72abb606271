"""Accounts through allauth: what a new account must tell, and where sign-in leads."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.conf import settings
from django.http import HttpRequest

from core import clients, fields, identity
from core.models import User


class SignupForm(AllauthSignupForm):
    """Registration asks the name as on the identity card, and a phone number."""

    full_name = forms.CharField(label="Nama lengkap", max_length=150, help_text="Seperti di KTP, tanpa gelar.")
    phone = forms.CharField(label="Nomor telepon", max_length=30, help_text="Misalnya 0812-3456-7890.")

    field_order = ["full_name", "phone", "email", "username", "password1", "password2"]

    def clean_phone(self) -> str:
        """Return the number as +62…, or say how to write it."""
        try:
            return identity.normalise_phone(self.cleaned_data["phone"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None


class Adapter(DefaultAccountAdapter):
    """Save what our registration asks for; after signing in, people go to what waits for them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether people may register themselves; an app for officers says SIGNUP_OPEN = False."""
        return bool(getattr(settings, "SIGNUP_OPEN", True))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return whom rate limits count: the client, not our own web server."""
        return clients.address(request) or "unknown"

    def save_user(self, request: HttpRequest, user: User, form: Any, *args: Any, **kwargs: Any) -> User:
        """Store the name and phone of a new account."""
        user.full_name = form.cleaned_data["full_name"].strip()
        user.phone = form.cleaned_data["phone"]
        saved: User = super().save_user(request, user, form, *args, **kwargs)
        return saved


class MFAAdapter(DefaultMFAAdapter):
    """Keep the secrets of the second step encrypted, so that a copied database does not open accounts."""

    def encrypt(self, text: str) -> str:
        """Return the secret as it is stored."""
        return fields.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the stored secret in clear, for one comparison."""
        return fields.decrypt(encrypted_text)
