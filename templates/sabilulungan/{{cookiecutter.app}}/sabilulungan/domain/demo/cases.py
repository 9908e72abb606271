"""Invented recipients and drafts."""

import datetime as dt
import random
from decimal import Decimal

from core import dates
from core.models import User
from core.wilayah import Place, villages
from sabilulungan.domain import drafts, recipients, submission
from sabilulungan.domain.demo.papers import Papers
from sabilulungan.domain.demo.words import ACTIVITIES, BANKS, FAMILY, GIVEN, NEEDS, STREETS, WORDS, Activity
from sabilulungan.domain.recipients import OfficerData, RecipientData
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import Form, Kind, Nature, Position, RecipientType
from sabilulungan.models import Proposal, Recipient

ROUND = 5_000


class Maker:
    """Makes recipients and drafts from one seed."""

    def __init__(self, rng: random.Random, papers: Papers) -> None:
        self.rng, self.papers = rng, papers
        self.places: list[Place] = rng.sample(villages(), min(40, len(villages())))
        self._serial = 0

    def _next(self) -> int:
        self._serial += 1
        return self._serial

    def name(self) -> str:
        """Return an invented name."""
        return f"{self.rng.choice(GIVEN)} {self.rng.choice(FAMILY)}"

    def nik(self, place: Place) -> str:
        """Return a well-formed NIK that is used once."""
        born = dt.date(1965, 1, 1) + dt.timedelta(days=self.rng.randrange(365 * 35))
        return f"{place.code.replace('.', '')[:6]}{born:%d%m%y}{self._next():04d}"

    def _phone(self) -> str:
        return f"+6285{self.rng.randrange(10**9, 10**10)}"[:14]

    def _registered(self, owner: User, place: Place, **values: object) -> Recipient:
        common = {
            "address": f"Jl. {self.rng.choice(STREETS)} Nomor {self._next()}",
            "rt": f"{self.rng.randrange(1, 9):03d}",
            "rw": f"{self.rng.randrange(1, 15):03d}",
            "village_code": place.code,
            "phone": self._phone(),
            "bank": self.rng.choice(BANKS),
            "account_number": f"{self.rng.randrange(10**9, 10**10)}{self._next():03d}",
            "account_owner": values["name"],
        }
        return recipients.register(RecipientData(**{**common, **values}), owner)  # type: ignore[arg-type]

    def organisation(self, number: int, owner: User) -> tuple[Recipient, Activity, Place]:
        """Register the n-th organisation and return it with the activity it proposes."""
        activity = ACTIVITIES[number % len(ACTIVITIES)]
        place = self.places[number % len(self.places)]
        word = WORDS[(number // len(ACTIVITIES) + number * 5) % len(WORDS)]
        name = activity.body.format(word=word, place=place.name)
        board = (
            OfficerData(Position.KETUA, self.name(), self.nik(place), self._phone()),
            OfficerData(Position.SEKRETARIS, self.name(), self.nik(place)),
            OfficerData(Position.BENDAHARA, self.name(), self.nik(place)),
        )
        since = dt.date(self.rng.randrange(2001, 2021), self.rng.randrange(1, 13), self.rng.randrange(1, 28))
        recipient = self._registered(
            owner,
            place,
            type=activity.type,
            name=name,
            officers=board,
            registered_on=since,
            email=f"sekretariat{number}@contoh.invalid",
            deed_number=f"{self.rng.randrange(1, 90)}/{since.year}",
        )
        return recipient, activity, place

    def person(self, number: int, owner: User) -> tuple[Recipient, int, Place]:
        """Register a person or the head of a family and return it with the number of its need."""
        place = self.places[(number * 3 + 1) % len(self.places)]
        name = self.name()
        kind = RecipientType.INDIVIDU if number % 3 else RecipientType.KELUARGA
        officer = OfficerData(Position.DIRI, name, self.nik(place), self._phone())
        card = f"{officer.nik[:6]}010115{officer.nik[12:]}" if kind == RecipientType.KELUARGA else ""
        recipient = self._registered(owner, place, type=kind, name=name, officers=(officer,), family_card=card)
        return recipient, number % len(NEEDS), place

    def draft(self, recipient: Recipient, owner: User, activity: Activity, place: Place, year: int) -> Proposal:
        """Make a complete draft of an organisation."""
        proposal = submission.start(recipient, owner, budget_year=year, kind=activity.kind)
        begins = dt.date(year, self.rng.randrange(2, 8), 1)
        values = {
            "form": activity.form,
            "nature": activity.nature,
            "field": _field(activity.field_words),
            "purpose": "PEMBERDAYAAN" if activity.kind == Kind.BANSOS else "",
            "title": activity.title.format(place=place.name),
            "aims": activity.aims.format(place=place.name),
            "background": activity.background.format(place=place.name),
            "target_group": activity.target,
            "beneficiaries": self.rng.randrange(25, 400),
            "place": f"Jl. {self.rng.choice(STREETS)}, {place.name}",
            "starts_on": begins,
            "ends_on": begins + dt.timedelta(days=self.rng.choice((60, 90, 120))),
            "account": recipient.accounts.first(),
            "village_code": place.code,
        }
        proposal = drafts.save_activity(proposal, values, proposal.version)
        ceiling = current().ceiling_for(activity.kind, activity.form, activity.nature, recipient.type)
        proposal = drafts.save_lines(proposal, self._lines(activity.lines, ceiling), proposal.version)
        self.papers.give(proposal, owner)
        return proposal

    def need(self, recipient: Recipient, owner: User, number: int, place: Place, year: int) -> Proposal:
        """Make a complete draft of a person."""
        purpose, reason, lines = NEEDS[number]
        proposal = submission.start(recipient, owner, budget_year=year, kind=Kind.BANSOS)
        values = {
            "form": Form.UANG,
            "nature": Nature.NON_FISIK,
            "field": _field(("kesejahteraan sosial", "sosial")),
            "purpose": purpose,
            "personal_reason": reason,
            "starts_on": dt.date(year, 2, 1),
            "ends_on": dt.date(year, 4, 30),
            "account": recipient.accounts.first(),
            "village_code": place.code,
        }
        proposal = drafts.save_activity(proposal, values, proposal.version)
        proposal = drafts.save_lines(proposal, self._lines(lines, None), proposal.version)
        self.papers.give(proposal, owner)
        return proposal

    def _lines(self, lines: tuple[tuple[str, int, str, int], ...], ceiling: int | None) -> list[drafts.LineData]:
        whole = sum(volume * price for _, volume, _, price in lines)
        factor = self.rng.uniform(0.75, 1.35)
        if ceiling is not None and whole * factor > ceiling:
            factor = self.rng.uniform(0.8, 0.97) * ceiling / whole
        return [
            drafts.LineData(text, Decimal(volume), unit, max(round(price * factor / ROUND) * ROUND, ROUND))
            for text, volume, unit, price in lines
        ]


def _field(words: tuple[str, ...]) -> int:
    """Return the region's field that matches the first of these words, else its first field."""
    routes = current().fields
    for word in words:
        for route in routes:
            if word in route.name.lower():
                return route.code
    return routes[0].code


def moment(day: dt.date, rng: random.Random) -> dt.datetime:
    """Return a time of the office day."""
    return dates.at(day, dt.time(rng.randrange(8, 15), rng.randrange(60)))
