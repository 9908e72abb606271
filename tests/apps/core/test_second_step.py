"""Signing in with a second step, and accounts that people may or may not open themselves."""

import time

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
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


PASSWORD = "kuda-terbang-hijau-7"


def officer(username="ana"):
    user = User(username=username, full_name="Ana", email=f"{username}@contoh.invalid")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def signed_in(client, user):
    answer = client.post("/masuk/", {"login": user.username, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def only_ana(user):
    return user.username == "ana"


@pytest.fixture
def asked(settings):
    """Make the app ask the second step of Ana, outside a demo."""
    settings.DEMO_MODE, settings.SECOND_STEP = False, f"{__name__}.only_ana"
    return settings


SETTING_UP = "/akun/dua-langkah/aplikasi/"


def test_who_may_not_do_without_it_sets_it_up_before_anything_else(client, asked):
    ana = officer()
    signed_in(client, ana)
    for address in ("/kotak-masuk/", "/petugas/", "/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, SETTING_UP)
    assert "wajib masuk dengan dua langkah" in client.get(SETTING_UP, follow=True).content.decode()
    assert [client.get(page).status_code for page in ("/akun/", "/akun/data/", "/privasi/")] == [200, 200, 200]
    page = client.get(SETTING_UP)  # no second question for the password that was typed just now
    secret = page.context["form"].secret
    with time_machine.travel(time.time(), tick=False):  # a code is of its half minute
        code = f"{hotp_value(secret, next(yield_hotp_counters_from_time())):06}"
        assert client.post(SETTING_UP, {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=ana, type="totp").count() == 1
    assert client.get("/kotak-masuk/").status_code == 200
    client.post("/keluar/")
    assert signed_in(client, ana).get("/kotak-masuk/").status_code == 302
    assert client.get("/masuk/kode/").status_code == 200


def test_a_form_sent_meanwhile_is_refused_in_words_and_a_script_is_led_there(client, asked):
    signed_in(client, officer())
    refused = client.post("/kotak-masuk/tandai/").content.decode()
    assert "Isian Anda masih ada di halaman sebelumnya." in refused
    led = client.get("/kotak-masuk/", headers={"HX-Request": "true"})
    assert led.headers["HX-Redirect"] == SETTING_UP


def test_it_is_asked_again_when_it_is_switched_off(client, asked):
    ana = officer()
    signed_in(client, ana)
    TOTP.activate(ana, generate_totp_secret())
    assert client.get("/kotak-masuk/").status_code == 200
    client.post("/akun/konfirmasi-ulang/", {"password": PASSWORD})
    assert client.post("/akun/dua-langkah/aplikasi/matikan/").status_code == 302
    assert client.get("/kotak-masuk/").headers["Location"] == SETTING_UP


@pytest.mark.parametrize(("name", "demo", "path"), [("budi", False, None), ("ana", True, None), ("ana", False, "")])
def test_nobody_else_is_asked(client, asked, name, demo, path):
    asked.DEMO_MODE = demo
    asked.SECOND_STEP = asked.SECOND_STEP if path is None else path
    assert signed_in(client, officer(name)).get("/kotak-masuk/").status_code == 200


def test_a_visitor_without_a_session_costs_nothing(client, asked, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/privasi/").status_code == 200
