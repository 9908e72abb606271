"""The form of an estimate: the numbers its formula asks for, as people write them."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from core.forms import BaseForm, WrittenField
from hayu.rules.estimates import Estimate

_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


class NumberField(WrittenField):
    """A positive number: "120", "5.500.000", "0,18" or "0.18"."""

    attrs = {"inputmode": "decimal", "autocomplete": "off", "data-size": "medium"}

    def __init__(self, *, most: Decimal, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    @staticmethod
    def parse(text: str) -> Decimal:
        """Return the number; ValueError with a sentence when it is none."""
        plain = "".join(text.lower().replace("rp", "").replace("%", "").split())
        if "," in plain:
            plain = plain.replace(".", "").replace(",", ".")
        elif _THOUSANDS.fullmatch(plain):
            plain = plain.replace(".", "")
        try:
            number = Decimal(plain) if plain.replace(".", "", 1).isascii() else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise ValueError("Tulis dengan angka, misalnya 120 atau 0,18.")
        return number

    @staticmethod
    def show(number: Decimal) -> str:
        """Return a number with a decimal comma."""
        return str(number).replace(".", ",")

    def clean(self, value: Any) -> Any:
        """Refuse nothing, less than nothing, and more than the rule allows."""
        number = super().clean(value)
        if number is not None and not 0 < number <= self.most:
            raise forms.ValidationError(f"Antara 0 dan {self.most:f}.", code="range")
        return number


class EstimateForm(BaseForm):
    """The numbers of one estimate."""

    def __init__(self, *args: Any, estimate: Estimate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in estimate.asked:
            self.fields[asked.name] = NumberField(label=asked.label, most=asked.most)
