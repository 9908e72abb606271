"""System checks of an installation: region data and roles are there before the first request."""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from core.region import RegionDataError, region


@register()
def region_is_rendered(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start without rendered region data."""
    try:
        data = region()
        missing = [name for name in ("region", "terms", "locale", "calendar", "brand") if name not in data]
    except RegionDataError as error:
        return [Error(str(error), id="core.E001")]
    if missing:
        return [Error(f"The region data lacks: {', '.join(missing)}. Render the region again.", id="core.E002")]
    return []


@register()
def app_settings(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an app that does not name its roles and demo loader."""
    return [
        Error(f"The app's settings lack {name}.", id="core.E003")
        for name in ("APP", "ROLES", "NAV", "DEMO")
        if not hasattr(settings, name)
    ]


@register()
def error_pages(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse an app whose errors would show Django's bare English pages."""
    urls = import_module(settings.ROOT_URLCONF)
    return [
        Error(f"{settings.ROOT_URLCONF} lacks {name}: import it from core.web.urls.", id="core.E004")
        for name in ("handler400", "handler403", "handler404", "handler500")
        if not hasattr(urls, name)
    ]
