"""Filters of lists: the page and its export show the same."""

import datetime as dt

from django.db.models import Q

from core import dates
from core.filters import ChoiceFilter, FilterSet, OrderFilter, Rows, TextFilter
from erk.enums import ActivityState
from erk.models import Opd
from erk.rules import windows


def month_choices(count: int = 13) -> list[tuple[str, str]]:
    """Return this month and the ones before it."""
    month, found = dates.today().replace(day=1), []
    for _ in range(count):
        found.append((f"{month:%Y-%m}", f"{dates.MONTHS[month.month - 1]} {month.year}"))
        month = windows.previous_month(month)
    return found


def _in_month(rows: Rows, value: str) -> Rows:
    return rows.filter(tanggal__range=windows.month_bounds(dt.date.fromisoformat(f"{value}-01")))


class LogFilters(FilterSet):
    """The own log."""

    cari = TextFilter(
        "Cari", lambda rows, text: rows.filter(Q(uraian__icontains=text) | Q(katalog__nama__icontains=text))
    )
    bulan = ChoiceFilter("Bulan", _in_month, choices=month_choices)
    keadaan = ChoiceFilter("Keadaan", "state", choices=ActivityState.choices)
    urut = OrderFilter(
        "Urutan",
        {
            "terbaru": ("Terbaru dahulu", ["-tanggal", "-mulai", "-pk"]),
            "terlama": ("Terlama dahulu", ["tanggal", "mulai", "pk"]),
        },
    )


def agency_choices() -> list[tuple[str, str]]:
    """Return the agencies by name."""
    return list(Opd.objects.values_list("kode", "nama"))


class RecapFilters(FilterSet):
    """The recap of a month."""

    cari = TextFilter(
        "Cari nama atau NIP",
        lambda rows, text: rows.filter(Q(pegawai__nama__icontains=text) | Q(pegawai__nip__startswith=text)),
    )
    opd = ChoiceFilter("Perangkat daerah", "opd__kode", choices=agency_choices)
    urut = OrderFilter(
        "Urutan",
        {
            "nama": ("Nama", ["opd__nama", "pegawai__nama", "pk"]),
            "menit": ("Menit paling sedikit", ["menit_setuju", "pk"]),
            "tunjangan": ("Tunjangan terbesar", ["-tpp", "pk"]),
        },
    )
