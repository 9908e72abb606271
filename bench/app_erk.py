"""How E-RK bears a city: month calculation, one agency again, workload, pages of every day, signs; on PostgreSQL.

    .venv/bin/python bench/app_erk.py [--employees 15000] [--agency 150] [--entries 5] [--older 1]

Fills a private PostgreSQL (the system's binaries, gone afterwards) with twelve months of invented work up to one that
is closed: so many employees, agencies of so many, so many entries a working day in the closed month and `--older`
ones in the eleven before. 15,000 with 5 entries are 1.65 million activities a month; `--older 5` makes all months so.
Limits are those of the issue: the month at most 60 s for 15,000 employees (in proportion for fewer), judged by
processor time because other work on the machine slows the clock; memory flat from the second tenth of agencies on;
one agency again, every row changed, at most 1/20 of the whole (with 60 agencies or more); workload of the city at
most 2 s, from summaries equal to the log; "today", the inbox with 500 waiting, slip and team at most 8 queries.
"""

import argparse
import datetime as dt
import os
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from erk_city import City, analyse, prepare
from measure import broken, line

MONTH = dt.date(2026, 10, 1)
NOW = dt.datetime(2026, 11, 20, 2, 0, tzinfo=dt.UTC)
PAGE_RUNS = 7
MANY = 60  # agencies from which the ratio of one to all is judged
LIMIT_MS = 4.0  # an employee: 60 s for 15,000
FLAT = 32.0  # MiB
QUERIES = 8
CITY_SECONDS = 2.0


def frozen() -> None:
    """Let the clock stand in the month after, when the preview is due; serve files without a manifest."""
    from django.conf import settings
    from django.utils import timezone

    timezone.now = lambda: NOW
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


def fill(employees: int, agency: int, entries: int, older: int) -> City:
    """Make the city with twelve months of work, and attendance of the closed month."""
    from core.calendar import calendar
    from erk.rules.windows import month_bounds, previous_month

    city = City(employees, agency, since=dt.date(2025, 11, 1))
    days = calendar().working_days(*month_bounds(MONTH))
    before, month = [], MONTH
    for _ in range(11):
        month = previous_month(month)
        before += calendar().working_days(*month_bounds(month))
    city.attend(days)
    city.work([(entries, days), *([(older, before)] if older else [])])
    analyse()
    return city


def wait_for_500(city: City) -> object:
    """Leave 500 activities of the first agency undecided and return its head's account."""
    from erk.models import Aktivitas, Pegawai

    head = Pegawai.objects.filter(penempatan__jabatan__opd=city.agencies[0], penempatan__jabatan__nama="Kepala")[0]
    rows = Aktivitas.objects.filter(jabatan__opd=city.agencies[0], tanggal__gte=MONTH).exclude(pegawai=head)
    Aktivitas.objects.filter(pk__in=list(rows.values_list("pk", flat=True)[:500])).update(
        state="DIAJUKAN", menit_setuju=None, putus_oleh=None, putus_pada=None, batas=dt.date(2026, 12, 1)
    )
    return head.user


def leader() -> object:
    """Return an account that sees the workload of every agency."""
    from core.models import RoleAssignment, User
    from erk.enums import Role

    user = User.objects.create(username="pimpinan", full_name="Pimpinan")
    RoleAssignment.objects.create(user=user, role=Role.PIMPINAN, scope="", valid_from=dt.date(2026, 1, 1))
    return user


def timed(work: Callable[[], object]) -> float:
    """Return the seconds a piece of work takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def memory() -> float:
    """Return the most memory this process has held so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def processor() -> tuple[float, float]:
    """Return the processor seconds spent so far by this process and by its PostgreSQL backend on this machine."""
    from django.db import connection

    connection.ensure_connection()
    spent = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time(), (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")


def page(user: object, address: str) -> tuple[int, float]:
    """Return queries and median seconds of a page, after one visit that warms caches."""
    from allauth.mfa.models import Authenticator
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    seconds = []
    for _ in range(PAGE_RUNS + 1):
        with CaptureQueriesContext(connection) as captured:
            began = time.monotonic()
            response = client.get(address)
            seconds.append(time.monotonic() - began)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return len(captured), statistics.median(seconds[1:])


def month(city: City, people: int) -> None:
    """Compute the whole month agency by agency, then one again after a change of every row in it."""
    from erk.domain import months
    from erk.models import Kehadiran

    tenth = max(1, len(city.agencies) // 10)
    before = processor()
    whole = sum(timed(lambda office=office: months.compute(MONTH, opd=office)) for office in city.agencies[:tenth])
    settled = memory()
    whole += sum(timed(lambda office=office: months.compute(MONTH, opd=office)) for office in city.agencies[tenth:])
    here, there = (after - begun for begun, after in zip(before, processor(), strict=True))
    grown = memory() - settled
    first = city.agencies[0]
    Kehadiran.objects.filter(pegawai__penempatan__jabatan__opd=first, tanggal=MONTH).update(menit_tl=12)
    again = timed(lambda: months.compute(MONTH, opd=first))
    limit = LIMIT_MS * people / 1000
    line("month, all agencies", f"{whole:.1f} s", "by the clock, whatever else this machine does")
    spent, words = f"{here:.1f} + {there:.1f} s", "  processor, here and in PostgreSQL"
    line(words, spent, f"limit {limit:.1f} s", good=here + there <= limit)
    line("  an employee", f"{1000 * whole / people:.2f} ms")
    line("memory grown after the first tenth", f"{grown:.1f} MiB", f"limit {FLAT:.0f} MiB", good=grown <= FLAT)
    judged = len(city.agencies) < MANY or whole / again >= 20
    line(
        "one agency again, every row changed",
        f"{again:.2f} s",
        f"1/{whole / again:.0f} of all, limit 1/20",
        good=judged,
    )


def workload_of_the_city() -> None:
    """Sum the month as the night does, prove it equal, and open the leaders' page."""
    from django.urls import reverse

    from erk.domain import summaries
    from erk.domain.queries import workload, worklog

    counted = timed(lambda: [None for _ in worklog.measured(MONTH)])
    line("workload of the city, counted in the log", f"{counted:.1f} s")
    line("night: summaries written and read back", f"{timed(lambda: summaries.refresh(MONTH)):.1f} s")
    differing = summaries.differences(MONTH)
    line("figures that differ from the log", str(len(differing)), "limit 0", good=not differing)
    seconds = timed(lambda: workload.agencies(MONTH))
    limit = f"1/{counted / seconds:.0f} of the log, limit {CITY_SECONDS:.0f} s"
    line("workload of the city, from summaries", f"{seconds:.2f} s", limit, good=seconds <= CITY_SECONDS)
    shown("workload of the city, whole page", leader(), reverse("erk:workload") + f"?bulan={MONTH:%Y-%m}", CITY_SECONDS)


def shown(words: str, user: object, address: str, most: float | None = None) -> None:
    """Open a page and judge its seconds where there is a limit for them, else its queries."""
    queries, seconds = page(user, address)
    limit = f"limit {most:.0f} s; {queries} queries" if most else f"{queries} queries, limit {QUERIES}"
    line(words, f"{1000 * seconds:.0f} ms", limit, good=seconds <= most if most else queries <= QUERIES)


def measure(city: City, people: int) -> None:
    """Print the table."""
    from django.urls import reverse

    from erk.domain import anomalies, closing
    from erk.models import Pegawai, Rekap

    month(city, people)
    workload_of_the_city()
    previews = timed(lambda: [closing.show(MONTH, office) for office in city.agencies])
    line("previews opened", f"{previews:.1f} s", f"{Rekap.objects.filter(state='PRATINJAU').count()} recaps")
    line("signs of dishonest minutes", f"{timed(lambda: anomalies.search(MONTH)):.1f} s")
    line("sample of 2 %", f"{timed(lambda: anomalies.draw(MONTH)):.1f} s")
    employee, boss = Pegawai.objects.order_by("-pk")[0].user, wait_for_500(city)
    shown("today", employee, reverse("erk:today"))
    shown("slip of the closed month", employee, reverse("erk:slip") + f"?bulan={MONTH:%Y-%m}")
    shown("inbox, 500 waiting", boss, reverse("erk:inbox"))
    shown("team", boss, reverse("erk:team"))


def main() -> None:
    """Fill, measure, print; exit 1 when a limit is broken."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--employees", type=int, default=15_000)
    arguments.add_argument("--agency", type=int, default=150)
    arguments.add_argument("--entries", type=int, default=5)
    arguments.add_argument("--older", type=int, default=1, help="entries a day in the eleven months before")
    given = arguments.parse_args()
    from kit.suite import postgres

    with postgres.server() as address:
        prepare(address)
        frozen()
        from django.db import connection

        from erk.models import Aktivitas, Pegawai

        began = time.monotonic()
        city = fill(given.employees, given.agency, given.entries, given.older)
        people, work = Pegawai.objects.count(), Aktivitas.objects.count()
        of_month = Aktivitas.objects.filter(tanggal__gte=MONTH).count()
        busy = f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
        print(f"{people} employees, {len(city.agencies)} agencies; filled in {time.monotonic() - began:.0f} s; {busy}")
        print(
            f"{work} activities in 12 months: {of_month} in the month measured, {given.older} a day before it\n",
            flush=True,
        )
        measure(city, people)
        connection.close()
    if broken:
        raise SystemExit("Broken: " + ", ".join(name.strip() for name in broken))


if __name__ == "__main__":
    main()
