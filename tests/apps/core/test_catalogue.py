"""English is never shown: our words for Django and allauth, and every page around the account."""

import ast
import io
import re
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.template.loader import get_template
from django.utils import translation

from core.region import CORE_ROOT

CATALOGUE = CORE_ROOT / "core/locale/id/LC_MESSAGES"
MARKED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
SHOWN = [  # code whose texts reach people
    Path(django.__file__).parent / "forms",
    Path(django.__file__).parent / "core/validators.py",
    Path(django.__file__).parent / "contrib/auth/password_validation.py",
    Path(django.__file__).parent / "contrib/auth/forms.py",
    Path(django.__file__).parent / "contrib/auth/validators.py",
    Path(allauth.__file__).parent / "account",
    Path(allauth.__file__).parent / "mfa",
]
SAME = {":", ":?.!", ", ", "IPv4", "IPv6", "MFA", "WebAuthn", "URL"}


def po():
    with (CATALOGUE / "django.po").open("rb") as file:
        return read_po(file, locale="id")


def test_the_compiled_catalogue_is_the_written_one():
    compiled = io.BytesIO()
    write_mo(compiled, po())
    assert (CATALOGUE / "django.mo").read_bytes() == compiled.getvalue()


def test_every_entry_is_translated_and_keeps_its_placeholders():
    for message in po():
        if not message.id:
            continue
        source = message.id if isinstance(message.id, str) else message.id[1]
        words = message.string if isinstance(message.string, str) else message.string[0]
        assert words, source
        wanted = set(re.findall(r"%\(\w+\)s|%\(\w+\)d|%d", source)) - {"%(name)s"}
        assert set(re.findall(r"%\(\w+\)s|%\(\w+\)d|%d", words)) <= wanted | {"%(name)s"}, source


def sources():
    for place in SHOWN:
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if {"tests", "migrations"} & set(file.parts) or file.name == "admin.py":
                continue
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                    texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                    if name in MARKED and texts:
                        yield name, texts


def test_no_text_of_forms_and_accounts_is_left_in_english():
    left = []
    with translation.override("id"):
        for name, texts in sources():
            if name.startswith("pgettext"):
                source, shown = texts[1], translation.pgettext(*texts[:2])
            elif name.startswith("ngettext"):
                source, shown = texts[0], translation.ngettext(texts[0], texts[1], 2)
            else:
                source, shown = texts[0], translation.gettext(texts[0])
            if shown == source and source not in SAME:
                left.append(source)
    assert left == []


def test_mails_and_messages_of_the_account_are_our_own():
    folder = CORE_ROOT / "core/templates"
    theirs = Path(allauth.__file__).parent / "templates"
    never_sent = ("login_code", "phone", "webauthn", "password_reset_code", "email_confirmation_signup")
    missing = [
        str(file.relative_to(theirs))
        for part in ("account/email", "account/messages", "mfa/email", "mfa/messages")
        for file in sorted((theirs / part).glob("*.txt"))
        if not any(word in file.name for word in never_sent) and not (folder / file.relative_to(theirs)).is_file()
    ]
    assert missing == []
    assert get_template("account/email/base_message.txt").origin.name.startswith(str(folder))


@pytest.mark.parametrize("name", ["signup", "password_reset_key", "email_confirmation", "unknown_account"])
def test_subjects_are_one_line(name):
    folder = CORE_ROOT / "core/templates/account/email"
    file = folder / f"{name}_subject.txt"
    if name == "signup":
        assert not file.exists()
    else:
        assert len(file.read_text(encoding="utf-8").strip().splitlines()) == 1
