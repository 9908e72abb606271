"""Settings of Sabilulungan: core's, and what this app is called and uses."""

from core import custom
from core.settings import *  # noqa: F403

APP = "sabilulungan"
INSTALLED_APPS = ["sabilulungan", *INSTALLED_APPS]  # noqa: F405
ROLES = "sabilulungan.enums.Role"
NAV = "sabilulungan.web.nav.items"
DEMO = "sabilulungan.domain.demo.load"
ROLE_SCOPES = "sabilulungan.domain.flow.people.scopes_of"
LOGIN_REDIRECT_URL = "start"
OFFICE = "finance"
LEGAL_BASIS = ("grants.regulation",)
CIVIL_REGISTRY = ""  # path of the class that asks the civil registry (core.civil_registry); empty: not linked

globals().update(custom.settings(APP, globals(), CUSTOM_DIR))  # noqa: F405 - the last word is the region's
