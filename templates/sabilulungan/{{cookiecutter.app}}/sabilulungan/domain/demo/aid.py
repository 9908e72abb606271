"""A few pieces of unplanned aid in the demo, given and under way."""

import datetime as dt
import random

from core import dates, demo_clock, identity
from core.calendar import calendar
from sabilulungan.domain import aid as aids
from sabilulungan.domain.demo.cases import Maker, moment
from sabilulungan.domain.demo.cast import Cast
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import AidAction, AidState, Purpose
from sabilulungan.models import EnactedBudget

# Days ago, rupiah, purpose, and how far it comes.
CASES = (
    (200, 3_500_000, Purpose.BENCANA, AidState.DISALURKAN),
    (150, 2_000_000, Purpose.PERLINDUNGAN, AidState.DISALURKAN),
    (90, 4_000_000, Purpose.BENCANA, AidState.DISALURKAN),
    (12, 6_000_000, Purpose.REHABILITASI, AidState.DISETUJUI),
    (8, 2_500_000, Purpose.PERLINDUNGAN, AidState.PERSETUJUAN_KDH),
    (4, 1_500_000, Purpose.BENCANA, AidState.PERMINTAAN),
)
NEED = "Rumah rusak karena kebakaran dan keluarga mengungsi (contoh rekaan)."


def load(cast: Cast, maker: Maker, rng: random.Random) -> None:
    """Enter the cases that fall into a year whose budget is recorded, each through the same machine as everybody's."""
    office = next((one.code for one in current().offices if "sosial" in one.name.lower()), current().offices[0].code)
    social = cast.evaluator(office)
    for number, (ago, amount, purpose, upto) in enumerate(CASES):
        day = calendar().add(dates.today() - dt.timedelta(days=ago), 0)
        if not EnactedBudget.objects.filter(budget_year=day.year, enacted_on__lte=day).exists():
            continue
        place = maker.places[number * 5 % len(maker.places)]
        nik = maker.nik(place)
        with demo_clock.at(moment(day, rng)):
            aid = aids.begin(
                cast.operator,
                {
                    "office": office, "request_letter": f"460/{number + 3}/Kel", "name": maker.name(), "nik": nik,
                    "nik_token": identity.token(nik), "address": f"Gang Contoh {number + 1}",
                    "village_code": place.code, "purpose": purpose, "need": NEED, "amount": amount,
                },
            )  # fmt: skip
            if upto == AidState.PERMINTAAN:
                continue
            aids.perform(aid, AidAction.PERIKSA, social)
            aids.perform(aid, AidAction.TERUSKAN, social, note="Sudah dilihat di tempat.")
            if upto == AidState.PERSETUJUAN_KDH:
                continue
            aids.perform(aid, AidAction.SETUJUI, cast.head, data={"approval": f"460/{number + 20}"})
            if upto == AidState.DISETUJUI:
                continue
            payment = {"way": "TRANSFER", "receipt": f"TRF/{number + 1:03d}", "paid_on": dates.today()}
            aids.perform(aid, AidAction.SALURKAN, cast.treasury, data=payment)
