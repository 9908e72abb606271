"""Settings that depend on the installation: sub-path, cookies, languages (regions.md sections 4 and 10.11)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
ASK = """
import sys; sys.path[:0] = sys.argv[2:]
import support, pathlib
support.prepare("project", pathlib.Path(sys.argv[1]), "project.settings")
import json
from django.conf import settings
from django.urls import reverse, set_script_prefix
from django.core.wsgi import get_wsgi_application
get_wsgi_application()
print(json.dumps({name: getattr(settings, name) for name in
    ("FORCE_SCRIPT_NAME", "SESSION_COOKIE_PATH", "CSRF_COOKIE_PATH", "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE",
     "STATIC_URL", "LANGUAGES", "SECURE_HSTS_SECONDS", "EMAIL_USE_SSL", "EMAIL_USE_TLS")} | {"home": reverse("home")}))
"""


def ask(**environment):
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(HERE / "project"), str(HERE.parent), str(HERE)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_an_app_under_a_path_keeps_links_and_cookies_there():
    found = ask(BASE_URL="https://subang.go.id/erk/", HTTPS="yes")
    assert found["home"] == "/erk/"
    assert found["STATIC_URL"] == "/erk/static/"
    assert found["SESSION_COOKIE_PATH"] == found["CSRF_COOKIE_PATH"] == "/erk/"
    assert found["SESSION_COOKIE_SECURE"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000


def test_an_app_at_the_root_has_a_cookie_name_of_its_own():
    found = ask(BASE_URL="http://localhost:8101")
    assert (found["FORCE_SCRIPT_NAME"], found["home"], found["SESSION_COOKIE_PATH"]) == (None, "/", "/")
    assert found["SESSION_COOKIE_NAME"] == "sesi_project_3273"
    assert found["LANGUAGES"] == [["id", "Bahasa Indonesia"], ["su", "Basa Sunda"]]


@pytest.mark.parametrize(
    ("port", "user", "encrypted"),
    [
        ("465", "noreply", (True, False)),
        ("587", "noreply", (False, True)),
        ("587", "", (False, True)),
        ("25", "noreply", (False, True)),
        ("25", "", (False, False)),
    ],
)
def test_a_password_goes_to_the_mail_server_only_encrypted(port, user, encrypted):
    found = ask(SMTP_HOST="mail.contoh.invalid", SMTP_PORT=port, SMTP_USER=user, SMTP_PASSWORD="rahasia")
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == encrypted
