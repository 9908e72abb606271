"""Form fields that take what people write: rupiah, NIK, NPWP, phone numbers, dates, places.

Wrong input is refused with a sentence; what was typed stays in the field.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms

from core import dates, identity, money, wilayah
from core.region import region
from core.widgets import PlaceWidget, TextWidget
from core.wilayah import Place


class BaseForm(forms.Form):
    """A form of our pages: no colon after labels, no browser bubbles instead of our error summary."""

    use_required_attribute = False
    error_css_class = "field--error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class BaseModelForm(forms.ModelForm):  # type: ignore[type-arg]
    """The same for forms of one model."""

    use_required_attribute = False
    error_css_class = "field--error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class WrittenField(forms.CharField):
    """Text that a function turns into a value; its ValueError is the error sentence beside the field."""

    parse: Callable[[str], Any]
    show: Callable[[Any], str]
    attrs: dict[str, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("widget", TextWidget(attrs=self.attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the parsed value, or None when nothing was written."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            return value
        return self._parsed(value)

    def _parsed(self, text: str) -> Any:
        try:
            return type(self).parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from None

    def run_validators(self, value: Any) -> None:
        """Length and characters are the parser's business."""
        if isinstance(value, str):
            super().run_validators(value)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored value as people write it; what was typed is shown as typed."""
        if value is None or isinstance(value, str):
            return self._shown_text(value)
        return type(self).show(value)

    def _shown_text(self, value: str | None) -> str | None:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare values, not spellings."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True


class RupiahField(WrittenField):
    """Whole rupiah as int: "Rp 1.250.000", "1250000,00", "1,5 juta". Limits in rupiah."""

    parse = staticmethod(money.parse_rupiah)
    show = staticmethod(money.thousands)
    attrs = {"inputmode": "decimal", "autocomplete": "off", "data-affix": "Rp"}

    def __init__(self, *, min_value: int = 0, max_value: int | None = None, **kwargs: Any) -> None:
        self.min_value, self.max_value = min_value, max_value
        super().__init__(**kwargs)

    def _parsed(self, text: str) -> int:
        amount: int = super()._parsed(text)
        if amount < self.min_value:
            raise forms.ValidationError(f"Jumlah paling sedikit {money.rupiah(self.min_value)}.", code="min_value")
        if self.max_value is not None and amount > self.max_value:
            raise forms.ValidationError(f"Jumlah paling banyak {money.rupiah(self.max_value)}.", code="max_value")
        return amount


class WholeNumberField(WrittenField):
    """A whole number written with or without dots: "6.000"."""

    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "short"}
    show = staticmethod(money.thousands)

    def __init__(self, *, min_value: int = 0, max_value: int | None = None, unit: str = "", **kwargs: Any) -> None:
        self.min_value, self.max_value, self.unit = min_value, max_value, unit
        super().__init__(**kwargs)

    @staticmethod
    def parse(text: str) -> int:
        """Return the number; ValueError when it is none."""
        digits = text.strip().replace(".", "").replace(" ", "")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
            raise ValueError("Tulis bilangan bulat dengan angka, misalnya 120.")
        return int(digits)

    def _parsed(self, text: str) -> int:
        number: int = super()._parsed(text)
        unit = f" {self.unit}" if self.unit else ""
        if number < self.min_value:
            raise forms.ValidationError(f"Paling sedikit {money.thousands(self.min_value)}{unit}.", code="min_value")
        if self.max_value is not None and number > self.max_value:
            raise forms.ValidationError(f"Paling banyak {money.thousands(self.max_value)}{unit}.", code="max_value")
        return number


class _NumberField(WrittenField):
    """An identity number: kept as text."""

    def _shown_text(self, value: str | None) -> str | None:
        return value


class NikField(_NumberField):
    """A NIK as 16 digits; spaces, dots and dashes are taken."""

    parse = staticmethod(identity.normalise_nik)
    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "medium"}


class NpwpField(_NumberField):
    """An NPWP as 16 digits; the old form of 15 is taken."""

    parse = staticmethod(identity.normalise_npwp)
    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "medium"}


class NipField(_NumberField):
    """A NIP of 18 digits."""

    parse = staticmethod(identity.normalise_nip)
    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "medium"}


class PhoneField(_NumberField):
    """A phone number as +62…; "0812-3456-7890" and "62 812 3456 7890" are taken."""

    parse = staticmethod(identity.normalise_phone)
    attrs = {"inputmode": "tel", "autocomplete": "tel", "data-size": "medium"}

    def _shown_text(self, value: str | None) -> str | None:
        return identity.local_phone(value) if value and value.startswith("+62") and value[1:].isdigit() else value


class DateField(WrittenField):
    """A date: "24/11/2026", "24 Nov 2026", "24 Nopember 2026". Limits are dates or functions that return one."""

    parse = staticmethod(dates.parse_date)
    attrs = {"autocomplete": "off", "data-size": "short", "placeholder": ""}

    def __init__(
        self,
        *,
        earliest: dt.date | Callable[[], dt.date] | None = None,
        latest: dt.date | Callable[[], dt.date] | None = None,
        **kwargs: Any,
    ) -> None:
        self.earliest, self.latest = earliest, latest
        kwargs.setdefault("help_text", "Misalnya 24/11/2026 atau 24 November 2026.")
        super().__init__(**kwargs)

    @staticmethod
    def show(day: dt.date) -> str:
        """Return "24/11/2026"."""
        return f"{day:%d/%m/%Y}"

    def _parsed(self, text: str) -> dt.date:
        day: dt.date = super()._parsed(text)
        earliest = self.earliest() if callable(self.earliest) else self.earliest
        latest = self.latest() if callable(self.latest) else self.latest
        if earliest and day < earliest:
            raise forms.ValidationError(f"Tanggal paling awal {dates.short_date(earliest)}.", code="earliest")
        if latest and day > latest:
            raise forms.ValidationError(f"Tanggal paling akhir {dates.short_date(latest)}.", code="latest")
        return day


class PlaceField(forms.Field):
    """A place of the region as its code: kecamatan, then kelurahan or desa (in a province kabupaten/kota first).

    `level` DISTRICT stops at the kecamatan. Without JavaScript one types "Dago, Coblong" instead.
    """

    def __init__(self, *, level: int = wilayah.VILLAGE, **kwargs: Any) -> None:
        self.level = level
        kwargs.setdefault("widget", PlaceWidget(level=level))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the code of a place of the wanted level, "" when none was chosen."""
        text = str(value or "").strip()
        if not text:
            return ""
        place = wilayah.find(text) or self._written(text)
        if place.level != self.level:
            raise forms.ValidationError(f"Pilih juga {self._level_name()}.", code="incomplete")
        return place.code

    def _written(self, text: str) -> Place:
        name, _, parent = (part.strip().casefold() for part in text.partition(","))
        found = [
            place
            for place in (wilayah.districts() if self.level == wilayah.DISTRICT else wilayah.villages())
            if place.name.casefold() == name and (not parent or wilayah.name_of(place.parent).casefold() == parent)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(
                "Ada lebih dari satu tempat bernama itu. Tulis juga kecamatannya.", code="ambiguous"
            )
        raise forms.ValidationError(f"Tempat itu tidak ada di {region().region.name}.", code="unknown")

    def _level_name(self) -> str:
        terms = region().terms
        return (
            str(terms.level3) if self.level == wilayah.DISTRICT else f"{terms.level4_urban} atau {terms.level4_rural}"
        )


def places_below(code: str) -> list[Place]:
    """Return the places directly below a place: kecamatan of a kabupaten, kelurahan and desa of a kecamatan."""
    return wilayah.villages(code) or wilayah.districts(code)
