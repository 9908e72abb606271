"""Names of the roles of the running app: `settings.ROLES` points to its TextChoices."""

import functools

from django.conf import settings
from django.db.models import TextChoices
from django.utils.module_loading import import_string

from core.models import User


@functools.cache
def roles() -> type[TextChoices]:
    """Return the app's roles."""
    found: type[TextChoices] = import_string(settings.ROLES)
    return found


def role_labels(user: User) -> list[str]:
    """Return the names of the roles a person holds today, in the order of the app's table."""
    held = user.roles()
    return [str(role.label) for role in roles() if role.value in held]
