"""Trials of a draft as work of their own: a city's month takes longer than a page may, so it goes on each minute."""

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from core import audit, dates
from core.errors import Fault, Refused
from core.models import User
from erk.domain import rulebook
from erk.domain.trial import Reckoning, Trial
from erk.enums import Role
from erk.models import Rekap, UjiKebijakan
from erk.rules.policy import Policy, digest

log = logging.getLogger(__name__)

AT_ONCE = 1000  # people a page computes while one waits, about two seconds
AGAIN = dt.timedelta(minutes=1)  # the same draft on the same month within it is a second click, not a second trial


def begin(user: User, values: Mapping[str, Any], month: dt.date, *, request: HttpRequest | None = None) -> UjiKebijakan:
    """Begin to try a draft on a computed month, and finish at once where few people are paid; return the trial.

    A second click finds the first one's. Raises Refused, with faults by field, when the draft contradicts itself or
    the month was never computed.
    """
    rules = rulebook.checked(values)
    people = Rekap.objects.filter(bulan=month).count()
    if not people:
        sentence = "Bulan itu belum dihitung. Pilih bulan yang sudah mempunyai rekap."
        raise Refused(sentence, [Fault("bulan", sentence)])
    seal = digest(values)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        same = UjiKebijakan.objects.filter(dibuat_oleh=user, bulan=month, sidik=seal)
        waiting = same.filter(selesai_pada__isnull=True) | same.filter(dibuat_pada__gte=dates.now() - AGAIN)
        if found := waiting.first():
            return found
        row = UjiKebijakan.objects.create(
            dibuat_oleh=user, dibuat_pada=dates.now(), bulan=month, nilai=values, sidik=seal,
            perangkat=len(Reckoning(month, rules).agencies()),
        )  # fmt: skip
        data = {"bulan": f"{month:%Y-%m}", "sidik": seal, "pegawai": people}
        audit.record(row, "uji_aturan", actor=user, role=Role.ADMIN_WILAYAH, data=data, request=request)
        if people <= AT_ONCE:
            _carried_on(row)
    return row


def go_on(row: UjiKebijakan, until: dt.datetime | None = None) -> int:
    """Go on with a trial agency by agency, at least one, until a moment; return how many agencies were done now.

    What was reckoned is stored with each agency, so a run that was killed is taken up where it stood.
    """
    reckoning, trial, done = Reckoning(row.bulan, Policy.from_values(row.nilai)), result(row), 0
    left = [agency for agency in reckoning.agencies() if agency not in row.dihitung]
    for agency in left:
        if done and until is not None and dates.now() >= until:
            break
        reckoning.add(trial, agency)
        row.dihitung, row.hasil, done = [*row.dihitung, agency], trial.as_json(), done + 1
        row.save(update_fields=["dihitung", "hasil"])
    if done == len(left):
        reckoning.finish(trial)
        row.hasil, row.selesai_pada = trial.as_json(), dates.now()
        row.save(update_fields=["hasil", "selesai_pada"])
    return done


def result(row: UjiKebijakan) -> Trial:
    """Return what a trial has reckoned so far; all of it once it has ended."""
    return Trial.from_json(row.bulan, row.hasil)


def run_waiting(limit: dt.timedelta = dt.timedelta(seconds=10)) -> int:
    """Go on with the trials that wait, oldest first; return how many agencies were done. Called each minute.

    The clock's command is one transaction: shorter than others wait for SQLite, and each minute shows how far it is.
    """
    until, done = dates.now() + limit, 0
    for row in UjiKebijakan.objects.filter(selesai_pada__isnull=True).order_by("pk"):
        if dates.now() >= until:
            break
        done += _carried_on(row, until)
    return done


def _carried_on(row: UjiKebijakan, until: dt.datetime | None = None) -> int:
    """Go on with a trial; one that breaks off has ended, says so on its page, and holds up none behind it."""
    try:
        with transaction.atomic():
            return go_on(row, until)
    except Exception:
        log.exception("trial %s of %s broke off", row.pk, row.bulan)
        row.refresh_from_db()
        row.terputus, row.selesai_pada = True, dates.now()
        row.save(update_fields=["terputus", "selesai_pada"])
        return 0
