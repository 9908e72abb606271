"""Settings of the test project."""

from core.settings import *  # noqa: F403

APP = "project"
INSTALLED_APPS = ["project", *INSTALLED_APPS]  # noqa: F405
ROLES = "project.models.Role"
NAV = "project.urls.nav"
DEMO = "project.models.demo"
ROOT_URLCONF = "project.urls"
