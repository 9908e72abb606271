"""The ladder of PP 94/2021 for days absent without reason: flags for a list, never a sanction (erk.md section 11)."""

import datetime as dt
from collections.abc import Sequence

_LADDER = (
    (28, "pemberhentian"),
    (25, "pembebasan dari jabatan 12 bulan"),
    (21, "penurunan jabatan 12 bulan"),
    (17, "potongan 25 % selama 12 bulan"),
    (14, "potongan 25 % selama 9 bulan"),
    (11, "potongan 25 % selama 6 bulan"),
    (7, "pernyataan tidak puas"),
    (4, "teguran tertulis"),
    (3, "teguran lisan"),
)
DISMISSED_IN_A_ROW = 10


def step(days: int, in_a_row: int) -> str:
    """Return the step of the ladder for unexcused days of a year, "" below three; ten in a row are the last step."""
    if in_a_row >= DISMISSED_IN_A_ROW:
        return "pemberhentian dan penghentian gaji (10 hari kerja berturut-turut)"
    return next((words for least, words in _LADDER if days >= least), "")


def longest_run(absent: Sequence[dt.date], working_days: Sequence[dt.date]) -> int:
    """Return the most working days in a row among absent days."""
    missing, longest, run = set(absent), 0, 0
    for day in working_days:
        run = run + 1 if day in missing else 0
        longest = max(longest, run)
    return longest
