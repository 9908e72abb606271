"""The civil registry (Dukcapil): whether a NIK is known there, whether its owner is alive, and under which name.

A region whose agreement with the registry lets its apps ask names the class that asks in the setting CIVIL_REGISTRY
("package.module.Class"); empty means not linked. Only the NIK goes out. What comes back is used and forgotten: an app
keeps its own verdict, no name and no other datum of the answer.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from core import env

TIMEOUT = 5  # seconds, after which whoever asks gives up with an OSError (TimeoutError is one)


@dataclass(frozen=True, slots=True)
class Found:
    """What the registry says of a NIK it knows."""

    name: str
    deceased: bool = False

    def __repr__(self) -> str:
        return "Found(…)"  # the name is personal, and logs and error reports are kept


class Registry(Protocol):
    """What asks the registry; made without arguments, it reads its own address and secrets from the environment."""

    def look_up(self, nik: str) -> Found | None:
        """Return what is known of a NIK, None when it is unknown there.

        Raises OSError within TIMEOUT seconds when the registry does not answer, or answers what is no answer.
        """


def is_linked() -> bool:
    """Return whether this region's apps may ask the registry."""
    return bool(getattr(settings, "CIVIL_REGISTRY", ""))


def registry() -> Registry | None:
    """Return what asks the registry, None where none is linked; SettingMissing when the setting names no class."""
    if not is_linked():
        return None
    path: str = settings.CIVIL_REGISTRY
    try:
        made: Registry = import_string(path)()
    except ImportError as error:
        problem = f"CIVIL_REGISTRY must name a class that can be imported, not {path!r}: {error}."
        raise env.SettingMissing(problem) from None
    return made
