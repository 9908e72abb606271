"""Signing in with a second step, and accounts that people may or may not open themselves."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection

from core.models import User

pytestmark = pytest.mark.django_db


def test_the_secret_of_the_second_step_is_not_readable_in_the_database():
    user = User.objects.create(username="ana", full_name="Ana")
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        (stored,) = cursor.fetchone()
    assert secret not in str(stored)
    assert Authenticator.objects.get().wrap().validate_code("000000") is False


@pytest.mark.parametrize(("is_open", "made"), [(True, 1), (False, 0)])
def test_an_app_for_officers_takes_no_registration(client, settings, is_open, made):
    settings.SIGNUP_OPEN = is_open
    data = {
        "full_name": "Ana Sari", "phone": "0812-3456-7890", "email": "ana@contoh.invalid", "username": "ana",
        "password1": "kuda-terbang-hijau-7", "password2": "kuda-terbang-hijau-7",
    }  # fmt: skip
    assert client.post("/daftar/", data).status_code in (200, 302)
    assert User.objects.count() == made
