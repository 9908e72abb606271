"""Settings of E-RK; everything shared comes from core, everything local from the environment."""

from core.settings import *  # noqa: F403

APP = "erk"
INSTALLED_APPS = [APP, *INSTALLED_APPS]  # noqa: F405
ROLES = "erk.enums.Role"
NAV = "erk.web.nav.items"
DEMO = "erk.domain.demo.load"
ROLE_SCOPES = "erk.domain.people.scopes_of"
OFFICE = "personnel"
LEGAL_BASIS = ("performance.regulation",)
SIGNUP_OPEN = False
