"""Widgets behind the fields of `core.forms`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from core import wilayah
from core.region import region
from core.wilayah import Place

_SELECTED = mark_safe(" selected")


class TextWidget(forms.TextInput):
    """A text input; `data-affix` in its attributes is drawn before it by the field's template."""


class TextareaWidget(forms.Textarea):
    """A text area that says how many letters are left when it has a maximum."""


class ManyOptions(forms.Select):
    """A select drawn in one piece: a template for each option makes a form of many options slow."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the <select>; options are not grouped."""
        chosen = self.format_value(value)
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, _SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class PlaceWidget(forms.Widget):
    """Selects from the highest level down to `level`; the lower ones are filled when the one above is chosen."""

    template_name = "core/widgets/place.html"
    use_fieldset = True

    def __init__(self, level: int = wilayah.VILLAGE, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs)
        self.level = level

    def id_for_label(self, id_: str) -> str:
        """Return the first select, where an error summary leads."""
        return f"{id_}_{self._levels()[0]}" if id_ else ""

    def _levels(self) -> list[int]:
        first = wilayah.REGENCY if wilayah.regencies() else wilayah.DISTRICT
        return list(range(first, self.level + 1))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """Return the lowest chosen code, or the words typed where there is no JavaScript."""
        written = str(data.get(f"{name}_tulis", "") or "").strip()
        chosen = [str(data.get(f"{name}_{level}", "") or "") for level in self._levels()]
        lowest = next((code for code in reversed(chosen) if code), "")
        return written if written and not chosen[-1] else lowest or str(data.get(name, "") or "")

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Return whether none of the selects came with the form."""
        return not any(key in data for key in (name, f"{name}_tulis", *(f"{name}_{level}" for level in self._levels())))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the selects with what belongs below the present choice."""
        context = super().get_context(name, value, attrs)
        place = wilayah.find(str(value or ""))
        path = _path(place)
        base = context["widget"]["attrs"].get("id", f"id_{name}")
        levels = self._levels()
        selects = []
        parent: str | None = None
        for position, level in enumerate(levels):
            chosen = path.get(level, "")
            selects.append(
                {
                    "id": f"{base}_{level}",
                    "name": f"{name}_{level}",
                    "label": level_name(level).capitalize(),
                    "chosen": chosen,
                    "places": _choices(level, parent, first=position == 0),
                    "child": f"{base}_{levels[position + 1]}" if position + 1 < len(levels) else "",
                }
            )
            parent = chosen
        context["widget"].update(
            selects=selects,
            url=reverse("core:places"),
            invalid=context["widget"]["attrs"].get("aria-invalid"),
            written="" if place else str(value or ""),
            written_name=f"{name}_tulis",
            written_id=f"{base}_tulis",
        )
        return context


def level_name(level: int) -> str:
    """Return what the region calls a level: "kecamatan", "kelurahan atau desa"."""
    terms = region().terms
    if level == wilayah.REGENCY:
        return str(terms.get("level2", "kabupaten/kota"))
    if level == wilayah.DISTRICT:
        return str(terms.level3)
    kinds = {place.kind for place in wilayah.villages()}
    names = [
        str(name) for kind, name in (("kelurahan", terms.level4_urban), ("desa", terms.level4_rural)) if kind in kinds
    ]
    return " atau ".join(names) or str(terms.level4_urban)


def _path(place: Place | None) -> dict[int, str]:
    path: dict[int, str] = {}
    while place:
        path[place.level] = place.code
        place = wilayah.find(place.parent)
    return path


def _choices(level: int, parent: str | None, *, first: bool) -> list[Place]:
    if level == wilayah.REGENCY:
        return wilayah.regencies()
    if level == wilayah.DISTRICT:
        return wilayah.districts() if first else wilayah.districts(parent) if parent else []
    return wilayah.villages(parent) if parent else []
