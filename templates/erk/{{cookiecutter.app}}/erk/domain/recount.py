"""What approved entries would have counted for by another norm factor, in SQL: a city's month has too many to read."""

from decimal import Decimal

from django.db.models import BigIntegerField, Case, DecimalField, ExpressionWrapper, F, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractHour, ExtractMinute, Least, Round


def approved_by(factor: Decimal) -> Combinable:
    """Return the minutes of an approved entry had `factor` (1.5) × norm × volume been the most that counts.

    As `rules.minutes.count`, in whole numbers so that both databases round alike; of a range its upper edge. Minutes
    a superior lowered stay lowered; work outside the catalogue has no norm.
    """
    counted = Least(_clock("selesai") - _clock("mulai"), _most(factor))
    minutes = Case(
        When(katalog__bebas=True, then=F("menit_setuju")),
        When(menit_setuju__lt=F("menit_hitung"), then=Least(F("menit_setuju"), counted)),
        default=counted,
        output_field=BigIntegerField(),
    )
    return Cast(minutes, IntegerField())


def _clock(column: str) -> Combinable:
    return Cast(ExtractHour(column) * 60 + ExtractMinute(column), BigIntegerField())


def _most(factor: Decimal) -> Combinable:
    """Return factor × norm × volume, halves up: hundredths of a volume times ten-thousandths of the factor."""
    volume = ExpressionWrapper(F("volume") * Value(100), output_field=DecimalField(max_digits=12, decimal_places=2))
    hundredths = Cast(Round(volume), BigIntegerField())
    norm = Coalesce("katalog__norma_maks", "katalog__norma")
    scaled = Cast(norm, BigIntegerField()) * hundredths * _whole(int(factor * 10_000))
    return ExpressionWrapper((scaled + _whole(500_000)) / _whole(1_000_000), output_field=BigIntegerField())


def _whole(number: int) -> Combinable:
    return Cast(Value(number), BigIntegerField())
