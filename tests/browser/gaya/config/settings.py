"""Settings of the style page's project."""

from core.settings import *  # noqa: F403

APP = "gaya"
INSTALLED_APPS = ["gaya", *INSTALLED_APPS]  # noqa: F405
ROLES = "gaya.roles.Role"
NAV = "gaya.nav.items"
DEMO = "gaya.demo.load"
LEGAL_BASIS = ("gaya.regulation", "gaya.law")
