"""Settings of Hayu: core's, and what this app is called and uses."""

from core import custom
from core.settings import *  # noqa: F403

APP = "hayu"
INSTALLED_APPS = ["hayu", *INSTALLED_APPS]  # noqa: F405
ROLES = "hayu.enums.Role"
NAV = "hayu.web.nav.items"
DEMO = "hayu.domain.demo.load"
ROLE_SCOPES = "hayu.domain.people.scopes_of"
OFFICE = "licensing"
LOGIN_REDIRECT_URL = "hayu:work"
SECOND_STEP = "hayu.domain.people.needs_second_step"
LEGAL_BASIS = ("licences.report_basis",)

globals().update(custom.settings(APP, globals(), CUSTOM_DIR))  # noqa: F405 - the last word is the region's
