"""WSGI entry point for gunicorn: `config.wsgi:application`."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
import_module("config.urls")  # gunicorn loads the views once, before the processes that then share them
