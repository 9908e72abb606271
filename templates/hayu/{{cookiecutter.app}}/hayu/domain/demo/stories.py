"""What happened to the demo reports: every act goes through the machine, each at its own time, in order."""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from core import dates, demo_clock
from core.calendar import calendar
from core.models import User
from hayu.domain import clock, drafts
from hayu.domain.demo import businesses, outside, permits
from hayu.domain.demo.people import Cast
from hayu.domain.machine import machine
from hayu.domain.policy import policy
from hayu.enums import Action, Finding, Ground, Outcome, SampleRule
from hayu.models import Report
from hayu.rules import kbli

DESK_CONSENT = "Formulir kertas bertanda tangan"
# How each report goes on after it was sent, and how many go so.
PLANS = (
    ("registered", 34), ("passed", 10), ("scheduled", 7), ("overdue_visit", 1), ("to_mend", 5), ("mended", 2),
    ("frozen", 3), ("restored", 2), ("grown", 3), ("revoked", 2), ("closed", 4), ("old", 2), ("draft", 4),
)  # fmt: skip


@dataclass(order=True)
class Event:
    """One act at its time; `order` keeps acts of one moment in their order."""

    moment: dt.datetime
    order: int
    act: Callable[[], None] = field(compare=False)


class Story:
    """The life of one report."""

    def __init__(self, people: Cast, plan: str, owner: User, number: int) -> None:
        self.people, self.plan, self.owner = people, plan, owner
        self.rng = people.rng
        self.desk = number % 10 in (3, 7)
        self.kind = businesses.kind(self.rng)
        self.began = self._beginning()
        self.facts = businesses.facts(self.rng, self.kind, owner.full_name, self.began.date())
        self.report: Report | None = None

    def _beginning(self) -> dt.datetime:
        nearest, farthest = {
            "scheduled": (8, 25), "to_mend": (16, 20), "draft": (0, 6), "overdue_visit": (60, 64), "old": (800, 830),
            "mended": (18, 24),
        }.get(self.plan, (0 if self.plan == "registered" else 70, 620))  # fmt: skip
        if self.plan == "registered" and self.rng.random() < 0.4:
            farthest = 12
        day = dates.today() - dt.timedelta(days=self.rng.randint(nearest, farthest))
        return dates.at(day, dt.time(self.rng.randint(8, 16), self.rng.randrange(60)))

    def _after(self, working_days: int) -> dt.datetime:
        """Return a moment some working days after the report was sent."""
        day = calendar().add(dates.local(self.began).date(), working_days)
        return dates.at(day, dt.time(self.rng.randint(9, 15), self.rng.randrange(60)))

    def events(self) -> Iterator[tuple[dt.datetime, Callable[[], None]]]:
        """Yield what happens, when."""
        yield self.began, self.file
        if self.plan in ("registered", "grown", "closed", "draft", "old"):
            yield from self._quiet()
            return
        yield self._after(1), self.schedule
        if self.plan in ("scheduled", "overdue_visit"):
            return
        failed = self.plan != "passed"
        yield self._after(5), lambda: self.visit(failed=failed)
        if self.plan == "mended":
            yield self._after(9), self.mend
        if self.plan in ("frozen", "restored", "revoked"):
            yield self._after(20), lambda: self.act(Action.LEWAT_BATAS, None)
        if self.plan == "restored":
            yield (
                self._after(26),
                lambda: self.decide(Action.PULIHKAN, "Sudah diperiksa ulang dan dibetulkan semuanya."),
            )
        if self.plan == "revoked":
            note = "Dua kali diperingatkan dan tidak ada pembetulan sampai batas waktu."
            yield self._after(34), lambda: self.decide(Action.BATALKAN, note, ground=Ground.DUA_PERINGATAN)

    def _quiet(self) -> Iterator[tuple[dt.datetime, Callable[[], None]]]:
        if self.plan == "grown":
            capital = policy().threshold + self.rng.randint(10, 400) * businesses.MILLION
            data = {"capital": capital, "yearly_sales": capital * 3}
            yield self._after(40), lambda: self.act(Action.NAIK_KELAS, self._filer(), data=data)
        if self.plan == "closed":
            day = self._after(45)
            data = {"closed_on": day.date()}
            yield day, lambda: self.act(Action.TUTUP, self._filer(), data=data, note="Pindah ke kota lain")

    def _filer(self) -> User:
        return self.people.desk if self.desk else self.owner

    def file(self) -> None:
        """Begin the draft and, unless it stays one, send it."""
        activity = kbli.find(self.kind.code)
        if activity is None:
            raise RuntimeError(f"KBLI {self.kind.code} of the demo data is not in the table.")
        report = drafts.begin(self._filer(), activity, scope=self.kind.scope, desk=self.desk)
        data: dict[str, Any] = dict(self.facts)
        if self.plan == "draft":
            self.report = drafts.save(report, {"business_name": data["business_name"]}, self._filer())
            return
        if self.desk:
            data |= {
                "holder_name": self.owner.full_name, "nik": self.owner.nik, "phone": self.owner.phone,
                "consent": DESK_CONSENT,
            }  # fmt: skip
        saved = drafts.save(report, data, self._filer())
        self.report = machine.perform(saved.pk, Action.KIRIM, self._filer(), data={"statement": True})
        if self.plan in ("registered", "grown", "closed", "old"):
            Report.objects.filter(pk=saved.pk).update(drawn_on=dates.today() + dt.timedelta(days=1))

    def act(self, action: Action, actor: User | None, **given: Any) -> None:
        """Do one act on the report."""
        if self.report is None:
            raise RuntimeError("A story begins with its report.")
        self.report = machine.perform(self.report.pk, action, actor, **given)

    def schedule(self) -> None:
        """Choose the report for inspection."""
        rule = SampleRule.DEKAT_BATAS if self.facts["capital"] >= policy().near_limit else SampleRule.ACAK
        self.act(Action.PILIH_SAMPEL, None, data={"rule": rule})

    def visit(self, *, failed: bool) -> None:
        """Record the inspection with a photo and a position."""
        codes = self.rng.sample([Finding.KEBERSIHAN, Finding.ALAMAT_BEDA, Finding.KESELAMATAN], 1) if failed else []
        data = {
            "outcome": Outcome.TIDAK_SESUAI if failed else Outcome.SESUAI,
            "findings": [str(code) for code in codes],
            "owner_present": True,
            "latitude": -6.9,
            "longitude": 107.6,
            "photos": [businesses.picture(self.rng)],
        }
        note = "Tempat dan kegiatan dilihat bersama pemilik." if not failed else "Pemilik bersedia membetulkan."
        self.act(Action.CATAT_HASIL, self.people.inspector, data=data, note=note)

    def mend(self) -> None:
        """Send the correction."""
        self.act(Action.BETULKAN, self._filer(), note="Tempat cuci sudah diperbaiki dan tempat sampah ditutup.")

    def decide(self, action: Action, note: str, **data: Any) -> None:
        """Decide as the head of the office."""
        self.act(action, self.people.signer, data=data, note=note)


def _latest() -> dt.datetime:
    """Return the last moment of what is told: now, or the last working day's afternoon; no office visits on others."""
    today = dates.today()
    return dates.now() if calendar().is_working_day(today) else dates.at(calendar().add(today, -1), dt.time(16))


def tell(people: Cast) -> None:
    """Let every story happen, all acts in the order of their times."""
    plans = [plan for plan, count in PLANS for _ in range(count)]
    people.rng.shuffle(plans)
    owners = itertools.cycle(people.owners)
    stories = [Story(people, plan, next(owners), number) for number, plan in enumerate(plans)]
    stories += [Story(people, plan, people.applicant, 0) for plan in ("passed", "to_mend", "draft")]
    lives = permits.lives(people)
    told = itertools.chain.from_iterable(story.events() for story in (*stories, *lives))
    events = [Event(moment, order, act) for order, (moment, act) in enumerate(told)]
    latest = _latest()
    for event in sorted(events):
        with demo_clock.at(min(event.moment, latest)):
            event.act()
    permits.afterwards(people, lives)
    outside.write_down(people)
    outside.take_over(people)
    clock.mark_stale(dates.today())
    for report in Report.objects.active():
        Report.objects.filter(pk=report.pk).update(scans=people.rng.randrange(40))
