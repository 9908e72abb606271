"""Django settings shared by the three apps.

An app's `config/settings.py` sets APP and imports everything from here:

    import os; os.environ["KIT_APP_ROOT"] = str(BASE_DIR)
    from core.settings import *
    APP = "hayu"; INSTALLED_APPS = [APP, *INSTALLED_APPS]; ROLES, NAV, DEMO = …

What differs between installations comes from the environment (see `core.env`):
SECRET_KEY, DATA_KEY, DATABASE_PASSWORD (secrets), DATABASE_URL, DATABASE_SCRAM, FILES_SHARED,
ALLOWED_HOSTS, BASE_URL, KIT_STATE_DIR, HTTPS, SERVE_STATIC, SMTP_*.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.conf.locale.id import formats

from core import env
from core.region import CORE_ROOT, directories, region

APP_ROOT = Path(os.environ["KIT_APP_ROOT"])
CUSTOM_DIR = Path(env.text("KIT_CUSTOM_DIR", str(APP_ROOT.parent.parent / "custom")))
STATE_DIR = Path(env.text("KIT_STATE_DIR", str(APP_ROOT / "state")))
_data = region()
_name = APP_ROOT.name if APP_ROOT.name.isidentifier() else "app"

DEBUG = env.flag("DEBUG")
SECRET_KEY = env.secret("SECRET_KEY").reveal()
DATA_KEY = env.secret("DATA_KEY")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS", "localhost,127.0.0.1")
BASE_URL = env.text("BASE_URL", "http://localhost:8000")
HTTPS = env.flag("HTTPS")
_path = urlsplit(BASE_URL).path.rstrip("/")  # an app under https://subang.go.id/erk/; the web server strips the prefix
FORCE_SCRIPT_NAME = _path or None
SERVE_STATIC = env.flag("SERVE_STATIC")
DEMO_MODE = env.flag("DEMO_MODE")

INSTALLED_APPS = [
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules",
]

MIDDLEWARE = [
    "core.web.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    *(["whitenoise.middleware.WhiteNoiseMiddleware", "django.middleware.gzip.GZipMiddleware"] if SERVE_STATIC else []),
    "core.web.middleware.request_number",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.web.errors.statuses",
    "core.web.middleware.refusals",
    "core.web.second_step.second_step",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [CUSTOM_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.web.context.service",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{STATE_DIR / 'db.sqlite3'}"), conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:  # a database server that cannot be reached is told in seconds
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 10)
if env.flag("DATABASE_SCRAM"):
    DATABASES["default"]["PASSWORD"] = env.secret("DATABASE_PASSWORD").reveal()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "core.web.accounts.Adapter"
ACCOUNT_FORMS = {"signup": "core.web.accounts.SignupForm"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# An office has one address: on the last day of a month hundreds sign in from it. Wrong passwords stay limited.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip"}
MFA_ADAPTER = "core.web.accounts.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SECOND_STEP = ""  # path of a function of an account: whether it may not do without the second step
MFA_TOTP_ISSUER = _data.terms.government_long

# Cookies of other apps and regions on the same host name must not meet: localhost ignores ports.
_cookie = f"{_name}_{_data.region.code.replace('.', '')}"
SESSION_COOKIE_NAME = f"sesi_{_cookie}"
CSRF_COOKIE_NAME = f"csrf_{_cookie}"
LANGUAGE_COOKIE_NAME = "bahasa"  # known to the cache of the web server
LANGUAGE_COOKIE_SAMESITE, LANGUAGE_COOKIE_AGE = "Lax", 365 * 86400
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{_path}/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "core.web.errors.csrf_failure"

LANGUAGE_CODE = "id"
_LANGUAGE_NAMES = {
    "id": "Bahasa Indonesia", "su": "Basa Sunda", "jv": "Basa Jawa", "bew": "Betawi",
    "sas": "Sasak", "smw": "Samawa", "bhp": "Mbojo", "ban": "Basa Bali",
}  # fmt: skip
LANGUAGES = [(code, _LANGUAGE_NAMES.get(code, code)) for code in dict.fromkeys(("id", *_data.locale.languages))]
LOCALE_PATHS = [CUSTOM_DIR / "locale", *(path / "locale" for path in directories()), CORE_ROOT / "core" / "locale"]
# Numbers and dates are Indonesian in every language: regional ones have no forms of their own.
globals().update({name: getattr(formats, name) for name in dir(formats) if name.isupper()})
TIME_ZONE = _data.locale.timezone
USE_TZ = USE_I18N = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(STATE_DIR / "static")))
STATICFILES_DIRS = [
    *([str(CUSTOM_DIR / "static")] if (CUSTOM_DIR / "static").is_dir() else []),
    *[("region", str(path / "static")) for path in directories() if (path / "static").is_dir()],
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = STATE_DIR / "files"
FILES_SHARED = env.flag("FILES_SHARED")  # several servers run the app: see core.shared
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("SMTP_HOST", "")
EMAIL_PORT = env.number("SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.secret("SMTP_PASSWORD").reveal() if EMAIL_HOST_USER else ""
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and (EMAIL_PORT == 587 or bool(EMAIL_HOST_USER))  # no password in the clear
EMAIL_TIMEOUT = 10
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = STATE_DIR / "mail"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("MAIL_FROM", "noreply@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.web.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}
NINJA_PAGINATION_MAX_LIMIT = 1000
