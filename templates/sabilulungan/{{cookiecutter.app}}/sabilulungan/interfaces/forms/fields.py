"""Fields only this app needs: bank account, RT and RW, volumes, yes or no."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms import WrittenField
from core.identity import digits
from sabilulungan import validators


def _account(text: str) -> str:
    try:
        return validators.account_number(digits(text))
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None


def _family_card(text: str) -> str:
    try:
        return validators.family_card(text)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None


def _unit(text: str) -> str:
    number = text.strip().lstrip("0") or "0"
    try:
        validators.unit_number(number)
    except ValidationError as error:
        raise ValueError(error.messages[0]) from None
    return number.zfill(3)


def _volume(text: str) -> Decimal:
    cleaned = text.strip().replace(" ", "")
    if cleaned.count(",") == 1:
        cleaned = cleaned.replace(".", "").replace(",", ".")
    elif cleaned.count(".") > 1 or (cleaned.count(".") == 1 and len(cleaned.rsplit(".", 1)[1]) == 3):
        cleaned = cleaned.replace(".", "")
    try:
        volume = Decimal(cleaned)
    except InvalidOperation:
        raise ValueError("Tulis banyaknya dengan angka, misalnya 10 atau 2,5.") from None
    if not volume.is_finite() or not 0 < volume < 10**7 or volume != volume.quantize(Decimal("0.01")):
        raise ValueError("Tulis angka lebih dari nol, paling banyak dua angka di belakang koma.")
    return volume


class AccountField(WrittenField):
    """A bank account number as digits."""

    parse = staticmethod(_account)
    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "medium"}


class FamilyCardField(WrittenField):
    """The number of a family card as 16 digits."""

    parse = staticmethod(_family_card)
    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "medium"}


class UnitField(WrittenField):
    """An RT or RW as three digits: "3" becomes "003"."""

    parse = staticmethod(_unit)
    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "short"}


class VolumeField(WrittenField):
    """How many: "10", "2,5", "1.000". Two decimals at most."""

    parse = staticmethod(_volume)
    attrs = {"inputmode": "decimal", "autocomplete": "off", "data-size": "short"}

    @staticmethod
    def show(volume: Decimal) -> str:
        """Return a volume as people write it."""
        return f"{volume.normalize():f}".replace(".", ",")


def position_of(text: str) -> tuple[Decimal, Decimal]:
    """Return latitude and longitude of "-6.914744, 107.609810"; ValueError says what is wrong or that it is abroad."""
    latitude, _, longitude = text.partition(",")
    try:
        place = (Decimal(latitude).quantize(Decimal("0.000001")), Decimal(longitude).quantize(Decimal("0.000001")))
    except InvalidOperation:
        raise ValueError("Tulis lintang dan bujur dengan koma di antaranya, misalnya -6.914744, 107.609810.") from None
    if not (place[0].is_finite() and place[1].is_finite() and -11 <= place[0] <= 6 and 95 <= place[1] <= 141):
        raise ValueError("Titik itu di luar Indonesia. Lintang ditulis lebih dahulu, misalnya -6.914744, 107.609810.")
    return place


class PositionField(WrittenField):
    """A point of the map: latitude and longitude in degrees."""

    parse = staticmethod(position_of)
    attrs = {"autocomplete": "off", "data-size": "medium", "data-position-typed": ""}

    @staticmethod
    def show(place: tuple[Decimal, Decimal]) -> str:
        """Return a point as it is typed."""
        return f"{place[0]}, {place[1]}"


class YesNoField(forms.TypedChoiceField):
    """Two radio buttons; True, False, or None when nothing was chosen."""

    def __init__(self, *, yes: str = "Ya", no: str = "Tidak", **kwargs: Any) -> None:
        super().__init__(
            choices=[("ya", yes), ("tidak", no)],
            coerce=lambda value: value == "ya",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored answer."""
        return {True: "ya", False: "tidak"}.get(value, value) if isinstance(value, bool) else value


class UploadsInput(forms.ClearableFileInput):
    """Several files at once; with `capture` the camera of a phone opens."""

    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """A list of uploads, empty when none was given."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return every upload; their content is judged when they are stored."""
        return [one for one in data or [] if one]
