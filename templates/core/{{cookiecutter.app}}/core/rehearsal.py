"""A rehearsal: people go through the app's own pages on the live database, and nothing of it stays.

The whole way is one transaction that is always rolled back; files go to a folder that is removed; no mail leaves,
because mail is sent after a commit. An app tells its story in a module `rehearsal`: `story(stage)` yields a sentence
for each step that went well and raises `Broken` where one did not.
"""

import secrets
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test.client import Client
from django.test.utils import override_settings
from django.urls import reverse

from core.models import RoleAssignment, User
from core.web import second_step

_LOCK_SECONDS = 10
_MOST_SECONDS = 60
"""Others who write wait for the head of the audit chain meanwhile."""

_OK, _FOUND = 200, 302


class Broken(Exception):
    """A step did not go as it must; the message says what came instead."""


@dataclass(slots=True)
class Outcome:
    """What a rehearsal came to: the steps that went well, and the fault that ended it, "" when none did."""

    app: str
    steps: list[str] = field(default_factory=list)
    fault: str = ""
    seconds: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return asdict(self)


class Visitor:
    """Somebody at a browser of their own, with the checks against forged forms switched on."""

    def __init__(self) -> None:
        base = urlsplit(settings.BASE_URL)
        self._prefix = base.path.rstrip("/")
        self._client = Client(
            enforce_csrf_checks=True,
            headers={
                "host": base.hostname or "localhost",
                "referer": f"{base.scheme}://{base.hostname}/",
                **({"x-forwarded-proto": "https"} if settings.HTTPS else {}),
            },
        )

    def sign_in(self, user: User, password: str) -> None:
        """Sign in as a person does: name and password on the page for it. Raises Broken."""
        address = reverse("account_login")
        self.get(address)
        answer = self.post(address, {"login": user.username, "password": password})
        if "_auth_user_id" not in self._client.session:
            raise Broken(f"{user.username} was not let in ({answer.headers.get('Location', 'no redirect')})")

    def get(self, address: str, *, status: int = _OK) -> str:
        """Return the text of a page. Raises Broken for another HTTP status."""
        answer = self._answer("GET", address, self._client.get(self._path(address)), status)
        return answer.getvalue().decode(errors="replace")

    def download(self, address: str) -> bytes:
        """Return the bytes of a file. Raises Broken for another HTTP status than 200."""
        return self._answer("GET", address, self._client.get(self._path(address)), _OK).getvalue()

    def post(self, address: str, data: dict[str, Any], *, status: int = _FOUND) -> Any:
        """Send a form and return the answer. Raises Broken for another HTTP status."""
        token = self._client.cookies[settings.CSRF_COOKIE_NAME].value
        sent = self._client.post(self._path(address), {**data, "csrfmiddlewaretoken": token})
        return self._answer("POST", address, sent, status)

    def _path(self, address: str) -> str:
        """The web server strips the path an app lives under; so does this."""
        return address.removeprefix(self._prefix) or "/"

    @staticmethod
    def _answer(method: str, address: str, answer: HttpResponseBase, status: int) -> Any:
        if answer.status_code != status:
            raise Broken(f"{method} {address} answered HTTP {answer.status_code} instead of {status}")
        return answer


class Stage:
    """Where a story plays: makes people who exist only for it. Everything named carries `mark`."""

    def __init__(self) -> None:
        self.mark = f"uji-{secrets.token_hex(5)}"

    def person(self, name: str, *roles: tuple[str, str]) -> User:
        """Return an account without a password, with roles as (code, scope)."""
        username = f"{self.mark}-{name}"
        user = User(username=username, full_name=f"Uji Coba {name.title()}", email=f"{username}@contoh.invalid")
        user.set_unusable_password()
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        for role, scope in roles:
            RoleAssignment.objects.create(user=user, role=role, scope=scope, basis="Uji coba")
        return user

    def signed_in(self, user: User) -> Visitor:
        """Return a visitor who has signed in as `user` on the page for it, and set up a second step that is asked."""
        password = secrets.token_urlsafe(24)
        user.set_password(password)
        user.save(update_fields=["password"])
        visitor = Visitor()
        visitor.sign_in(user, password)
        if second_step.needs_it(user):
            Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        return visitor


def check(condition: object, sentence: str) -> None:
    """Raise Broken with the sentence unless the condition holds."""
    if not condition:
        raise Broken(sentence)


def run() -> Outcome:
    """Play the app's story and return what it came to, within a minute. Never raises for what is wrong with the app."""
    outcome, began = Outcome(settings.APP), time.monotonic()
    stage = Stage()
    story = import_module(f"{settings.APP}.rehearsal").story
    with (
        tempfile.TemporaryDirectory(prefix="rehearsal-") as folder,
        override_settings(MEDIA_ROOT=folder, EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"),
        transaction.atomic(),
    ):
        with _ended_in_time():
            _play(story(stage), outcome)
        transaction.set_rollback(True)
    if User.objects.filter(username__startswith=stage.mark).exists():
        outcome.fault = f"Accounts of the rehearsal were left behind: {stage.mark}."
    outcome.seconds = round(time.monotonic() - began, 1)
    return outcome


@contextmanager
def _ended_in_time() -> Iterator[None]:
    """Break off what takes longer than a minute. Only the main thread may call this."""

    def late(*_: object) -> None:
        raise Broken(f"the step took too long; the rehearsal was ended after {_MOST_SECONDS} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(_MOST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _play(steps: Iterator[str], outcome: Outcome) -> None:
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'")
        outcome.steps.extend(steps)
    except Broken as broken:
        outcome.fault = str(broken)
    except Exception as error:  # noqa: BLE001  whatever an app raises is what the operator must read
        outcome.fault = f"{type(error).__name__}: {error}"
