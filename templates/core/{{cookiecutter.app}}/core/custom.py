"""The region's own settings: `custom/settings.toml`, plain values that are laid over Django's and the app's."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import global_settings

FILE = "settings.toml"
EVERY = "semua"
"""The section that holds for every app."""

SECTIONS = (EVERY, "sabilulungan", "hayu", "erk")

OWN = frozenset(
    {"ALLOWED_HOSTS", "APP", "APP_ROOT", "AUTHENTICATION_BACKENDS", "AUTH_USER_MODEL", "BASE_URL", "CACHES",
     "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SECURE", "CUSTOM_DIR", "DATABASES", "DATA_KEY", "DEBUG",
     "DEFAULT_AUTO_FIELD", "DEMO", "DEMO_MODE", "EMAIL_HOST_PASSWORD", "FILES_SHARED", "FORCE_SCRIPT_NAME", "HTTPS",
     "INSTALLED_APPS", "LOCALE_PATHS", "LOGGING", "MEDIA_ROOT", "MIDDLEWARE", "NAV", "PASSWORD_HASHERS", "ROLES",
     "ROLE_SCOPES", "ROOT_URLCONF", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "SECURE_PROXY_SSL_HEADER",
     "SECURE_SSL_REDIRECT", "SERVE_STATIC", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SECURE", "STATICFILES_DIRS",
     "STATIC_ROOT", "STATIC_URL", "STATE_DIR", "STORAGES", "TASKS", "TEMPLATES", "USE_TZ", "WSGI_APPLICATION",
     "X_FRAME_OPTIONS"}
)  # fmt: skip
"""What comes from the deployment, or keeps the app and its data safe: not the region's to set here."""


class SettingsRefused(RuntimeError):
    """`custom/settings.toml` holds what cannot be used; the words name the file, the key, and what to do."""


def settings(app: str, known: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return what `folder`/settings.toml sets for `app`: values of the section `semua`, then of the app's own.

    `known` are the settings so far, Django's defaults aside; a name that is in neither, or a value of another kind, is
    refused. Raises SettingsRefused with every fault.
    """
    file = folder / FILE
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsRefused(f"{file} cannot be read: {error}.") from None
    known = {**vars(global_settings), **known}
    faults = [
        f"{name} is no section: write {', '.join(f'[{one}]' for one in SECTIONS)} and settings below it."
        for name, values in sections.items()
        if name not in SECTIONS or not isinstance(values, dict)
    ]
    found: dict[str, Any] = {}
    for section in (EVERY, app):
        values = sections.get(section)
        for name, value in values.items() if isinstance(values, dict) else ():
            problem = _problem(name, value, known)
            if problem:
                faults.append(f"[{section}] {name} {problem}")
            else:
                found[name] = _as(known[name], value)
    if faults:
        raise SettingsRefused(f"{file}:\n" + "\n".join(f"  {fault}" for fault in faults))
    return found


def _problem(name: str, value: Any, known: Mapping[str, Any]) -> str:
    """Why a value cannot be set; empty if it can."""
    if name in OWN or name.startswith("_"):
        return "is set by the deployment, or guards the app's data. Change it in the profile or in deploy/."
    if not name.isupper() or name not in known:
        return "is no setting of this app. The names are in apps/core/core/settings.py."
    before = known[name]
    if before is None or type(value) is type(before):
        return ""
    if isinstance(value, list) and isinstance(before, tuple | set | frozenset):
        return ""
    return f"must be of the kind {type(before).__name__}, such as {before!r}, not {value!r}."


def _as(before: Any, value: Any) -> Any:
    """The value in the form the setting has: TOML knows neither tuples nor sets."""
    return type(before)(value) if isinstance(before, tuple | set | frozenset) else value
