"""The entries of the navigation, from `settings.NAV` of the app; the desk of officers is the same in each."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.module_loading import import_string

from core.models import User
from core.people import may_administer


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry: label (a word or two), address, icon of the sprite, and how many things wait behind it.

    `short` replaces the label in the bar of phones, where an entry has a fifth of 360 px.
    """

    label: str
    url: str
    icon: str
    count: int = 0
    short: str = ""

    def is_current(self, path: str) -> bool:
        """Return whether a page's address lies under this entry; the start page only matches itself."""
        return path == self.url or (self.url != get_script_prefix() and path.startswith(self.url))


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page shows it."""

    item: NavItem
    current: bool


def entries(request: HttpRequest) -> list[Shown]:
    """Return the app's entries for this person; of several that match the page, the longest is current."""
    items: list[NavItem] = import_string(settings.NAV)(request)
    matching = [item for item in items if item.is_current(request.path)]
    best = max(matching, key=lambda item: len(item.url), default=None)
    return [Shown(item, item is best) for item in items]


def people_desk(user: User) -> list[NavItem]:
    """Return the entry to the desk of officers and their roles, for whoever administers accounts; else none."""
    if not may_administer(user):
        return []
    return [NavItem("Petugas dan peran", reverse("core:people"), "people", short="Petugas")]
