"""The story: who files when, how far each case comes, in the order of time."""

import datetime as dt
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass

from core import dates, demo_clock, wilayah
from core.calendar import calendar
from core.demo import DemoAccounts
from core.models import Notification, User
from core.region import region
from sabilulungan.domain import budgets, clock, rulebook
from sabilulungan.domain.demo import aid, voices
from sabilulungan.domain.demo.acts import Acts
from sabilulungan.domain.demo.cases import Maker, moment
from sabilulungan.domain.demo.cast import Cast
from sabilulungan.domain.demo.later_acts import LATER, LaterActs
from sabilulungan.domain.demo.opening import open_year
from sabilulungan.domain.demo.papers import Papers
from sabilulungan.domain.letters import seats
from sabilulungan.enums import Role, State
from sabilulungan.models import Proposal
from sabilulungan.rules.window import Window, window_for

HOME = 33  # the place of this number is where the printed camat and lurah serve
OLDER_YEAR = 10
LAST_YEAR = 15
THIS_YEAR = 42
OWNERS = 14
OLDER, LAST = 2, 1  # budget years before the newest
# What becomes of approved cases of the years before: reported, late, still running, never reported.
LATER_ENDS = {
    OLDER: (State.SELESAI, "default", State.SELESAI, "mend", "refuse", State.SELESAI, State.SELESAI, "late"),
    LAST: (State.SELESAI, State.PELAKSANAAN, "mend", State.LPJ_DIPERIKSA, "refuse", State.PENCAIRAN, State.PELAKSANAAN),
}
# How far this year's cases come, in turn: a state to stop at, or what ends them.
ENDS = (
    State.DISETUJUI,
    State.EVALUASI,
    State.DISETUJUI,
    State.PERTIMBANGAN,
    State.DIAJUKAN,
    State.DISETUJUI,
    State.PERSETUJUAN,
    "refuse",
    State.VERIFIKASI_TP,
    State.DISPOSISI,
    State.DISETUJUI,
    State.EVALUASI,
    State.KLASIFIKASI,
    "return",
    State.DISETUJUI,
    "refuse",
    State.PERSETUJUAN,
    "withdraw",
    State.EVALUASI,
    State.DISETUJUI,
    "repair",
)


# Steps from filing to these states: cases still under way were filed so many times six days ago, and a little more.
DEPTH = {
    State.DIAJUKAN: 0,
    State.DISPOSISI: 1,
    State.KLASIFIKASI: 2,
    State.EVALUASI: 3,
    State.VERIFIKASI_TP: 4,
    State.PERTIMBANGAN: 5,
    State.PERSETUJUAN: 6,
    "return": 1,
    "repair": 2,
}
OVER = (State.SELESAI, State.SANKSI, State.TIDAK_DIANGGARKAN)


@dataclass
class Plan:
    """One case: how it is made, who applies, where it ends, and how it stands."""

    make: Callable[[], Proposal]
    owner: User
    end: str
    proposal: Proposal | None = None
    repaired: bool = False


def load(accounts: DemoAccounts) -> None:
    """Load the demo once; on later runs only name the accounts again."""
    if Proposal.objects.exists():
        _name_again(accounts)
        return
    rng = random.Random(f"sabilulungan {region().region.code}")  # noqa: S311  (demo data, no secret)
    papers = Papers()
    with demo_clock.at(_begin()):
        cast = Cast(accounts)
        owners = [cast.stranger(number, rng) for number in range(1, OWNERS + 1)]
    story = Story(cast, papers, rng)
    with demo_clock.at(_begin()):
        cast.settle(story.maker.places[HOME % len(story.maker.places)])
    story.tell(owners)
    story.give_applicant_work()
    head_of = story.give_signers_work()
    aid.load(cast, story.maker, rng)
    voices.load(cast)
    cast.show_offices(head_of)
    _show_applicant(accounts, cast.applicant)
    Notification.objects.update(mail=Notification.Mail.NONE, read_at=dates.now())
    Notification.objects.filter(user=cast.applicant).update(read_at=None)


def _begin() -> dt.datetime:
    return dates.at(dt.date(dates.today().year - 3, 1, 2), dt.time(8))


def _name_again(accounts: DemoAccounts) -> None:
    cast = Cast(accounts)
    cast.settle(wilayah.villages()[0])
    cast.show_offices()
    _show_applicant(accounts, cast.applicant)


def _show_applicant(accounts: DemoAccounts, applicant: User) -> None:
    applicant.forget_roles()
    scope = min(applicant.scopes(Role.PEMOHON))
    accounts.account(Role.PEMOHON, applicant.full_name, applicant.username, scope=scope)


class Story:
    """Runs the plans in the order of time, each act under the clock of its day."""

    def __init__(self, cast: Cast, papers: Papers, rng: random.Random) -> None:
        self.cast, self.rng = cast, rng
        self.maker = Maker(rng, papers)
        self.acts = Acts(cast, papers, rng)
        self.later = LaterActs(cast, papers, rng)
        self.today = dates.today()
        self._order = itertools.count()
        self._events: list[tuple[dt.datetime, int, Plan | Callable[[dt.date], object]]] = []

    def _filing_window(self) -> Window:
        """Return the newest window that has been open for some weeks."""
        window = window_for(rulebook.current(), self.today.year + 1)
        if window.opens + dt.timedelta(days=60) <= self.today:
            return window
        return window_for(rulebook.current(), self.today.year)

    def _add(self, plan: Plan, day: dt.date) -> None:
        when = moment(calendar().add(day, 0), self.rng)
        if when < dates.now():
            heapq.heappush(self._events, (when, next(self._order), plan))

    def tell(self, owners: list[User]) -> None:
        """Plan both years and run them."""
        now = self._filing_window()
        open_year(self.cast, self.today, now.budget_year)
        number = 0
        for back, count in ((OLDER, OLDER_YEAR), (LAST, LAST_YEAR)):
            window = window_for(rulebook.current(), now.budget_year - back)
            self._budget_day(window.budget_year)
            for index in range(count):
                self._plan(number, owners, window, LATER_ENDS[back][index % len(LATER_ENDS[back])])
                number += 1
        for extra, end in ((80, State.PELAKSANAAN), (83, State.DITETAPKAN)):
            self._plan(extra, [self.cast.applicant], window, end)
        for index in range(THIS_YEAR):
            self._plan(number, owners, now, ENDS[index % len(ENDS)])
            number += 1
        while self._events:
            when, _, plan = heapq.heappop(self._events)
            with demo_clock.at(when):
                if not isinstance(plan, Plan):
                    plan(dates.today())
                    continue
                again = self._act(plan)
            if again:
                self._add(plan, calendar().add(dates.local(when).date(), again))

    def _budget_day(self, year: int) -> None:
        """Put the enactment of a year's APBD, and the days the clock chases its reports, into the order of time."""
        if dt.date(year - 1, 12, 22) >= self.today:
            return
        self._at(dt.date(year - 1, 12, 22), lambda day: self._enact(year, day))
        for offset in (1, 8, 15, 22):
            self._at(dt.date(year + 1, 1, 10) + dt.timedelta(days=offset), clock.chase_reports)

    def _at(self, day: dt.date, work: Callable[[dt.date], object]) -> None:
        when = dates.at(day, dt.time(6))
        if when < dates.now():
            heapq.heappush(self._events, (when, next(self._order), work))

    def _enact(self, year: int, day: dt.date) -> None:
        head = region().terms
        budgets.enact(
            self.cast.budget,
            budget_year=year,
            law=f"{head.bylaw} tentang APBD Tahun Anggaran {year} (contoh)",
            regulation=f"{head.regulation} tentang Penjabaran APBD Tahun Anggaran {year} (contoh)",
            enacted_on=day,
            lines_until=dt.date(year, 1, 31),
            grants=2_500_000_000,
            aid=400_000_000,
            unplanned=100_000_000,
        )

    def _plan(self, number: int, owners: list[User], window: Window, end: str) -> None:
        owner = owners[number % len(owners)]
        make = self._maker(number, owner, window.budget_year, person=number % 6 == 3)
        if end in DEPTH:
            day = self.today - dt.timedelta(days=DEPTH[end] * 7 + self.rng.randrange(3, 12))
        else:
            last = min(window.closes, self.today - dt.timedelta(days=45))
            day = window.opens + dt.timedelta(days=self.rng.randrange(max((last - window.opens).days - 6, 1)))
        self._add(Plan(make, owner, end), day)

    def _maker(self, number: int, owner: User, year: int, *, person: bool) -> Callable[[], Proposal]:
        def make() -> Proposal:
            if person:
                recipient, need, place = self.maker.person(number, owner)
                return self.maker.need(recipient, owner, need, place, year)
            recipient, activity, place = self.maker.organisation(number, owner)
            return self.maker.draft(recipient, owner, activity, place, year)

        return make

    def _act(self, plan: Plan) -> int:
        """Do a plan's next act; return after how many working days the one after it follows, 0 for none."""
        if plan.proposal is None:
            plan.proposal = self.acts.send(plan.make(), plan.owner)
            return self.rng.randrange(1, 6)
        case = Proposal.objects.get(pk=plan.proposal.pk)  # the clock may have moved it
        if case.state in (plan.end, *OVER) or (case.state == State.DISETUJUI and plan.end in ENDS):
            return 0
        if case.state in LATER:
            return self._act_later(plan, case)
        if case.state == State.PERBAIKAN:
            plan.repaired = True
            plan.proposal = self.acts.repair(case, plan.owner)
            return self.rng.randrange(1, 5)
        if plan.end in ("return", "repair") and case.state == State.DIAJUKAN and not plan.repaired:
            plan.proposal = self.acts.send_back(case)
            return self.rng.randrange(3, 8)
        if plan.end == "withdraw" and case.state == State.EVALUASI:
            self.acts.withdraw(case, plan.owner)
            return 0
        if plan.end == "refuse" and case.state in (State.VERIFIKASI_TP, State.PERSETUJUAN) and self.rng.random() < 0.6:
            self.acts.refuse(case)
            return 0
        if plan.end == "refuse" and case.state == State.PERSETUJUAN:
            self.acts.refuse(case)
            return 0
        plan.proposal = self.acts.forward(case)
        limits = (1, 2, 3, 4) if plan.end in DEPTH else (1, 2, 3, 4, 5, 7, 9, 12, 16)
        return self.rng.choice(limits)

    def _act_later(self, plan: Plan, case: Proposal) -> int:
        """Do the next act after approval on its day; "default" never reports, "late" only after the first warning."""
        today = dates.today()
        due = self.later.due(case)
        if case.state == State.PELAKSANAAN and plan.end == "default":
            return 0
        if case.state == State.PELAKSANAAN and plan.end == "late":
            due = dt.date(case.budget_year + 1, 1, 13)
        if due > today:
            return max(calendar().count(today, due), 1) + self.rng.randrange(0, 9)
        if case.state == State.LPJ_DIPERIKSA and plan.end == "mend" and not plan.repaired:
            plan.repaired = True
            plan.proposal = self.later.return_report(case)
            return self.rng.randrange(3, 8)
        plan.proposal = self.later.forward(case, plan.owner)
        return self.rng.choice((1, 2, 3, 5))

    def give_applicant_work(self) -> None:
        """Give the printed applicant a returned proposal, one under way and a draft."""
        year = self._filing_window().budget_year
        for offset, (number, upto) in enumerate(((70, "returned"), (74, "evaluated"), (77, "draft"))):
            day = calendar().add(self.today - dt.timedelta(days=18 - offset), 0)
            with demo_clock.at(moment(day, self.rng)):
                recipient, activity, place = self.maker.organisation(number, self.cast.applicant)
                draft = self.maker.draft(recipient, self.cast.applicant, activity, place, year)
                if upto == "draft":
                    continue
                case = self.acts.send(draft, self.cast.applicant)
            self._follow(case, day, upto)

    def give_signers_work(self) -> str:
        """Leave each who must sign one recommendation that waits for him; return the office whose head must sign."""
        year, office = self._filing_window().budget_year, ""
        wanted = rulebook.current().recommendation_signers
        owner = self.cast.stranger(OWNERS + 1, self.rng)
        for offset, code in enumerate(code for code in seats.ORDER if seats.SIGNERS[code] in wanted):
            day = calendar().add(self.today - dt.timedelta(days=27 - offset), 0)
            number = HOME + len(self.maker.places) * (offset + 3)
            with demo_clock.at(moment(day, self.rng)):
                recipient, activity, place = self.maker.organisation(number, owner)
                draft = self.maker.draft(recipient, owner, activity, place, year)
                case = self.acts.send(draft, owner)
            while case.state not in (State.VERIFIKASI_TP, State.PERTIMBANGAN):
                day = calendar().add(day, 2)
                with demo_clock.at(moment(day, self.rng)):
                    case = self.acts.forward(case)
            with demo_clock.at(moment(calendar().add(day, 1), self.rng)):
                self.acts.sign_form(case, most=offset)
            office = case.office if code == seats.HEAD else office
        return office

    def _follow(self, case: Proposal, day: dt.date, upto: str) -> None:
        for _ in range(3):
            day = calendar().add(day, 2)
            if day >= self.today:
                return
            with demo_clock.at(moment(day, self.rng)):
                if upto == "returned":
                    self.acts.send_back(case)
                    return
                case = self.acts.forward(case)
