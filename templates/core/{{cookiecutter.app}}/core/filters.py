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
import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import dates, money, wilayah
from core.forms import BaseForm, DateField, PlaceField, RupiahField
from core.paging import PARAMETER as PAGE
from core.widgets import ManyOptions, TextWidget

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

    def shown(self, value: Any, field: forms.Field) -> str:
        """Return a value in words, for the chip; `field` is the one that read it."""
        return str(value)


class TextFilter(Filter):
    """Free text."""

    def field(self) -> forms.Field:
        """Return a search input."""
        return forms.CharField(
            label=self.label, help_text=self.help_text, max_length=100, widget=TextWidget({"type": "search"})
        )

    def shown(self, value: str, field: forms.Field) -> str:
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
            label=self.label, help_text=self.help_text, widget=ManyOptions, choices=[("", self._empty), *self.choices()]
        )

    def shown(self, value: str, field: forms.Field) -> str:
        """Return the label of the choice."""
        return str(dict(field.choices).get(value, value))  # type: ignore[attr-defined]


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
            label=self.label, widget=ManyOptions, choices=[("", "Semua"), *((one.code, one.name) for one in places)]
        )

    def shown(self, value: str, field: forms.Field) -> str:
        """Return the place's name."""
        return wilayah.name_of(value)


class MoneyFilter(Filter):
    """A sum in rupiah."""

    def field(self) -> forms.Field:
        """Return a rupiah input."""
        return RupiahField(label=self.label, help_text=self.help_text)

    def shown(self, value: int, field: forms.Field) -> str:
        """Return the sum."""
        return money.rupiah(value)


class DateFilter(Filter):
    """A date."""

    def field(self) -> forms.Field:
        """Return a date input."""
        return DateField(label=self.label, help_text=self.help_text or "Misalnya 24/11/2026.")

    def shown(self, value: dt.date, field: forms.Field) -> str:
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


class FilterForm(BaseForm):
    """The form of a filter set; its fields are those of the request."""

    is_filter = True

    def render_fields(self) -> SafeString:
        """Return the fields as HTML."""
        return render_to_string("core/parts/fields.html", {"form": self})


class _Grid:
    """A form to be rendered, equal to another that shows the same: fields, choices, values and language."""

    def __init__(self, form: FilterForm) -> None:
        self.form = form
        self.shows = (get_language(), *(self._part(name, field) for name, field in form.fields.items()))

    def _part(self, name: str, field: forms.Field) -> tuple[Any, ...]:
        value = field.widget.value_from_datadict(self.form.data, {}, name)
        typed = tuple(value) if isinstance(value, list) else value
        return name, str(field.label), str(field.help_text), tuple(getattr(field, "choices", ())), typed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Grid) and self.shows == other.shows

    def __hash__(self) -> int:
        return hash(self.shows)


@functools.lru_cache(maxsize=64)
def rendered(grid: _Grid) -> SafeString:
    """Return the form's fields as HTML, from memory when the same form was shown lately."""
    return grid.form.render_fields()


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

    def _form(self) -> FilterForm:
        fields = {name: one.field() for name, one in self.filters.items()}
        for field in fields.values():
            field.required = False
        form = FilterForm(self._query, auto_id="saring_%s")
        form.fields = (
            fields  # made for this request: Django's copy of declared fields would cost more than reading them
        )
        return form

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return what else the address holds, a month for example, so that the form does not lose it; not the page."""
        own = (PAGE, *self.filters)
        return [
            (key, value)
            for key, values in self._query.lists()
            if not any(key == name or key.startswith(f"{name}_") for name in own)
            for value in values
        ]

    @property
    def grid(self) -> SafeString:
        """Return the form's fields, rendered. What most visitors see is one of few forms, and is remembered."""
        return self.form.render_fields() if self.form.errors else rendered(_Grid(self.form))

    @functools.cached_property
    def chips(self) -> list[Chip]:
        """Return the active filters, each with the address that drops it."""
        return [
            Chip(f"{one.label}: {one.shown(value, self.form.fields[name])}", self.url(**{name: None}))
            for name, value in self.values.items()
            for one in [self.filters[name]]
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
