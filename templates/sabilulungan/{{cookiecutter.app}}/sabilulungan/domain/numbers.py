"""Official numbers by the region's pattern, from locked counters."""

import datetime as dt

from core import counters
from core.region import region

CODES = {"nphd": "900", "pakta": "900", "pencairan": "900", "surat": "900", "rekomendasi": "900", "dnc": "900"}


def next_number(kind: str, day: dt.date, office: str = "") -> str:
    """Return the next number of a kind of document: `doc.number_template` of the profile, else its default.

    Kinds without a pattern of their own share the default's counter, so that no two papers carry one number.
    `office` is the short name the number carries; without one the finance office's.
    """
    doc = region().doc
    templates = doc.number_template
    pattern = templates[kind] if kind in templates else templates["default"]
    scope, year = {"year": ("", day.year), "month": (f"{day.month:02d}", day.year), "never": ("", 0)}[doc.number_reset]
    classes = doc.classification_codes
    return counters.format_number(
        pattern,
        klas=classes[kind] if kind in classes else CODES[kind],
        no=counters.next_number(kind if kind in templates else "surat", year, scope),
        opd=office or region().offices.finance.short_name,
        bulan=counters.roman_month(day.month),
        tahun=day.year,
    )
