"""What the demo's offices prepare for the year proposals are filed for: window, announcement, the year's envelopes."""

import datetime as dt

from core import dates, demo_clock
from sabilulungan.domain import announcements, envelopes
from sabilulungan.domain.demo.cast import Cast
from sabilulungan.domain.rulebook import open_window
from sabilulungan.enums import Kind

OPEN_BEFORE, OPEN_AFTER = dt.timedelta(days=75), dt.timedelta(days=40)
ANNOUNCED = (
    "Usulan hibah dan bantuan sosial untuk tahun anggaran {year} diterima sampai {until}. Ajukan lewat halaman ini, "
    "atau datang ke loket dengan berkas asli. Pengajuan tidak dipungut biaya. (Data contoh.)"
)


def open_year(cast: Cast, today: dt.date, year: int) -> None:
    """Open a window by decision, so that the submission can be tried on any day, announce it, and set the envelopes."""
    first, last = today - OPEN_BEFORE, today + OPEN_AFTER
    with demo_clock.at(dates.at(first - dt.timedelta(days=3), dt.time(9))):
        open_window(
            budget_year=year,
            opens=first,
            closes=last,
            basis="Data contoh: dibuka agar formulir pengajuan dapat dicoba",
            user=cast.admin,
        )
        text = ANNOUNCED.format(year=year, until=dates.long_date(last))
        announcements.write(cast.admin, title=f"Usulan {year} diterima", text=text, first=first, last=last)
        for kind, amount in ((Kind.HIBAH, 2_500_000_000), (Kind.BANSOS, 400_000_000)):
            basis = f"Rancangan KUA-PPAS {year} (contoh)"
            envelopes.set_limit(cast.budget, budget_year=year, kind=kind, office="", amount=amount, basis=basis)
