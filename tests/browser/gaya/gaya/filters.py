"""Filters of the sample list."""

from core.filters import ChoiceFilter, DateFilter, FilterSet, MoneyFilter, OrderFilter, PlaceFilter, TextFilter
from core.models import Notification


class MessageFilters(FilterSet):
    """One filter of each kind, on a table every app has."""

    cari = TextFilter("Cari", "subject__icontains")
    tahun = ChoiceFilter("Tahun", "created_at__year", choices=[(2026, "2026"), (2025, "2025")])
    kecamatan = PlaceFilter("Kecamatan", lambda rows, code: rows)
    dari = MoneyFilter("Paling sedikit", lambda rows, amount: rows)
    sejak = DateFilter("Sejak", lambda rows, day: rows.filter(created_at__date__gte=day))
    surel = ChoiceFilter("Surel", "mail", choices=Notification.Mail.choices)
    urut = OrderFilter(
        "Urutan", {"terbaru": ("Terbaru dahulu", ["-created_at"]), "terlama": ("Terlama dahulu", ["created_at"])}
    )
