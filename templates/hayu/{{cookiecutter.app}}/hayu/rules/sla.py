"""The service clock of an application (hayu.md section 9): pure, of a calendar and a log of days.

Day 0 is the day of the first complete sending. A later working day counts when the clock runs at its end, or when
it is the day of the decision.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.calendar import WorkCalendar
from core.pictures import Day

DEFAULT_DAYS = 5  # UU 30/2014 art. 53 as amended: where no rule sets a time
DEEMED_SIGN_DAYS = 2
STAGE_SHARES = (("berkas", 40), ("lapangan", 40), ("naskah", 20))  # percent of the SLA


class Colour(StrEnum):
    """How far the clock is: green to 60 %, yellow to 100 %, red beyond."""

    GREEN = "good"
    YELLOW = "waiting"
    RED = "bad"


def colour_of(used: int, days: int) -> Colour:
    """Return the colour of some used working days of those promised."""
    if used > days:
        return Colour.RED
    return Colour.YELLOW if 10 * used > 6 * days else Colour.GREEN


@dataclass(frozen=True, slots=True)
class Mark:
    """From this date of the region on, the clock runs or stands; of several marks on one day the last holds."""

    day: dt.date
    running: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """A service clock: the days promised, its marks in order (the first is day 0), and the day of the decision."""

    days: int
    marks: tuple[Mark, ...]
    decided: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse a clock without a beginning, or whose marks go back in time."""
        if not self.marks:
            raise ValueError("A clock needs its day 0.")
        if any(later.day < earlier.day for earlier, later in zip(self.marks, self.marks[1:], strict=False)):
            raise ValueError("The marks of a clock stand in the order of their days.")


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock read on a day: working days used, days promised, and the day on which it runs out without a pause."""

    used: int
    days: int
    due: dt.date
    running: bool

    @property
    def left(self) -> int:
        """Return the working days left; negative when late."""
        return self.days - self.used

    @property
    def late_days(self) -> int:
        """Return by how many working days it is late, 0 when it is not."""
        return max(self.used - self.days, 0)

    @property
    def percent(self) -> int:
        """Return the share of the promise that is used, in whole percent, rounded down."""
        return 100 * self.used // self.days

    @property
    def colour(self) -> Colour:
        """Return its colour."""
        return colour_of(self.used, self.days)

    @property
    def escalation(self) -> int:
        """Return who is told: 0 nobody, 1 officer and section head from 80 %, 2 division head and Head at 100 %,
        3 the Head, every day after.
        """
        if self.used > self.days:
            return 3
        return 2 if self.used == self.days else 1 if 5 * self.used >= 4 * self.days else 0


def counted(clock: Clock, calendar: WorkCalendar, today: dt.date) -> list[dt.date]:
    """Return the counted working days up to `today`, which counts as if it ended the way it stands now."""
    last = min(today, clock.decided) if clock.decided else today
    found, position = [], 0
    for day in calendar.working_days(clock.marks[0].day + dt.timedelta(days=1), last):
        while position + 1 < len(clock.marks) and clock.marks[position + 1].day <= day:
            position += 1
        if clock.marks[position].running or day == clock.decided:
            found.append(day)
    return found


def read(clock: Clock, calendar: WorkCalendar, today: dt.date) -> Reading:
    """Return the clock as it stands on a day of the region."""
    days = counted(clock, calendar, today)
    running = clock.decided is None and clock.marks[-1].running
    if len(days) >= clock.days:
        due = days[clock.days - 1]
    else:
        start = max(today, clock.marks[0].day)
        due = calendar.add(min(start, clock.decided or start), clock.days - len(days))
    return Reading(len(days), clock.days, due, running)


def cells(clock: Clock, calendar: WorkCalendar, today: dt.date) -> list[Day]:
    """Return one cell a day from the day after day 0 to the due day or today: counted, paused, left, late, off."""
    reading = read(clock, calendar, today)
    used = counted(clock, calendar, today)
    on_time, late = set(used[: clock.days]), set(used[clock.days :])
    last = clock.decided or max(today, reading.due)
    shown = []
    for offset in range(1, (last - clock.marks[0].day).days + 1):
        day = clock.marks[0].day + dt.timedelta(days=offset)
        if day in late:
            kind = "late"
        elif day in on_time:
            kind = "counted"
        elif not calendar.is_working_day(day):
            kind = "off"
        else:
            kind = "left" if day > today else "paused"
        shown.append(Day(day, kind, today=day == today))  # type: ignore[arg-type]
    return shown


def percentile(values: Sequence[int], share: int) -> int:
    """Return the nearest-rank percentile of some numbers, 0 without any; `share` in percent (50 is the median)."""
    if not values:
        return 0
    ranked = sorted(values)
    return ranked[max(0, -(-share * len(ranked) // 100) - 1)]
