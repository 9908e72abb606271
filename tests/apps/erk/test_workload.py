"""Workload: the sample table of erk.md section 12, bands, and the public picture without small cells."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_months import OCTOBER, approved, october, whole_month  # noqa: F401  (a fixture)
from world import employ

from erk.domain import months
from erk.domain.queries import public, workload
from erk.enums import StatusHadir
from erk.models import Kehadiran, Rekap
from erk.rules.outlook import at_cliff, outlook
from erk.rules.workload import BAND_WORDS, Band, Bands, agency_load, person_ratio

SAMPLE = [
    ("DPMPTSP", 118, "112.0", 764_800, "1.138", "127.5", "15.5", Band.OVERLOADED),
    ("Disdukcapil", 140, "135.5", 894_300, "1.100", "149.1", "13.6", Band.FULL),
    ("Kec. Coblong", 52, "49.5", 299_475, "1.008", "49.9", "0.4", Band.FULL),
    ("Satpol PP", 365, "352.0", 1_056_000, "0.500", "176.0", "-176.0", Band.UNDER_USED),
    ("Dishub", 412, "401.0", 1_154_880, "0.480", "192.5", "-208.5", Band.IDLE),
]


@pytest.mark.parametrize(("name", "people", "fte", "minutes", "ratio", "need", "gap", "band"), SAMPLE)
def test_the_sample_table(name, people, fte, minutes, ratio, need, gap, band):
    load = agency_load(people, Decimal(fte), minutes, 6000, Bands())
    assert (round(load.ratio, 3), load.need, load.gap, load.band) == (Decimal(ratio), Decimal(need), Decimal(gap), band)


def test_every_band_has_a_word_and_bands_are_parameters():
    assert set(BAND_WORDS) == set(Band)
    strict = Bands(Decimal(1), Decimal("0.81"), Decimal("0.66"), Decimal("0.5"))
    assert [strict.of(Decimal(x)) for x in ("1.01", "1", "0.8", "0.6", "0.4")] == [
        Band.OVERLOADED,
        Band.FULL,
        Band.LOOSE,
        Band.UNDER_USED,
        Band.IDLE,
    ]


@given(st.decimals(min_value=0, max_value=3, places=3), st.decimals(min_value=0, max_value=3, places=3))
def test_a_higher_ratio_is_never_in_an_idler_band(first, second):
    order = [Band.IDLE, Band.UNDER_USED, Band.LOOSE, Band.FULL, Band.OVERLOADED]
    low, high = sorted((first, second))
    assert order.index(Bands().of(low)) <= order.index(Bands().of(high))


def test_somebody_who_was_never_there_is_not_called_idle_by_division():
    assert person_ratio(0, Decimal(0), 6000) == 0


def test_absence_shrinks_the_own_target_and_leave_credit_is_no_work(world, october):  # noqa: F811
    whole_month(world, world.ana, 3000, october[:11])
    for day in october[11:]:
        Kehadiran.objects.create(pegawai=world.ana, tanggal=day, status=StatusHadir.IZIN, sumber="uji")
    row = next(item for item in workload.agencies(OCTOBER) if item.agency == world.dinas)
    ana = next(person for person in row.people if person.employee == world.ana)
    assert (ana.minutes, ana.present, ana.ratio) == (3000, Decimal("0.5"), 1)
    assert row.load.fte == Decimal("3.5")
    assert row.load.minutes == 3000


def test_travel_counts_as_present(world, october):  # noqa: F811
    Kehadiran.objects.create(pegawai=world.ana, tanggal=october[0], status=StatusHadir.DINAS_LUAR, sumber="uji")
    row = next(item for item in workload.agencies(OCTOBER) if item.agency == world.dinas)
    assert row.load.fte == 4


def test_a_running_month_is_measured_by_the_days_that_have_passed(world, at):
    at("2026-10-13")
    days = [dt.date(2026, 10, day) for day in (1, 2, 5, 6, 7, 8, 9, 12)]
    whole_month(world, world.ana, 6000 * 8 // 22, days)
    row = next(item for item in workload.agencies(OCTOBER) if item.agency == world.dinas)
    ana = next(person for person in row.people if person.employee == world.ana)
    assert ana.ratio == 1


def test_the_public_picture_hides_cells_below_five_people(world, october):  # noqa: F811
    for number in range(2):
        employ(f"Dedi {number}", 40 + number, world.ana.penempatan.get().jabatan)
    whole_month(world, world.ana, 6000, october)
    months.compute(OCTOBER)
    shown = public.picture(OCTOBER)
    assert [row.name for row in shown.agencies] == ["Dinas Dukcapil"]
    assert (shown.agencies[0].people, shown.hidden_agencies) == (6, 2)
    assert [row.people for row in shown.bands if row.people < 5] == []
    assert shown.hidden_bands > 0
    assert (shown.people, shown.minutes) == (6, 6000)


def test_only_closed_months_are_public(world, at):
    at("2026-11-06")
    months.compute(OCTOBER)
    assert public.closed_months() == []
    at("2026-11-07")
    months.compute(OCTOBER)
    assert public.closed_months() == [OCTOBER]
    assert Rekap.objects.filter(bulan=OCTOBER).count() == 8


def test_the_forecast_goes_on_at_the_same_pace():
    ahead = outlook(3000, 6000, days_passed=10, days_left=12)
    assert (ahead.forecast, ahead.needed_a_day, ahead.share) == (6600, 250, Decimal("0.5"))
    assert outlook(0, 6000, 0, 22).forecast == 0
    assert outlook(5900, 6000, 22, 0).needed_a_day == 100


@pytest.mark.parametrize(
    ("day", "share", "warned"),
    [
        (14, "0.5", False),
        (15, "0.5", True),
        (20, "0.39", False),
        (20, "0.4", True),
        (20, "0.6", True),
        (20, "0.61", False),
    ],
)
def test_the_cliff_warning(day, share, warned):
    assert at_cliff(dt.date(2026, 10, day), Decimal(share), 15, Decimal("0.4"), Decimal("0.6")) == warned


def test_activities_outside_the_month_do_not_count(world, october):  # noqa: F811
    approved(world, world.ana, dt.date(2026, 9, 30), 300)
    assert sum(row.load.minutes for row in workload.agencies(OCTOBER)) == 0
