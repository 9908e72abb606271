"""Addresses for mails, letters and QR codes."""

from urllib.parse import urljoin

from django.conf import settings


def absolute(path: str) -> str:
    """Return the public address of a path that `reverse` gave, also when the app lives below one (/erk/…)."""
    return urljoin(settings.BASE_URL, path)
