"""Declared filters of a list: from the address to a queryset, and to chips that can be taken away.

    class GrantFilters(FilterSet):
        cari = TextFilter("Cari nama", lambda rows, text: queries.search(rows, text))
        tahun = ChoiceFilter("Tahun", "fiscal_year", choices=queries.years)
        dari = MoneyFilter("Paling sedikit", "amount__gte")

    found = GrantFilters(request, Grant.objects.public())
    found.rows          the filtered queryset, for the page and for the export alike
    found.url(ekspor="csv")   the same address with something added

A value that cannot be read is not applied: the form says why, and no chip claims it was.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from core import dates, money, wilayah
from core.forms import BaseForm, DateField, PlaceField, RupiahField
from core.paging import PARAMETER as PAGE
from core.widgets import TextWidget

Rows = QuerySet[Any]
Choices = Iterable[tuple[Any, str]]


class Filter:
    """One filter: its label, and either a lookup ("amount__gte") or a function of (rows, value)."""

    def __init__(self, label: str, apply: str | Callable[[Rows, Any], Rows], *, help_text: str = "") -> None:
        self.label = label
        self._apply = apply
        self.help_text = help_text

    def field(self) -> forms.Field:
        """Return the form field that reads it from the address."""
        raise NotImplementedError

    def apply(self, rows: Rows, value: Any) -> Rows:
        """Return the rows that pass."""
        return rows.filter(**{self._apply: value}) if isinstance(self._apply, str) else self._apply(rows, value)

    def shown(self, value: Any) -> str:
        """Return a value in words, for the chip."""
        return str(value)


class TextFilter(Filter):
    """Free text."""

    def field(self) -> forms.Field:
        """Return a search input."""
        return forms.CharField(
            label=self.label, help_text=self.help_text, max_length=100, widget=TextWidget({"type": "search"})
        )

    def shown(self, value: str) -> str:
        """Return the text in quotes."""
        return f"“{value}”"


class ChoiceFilter(Filter):
    """One of several; `choices` may be a function, asked at each request. `empty` is the word for no choice."""

    def __init__(
        self,
        label: str,
        apply: str | Callable[[Rows, Any], Rows],
        *,
        choices: Choices | Callable[[], Choices],
        empty: str = "Semua",
        help_text: str = "",
    ) -> None:
        super().__init__(label, apply, help_text=help_text)
        self._choices, self._empty = choices, empty

    def choices(self) -> list[tuple[str, str]]:
        """Return value and label of each choice."""
        found = self._choices() if callable(self._choices) else self._choices
        return [(str(value), str(label)) for value, label in found]

    def field(self) -> forms.Field:
        """Return a select."""
        return forms.ChoiceField(
            label=self.label, help_text=self.help_text, choices=[("", self._empty), *self.choices()]
        )

    def shown(self, value: str) -> str:
        """Return the label of the choice."""
        return dict(self.choices()).get(value, value)


class PlaceFilter(Filter):
    """A kecamatan (or another level); the lookup compares codes."""

    def __init__(self, label: str, apply: str | Callable[[Rows, Any], Rows], *, level: int = wilayah.DISTRICT) -> None:
        super().__init__(label, apply)
        self._level = level

    def field(self) -> forms.Field:
        """Return a select of all places of the level."""
        if self._level == wilayah.VILLAGE:
            return PlaceField(label=self.label)
        places = wilayah.districts() if self._level == wilayah.DISTRICT else wilayah.regencies()
        return forms.ChoiceField(
            label=self.label, choices=[("", "Semua"), *((place.code, place.name) for place in places)]
        )

    def shown(self, value: str) -> str:
        """Return the place's name."""
        return wilayah.name_of(value)


class MoneyFilter(Filter):
    """A sum in rupiah."""

    def field(self) -> forms.Field:
        """Return a rupiah input."""
        return RupiahField(label=self.label, help_text=self.help_text)

    def shown(self, value: int) -> str:
        """Return the sum."""
        return money.rupiah(value)


class DateFilter(Filter):
    """A date."""

    def field(self) -> forms.Field:
        """Return a date input."""
        return DateField(label=self.label, help_text=self.help_text or "Misalnya 24/11/2026.")

    def shown(self, value: dt.date) -> str:
        """Return the date."""
        return dates.short_date(value)


class OrderFilter(ChoiceFilter):
    """The order of a list: {"terbaru": ("Terbaru dahulu", ["-created_at"])}; the first is the default, no chip."""

    def __init__(self, label: str, orders: dict[str, tuple[str, list[str]]]) -> None:
        self._orders = orders
        self.default = next(iter(orders))
        named = [(key, words) for key, (words, _) in orders.items() if key != self.default]
        super().__init__(label, self._ordered, choices=named, empty=orders[self.default][0])

    def _ordered(self, rows: Rows, value: str) -> Rows:
        return rows.order_by(*self._orders[value][1])

    def default_order(self, rows: Rows) -> Rows:
        """Return the rows in the default order."""
        return self._ordered(rows, self.default)


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the address without it."""

    label: str
    url: str


class FilterSet:
    """The filters of one list, read from one request."""

    filters: dict[str, Filter] = {}

    def __init_subclass__(cls) -> None:
        """Collect the filters in the order they are written; a subclass adds to its parent's."""
        own = {name: value for name, value in vars(cls).items() if isinstance(value, Filter)}
        cls.filters = {**cls.filters, **own}

    def __init__(self, request: HttpRequest, rows: Rows) -> None:
        self._query = request.GET
        self.form = self._form()
        self.form.is_valid()
        cleaned = self.form.cleaned_data
        self.values = {name: cleaned[name] for name in self.filters if cleaned.get(name) not in (None, "")}
        for name, one in self.filters.items():
            if name in self.values:
                rows = one.apply(rows, self.values[name])
            elif isinstance(one, OrderFilter):
                rows = one.default_order(rows)
        self.rows = rows

    def _form(self) -> BaseForm:
        fields = {name: one.field() for name, one in self.filters.items()}
        for field in fields.values():
            field.required = False
        form = type("FilterForm", (BaseForm,), {**fields, "is_filter": True})
        made: BaseForm = form(self._query, auto_id="saring_%s")
        return made

    @property
    def chips(self) -> list[Chip]:
        """Return the active filters, each with the address that drops it."""
        return [
            Chip(f"{self.filters[name].label}: {self.filters[name].shown(value)}", self.url(**{name: None}))
            for name, value in self.values.items()
        ]

    @property
    def reset_url(self) -> str:
        """Return the address without any filter."""
        return self.url(**dict.fromkeys(self.filters))

    def url(self, **changes: str | None) -> str:
        """Return "?…" with changes (None drops a key), on its first page, without empty keys."""
        query = self._query.copy()
        for name in [PAGE, *changes, *(key for key in query if not query[key])]:
            for key in [key for key in query if key == name or key.startswith(f"{name}_")]:
                query.pop(key)
        query.update({name: value for name, value in changes.items() if value is not None})
        return f"?{query.urlencode()}"
