"""Invented but believable data for whichever region is loaded: offices, people, two months of work in every state."""

import datetime as dt
import random

from django.db import transaction

from core import audit, dates
from core.demo import DemoAccounts
from core.region import region
from erk.domain import anomalies, catalogue, months, summaries
from erk.domain.demo import attendance, closing, offices, people, plans, work
from erk.models import Opd
from erk.rules import windows

BACK = dt.timedelta(days=40)


def load(accounts: DemoAccounts) -> None:
    """Fill an empty installation; a filled one only gets its accounts again. Same region and day, same data."""
    with transaction.atomic():
        if Opd.objects.exists():
            people.show_accounts(accounts)
            return
        today = dates.today()
        start = (today - BACK).replace(day=1)
        rng = random.Random(f"erk {region().region.code}")  # noqa: S311  (invented data, not a secret)
        catalogue.sync(today, since=start - dt.timedelta(days=365))
        tree = offices.make()
        staff = people.make(tree, rng, accounts, start)
        presence = attendance.make(staff, rng, start, today)
        work.make(staff, presence, rng, start, today)
        people.show_accounts(accounts)
        audit.record(Opd.objects.order_by("pk")[0], "muat_data_contoh", actor=None, data={"pegawai": len(staff)})
        plans.make()
        month = start
        while windows.next_month(month) <= today:
            months.compute(month)
            closing.make(accounts, month)
            anomalies.search(month)
            anomalies.draw(month)
            month = windows.next_month(month)
        for month in summaries.due(today):
            summaries.refresh(month)
