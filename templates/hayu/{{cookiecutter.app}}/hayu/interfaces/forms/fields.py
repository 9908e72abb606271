"""Fields of Hayu's forms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import files
from core.errors import Refused
from core.forms import WrittenField
from hayu.validators import has_letter, normalise_nib


class NameField(forms.CharField):
    """A name with at least one letter; spaces are tidied."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 120)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        """Return the tidied name."""
        text: str = super().clean(value)
        if not text:
            return text
        try:
            return has_letter(text)
        except ValueError as error:
            raise forms.ValidationError(str(error), code="invalid") from None


class NibField(WrittenField):
    """A NIB as 13 digits."""

    parse = staticmethod(normalise_nib)
    attrs = {"inputmode": "numeric", "autocomplete": "off", "data-size": "medium"}

    def _shown_text(self, value: str | None) -> str | None:
        return value


class PictureField(forms.FileField):
    """A photo from the phone; its content is checked at once (core.files), so the sentence stands at the field."""

    def __init__(self, *, pdf: bool = False, **kwargs: Any) -> None:
        self.allowed = (files.JPEG, files.PNG, *((files.PDF,) if pdf else ()))
        accept = "image/jpeg,image/png" + (",application/pdf" if pdf else "")
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the upload, rewound, when it is a whole picture of at most 5 MB."""
        upload = super().clean(data, initial)
        if upload:
            try:
                files.inspect(upload, self.allowed)
            except Refused as refusal:
                raise forms.ValidationError(refusal.sentence, code="unfit") from None
            upload.seek(0)
        return upload


class PositionField(WrittenField):
    """One coordinate in degrees, with point or comma."""

    attrs = {"inputmode": "decimal", "autocomplete": "off", "data-size": "short"}

    @staticmethod
    def parse(text: str) -> float:
        """Return degrees; ValueError when it is no number within the globe."""
        try:
            number = float(text.strip().replace(",", "."))
        except ValueError:
            raise ValueError("Tulis derajat dengan angka, misalnya -6,9034.") from None
        if not -180 <= number <= 180:
            raise ValueError("Derajat itu di luar bumi.")
        return round(number, 6)

    @staticmethod
    def show(number: float) -> str:
        """Return degrees with a comma."""
        return str(number).replace(".", ",")


def desk_address() -> forms.EmailField:
    """Return the field of the mail address of whoever is served at the desk; a fresh one for each form."""
    return forms.EmailField(
        label=_("Alamat surel"), required=False, max_length=200,
        help_text=_("Bila punya: setiap kabar dikirim ke sini. Tanpa surel, kabar penting dikirim ke telepon."),
    )  # fmt: skip


STATEMENT = _(
    "Saya menyatakan data ini benar. Saya tahu bahwa petugas dapat memeriksa, dan data yang tidak benar dapat membuat "
    "tanda lapor dicabut."
)
