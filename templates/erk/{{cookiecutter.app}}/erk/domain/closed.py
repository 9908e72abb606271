"""Which employee-months may no longer be changed: signed ones, except where a correction has opened them."""

import datetime as dt

from erk.domain.months import SIGNED
from erk.enums import CorrectionState
from erk.models import Koreksi, Rekap

SENTENCE = "Daftar bulan itu sudah ditandatangani; perubahannya memerlukan koreksi yang disetujui."


class ClosedMonths:
    """Answers for many people and days, in two queries a month that is asked about."""

    def __init__(self) -> None:
        self._people: dict[dt.date, set[int]] = {}

    def holds(self, employee: int, day: dt.date) -> bool:
        """Return whether the month of a day is closed for an employee."""
        month = day.replace(day=1)
        if month not in self._people:
            signed = Rekap.objects.filter(bulan=month, state__in=SIGNED).values_list("pegawai_id", flat=True)
            opened = Koreksi.objects.filter(rekap__bulan=month, state=CorrectionState.DIBUKA)
            self._people[month] = set(signed) - set(opened.values_list("rekap__pegawai_id", flat=True))
        return employee in self._people[month]
