"""Settings of E-RK; everything shared comes from core, everything local from the environment."""

from core import custom
from core.settings import *  # noqa: F403

APP = "erk"
INSTALLED_APPS = [APP, *INSTALLED_APPS]  # noqa: F405
ROLES = "erk.enums.Role"
NAV = "erk.web.nav.items"
DEMO = "erk.domain.demo.load"
ROLE_SCOPES = "erk.domain.people.scopes_of"
OFFICE = "personnel"
SECOND_STEP = "erk.domain.people.needs_second_step"
LEGAL_BASIS = ("performance.regulation",)
SIGNUP_OPEN = False

globals().update(custom.settings(APP, globals(), CUSTOM_DIR))  # noqa: F405 - the last word is the region's
