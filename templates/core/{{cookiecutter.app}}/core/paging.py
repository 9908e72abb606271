"""Pages of a list: the address holds the page as `hal`, together with the filters."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as DjangoPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

PARAMETER = "hal"
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses of the other pages; in `pages` a gap is (0, "") and the current page has no address."""

    previous: str
    next: str
    pages: list[tuple[int, str]]


class Page(DjangoPage):  # type: ignore[type-arg]
    """A page of Django's paginator that knows the addresses of its neighbours."""

    def links(self, query: QueryDict) -> Links:
        """Return the links, keeping everything else of the query."""
        pages = []
        for number in self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1):
            current = number == self.number
            pages.append((number, "" if current else address(query, number)) if isinstance(number, int) else (0, ""))
        previous = address(query, self.number - 1) if self.has_previous() else ""
        following = address(query, self.number + 1) if self.has_next() else ""
        return Links(previous, following, pages)


class _Paginator(Paginator):  # type: ignore[type-arg]
    def _get_page(self, *args: Any, **kwargs: Any) -> Page:
        return Page(*args, **kwargs)


class _Counted(_Paginator):
    """A paginator of rows the page has counted already."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self._known = count

    @property
    def count(self) -> int:  # type: ignore[override]
        return self._known


def address(query: QueryDict, number: int) -> str:
    """Return "?…" with the page set to `number`; the first page needs no mention."""
    changed = query.copy()
    changed.pop(PARAMETER, None)
    if number > 1:
        changed[PARAMETER] = str(number)
    return f"?{changed.urlencode()}"


def paginate(
    request: HttpRequest, rows: "QuerySet[Any] | list[Any]", per_page: int = PER_PAGE, count: int | None = None
) -> Page:
    """Return the page the address asks for; a page that is none becomes the first, one past the end the last.

    `count`: how many rows there are, where the page knows it already; then the database is not asked again.
    """
    pages = _Paginator(rows, per_page) if count is None else _Counted(rows, per_page, count)
    page: Page = pages.get_page(request.GET.get(PARAMETER))
    return page
