"""What a region puts into `custom/` works in all three apps, and a hook that fails stops the deployment in words."""

import os
import re
import subprocess
import urllib.request
from pathlib import Path

import pytest
from babel.messages import Catalog, mofile

from tests.up.newcomer import APPS, DESK, WHOLE, Newcomer, get

pytestmark = pytest.mark.skipif(not WHOLE, reason=DESK)
_REGION = "52.07-kabupaten-sumbawa-barat"
_HOOK = '#!/bin/sh\nset -eu\nenv >"$KIT_STATE/$KIT_HOOK"\n'


def _put(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / "custom" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755 if "hooks" in name else 0o644)


def _environment(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines())


def test_the_regions_own_is_used_by_every_app(newcomer: Newcomer) -> None:
    newcomer.type("render", _REGION.partition("-")[2])
    repository = newcomer.clone / "build" / _REGION
    page = "{% extends 'core/base.html' %}{% load i18n static %}{% block title %}Milik Sumbawa Barat{% endblock %}"
    _put(
        repository,
        {
            "templates/core/privacy.html": page
            + "{% block content %}{% static 'ksb.css' %}|{% translate 'Masuk' %}|{% endblock %}",
            "static/ksb.css": "body { color: teal }\n",
            "settings.toml": '[semua]\nCSRF_COOKIE_NAME = "csrf_own"\n[hayu]\nCSRF_COOKIE_NAME = "csrf_own_hayu"\n',
            "hooks/before-deploy": "#!/bin/sh\necho the database is on holiday; exit 3\n",
            "hooks/after-deploy": _HOOK,
        },
    )
    catalogue = Catalog(locale="id")
    catalogue.add("Masuk", "Masuk ke Sumbawa Barat")
    compiled = repository / "custom/locale/id/LC_MESSAGES/django.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as out:
        mofile.write_mo(out, catalogue)
    newcomer.own()
    said = newcomer.type("up", str(repository), "--detach", expect=3)
    assert "custom/hooks/before-deploy ended with exit code 3. The deployment stops here" in said
    assert "the database is on holiday" in said
    assert not list(newcomer.state(_REGION).glob("*/db.sqlite3"))
    _put(repository, {"hooks/before-deploy": _HOOK})
    newcomer.own()
    newcomer.type("up", str(repository), "--detach")
    urls = newcomer.urls(_REGION)
    for app in APPS:
        with urllib.request.urlopen(f"{urls[app]}/privasi/", timeout=10) as answer:
            text = answer.read().decode()
        assert "Milik Sumbawa Barat" in text
        assert "|Masuk ke Sumbawa Barat|" in text
        (static,) = re.findall(r"/static/ksb\.[0-9a-f]+\.css", text)
        assert get(f"{urls[app]}{static}")[1] == "body { color: teal }\n"
        with urllib.request.urlopen(f"{urls[app]}/masuk/", timeout=10) as answer:
            names = [value.partition("=")[0] for value in answer.headers.get_all("Set-Cookie")]
        assert ("csrf_own_hayu" if app == "hayu" else "csrf_own") in names
    before, after = (_environment(newcomer.state(_REGION) / f"{name}-deploy") for name in ("before", "after"))
    assert (before["KIT_HOOK"], after["KIT_HOOK"]) == ("before-deploy", "after-deploy")
    assert before["KIT_RELEASE"] == after["KIT_RELEASE"] == Path(after["KIT_RELEASE_DIR"]).name
    assert {name: value for name, value in after.items() if name.startswith("KIT_URL_")} == {
        f"KIT_URL_{app.upper()}": urls[app] for app in APPS
    }
    assert {"SECRET_KEY", "HOME", "DATABASE_URL"}.isdisjoint(after)


def test_settings_that_cannot_be_are_told_and_nothing_is_served(newcomer: Newcomer) -> None:
    repository = newcomer.clone / "build" / _REGION
    _put(repository, {"settings.toml": "[semua]\nDEBUG = true\n"})
    newcomer.own()
    said = newcomer.type("up", str(repository), "--detach", expect=3)
    assert "[semua] DEBUG is set by the deployment, or guards the app's data." in said
    assert f"custom{os.sep}settings.toml" in said


def test_the_region_adds_and_the_kit_upgrades_without_a_conflict(newcomer: Newcomer) -> None:
    repository = newcomer.clone / "build" / _REGION
    git = [
        "git",
        "-c",
        f"safe.directory={repository}",
        "-C",
        str(repository),
        "-c",
        "user.name=K",
        "-c",
        "user.email=k@k",
    ]
    subprocess.run([*git, "add", "custom"], check=True, user=newcomer.user)
    subprocess.run([*git, "commit", "-qm", "Milik Sumbawa Barat"], check=True, user=newcomer.user)
    template = newcomer.clone / "templates/core/{{cookiecutter.app}}/core/templates/core/privacy.html"
    former = template.read_text(encoding="utf-8")
    template.write_text(former + "{# another line #}\n", encoding="utf-8")
    said = newcomer.type("upgrade", str(repository))
    template.write_text(former, encoding="utf-8")
    assert "custom/templates/core/privacy.html" in said
    assert "+{# another line #}" in said
    kept = subprocess.run([*git, "show", "--stat", "HEAD^1"], check=True, capture_output=True, text=True).stdout
    assert "custom/hooks/after-deploy" in kept
    assert (repository / "custom/settings.toml").read_text(encoding="utf-8") == "[semua]\nDEBUG = true\n"
    subprocess.run([*git, "rm", "-q", "custom/settings.toml"], check=True, user=newcomer.user)
    subprocess.run([*git, "commit", "-qm", "Tanpa setelan"], check=True, user=newcomer.user)
