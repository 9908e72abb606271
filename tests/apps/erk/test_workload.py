"""Workload: the sample table of erk.md section 12, bands, and the public picture without small cells."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from test_months import OCTOBER, approved, october, whole_month  # noqa: F401  (a fixture)
from world import employ, fresh

from erk.domain import months, summaries
from erk.domain.queries import listings, public, workload
from erk.enums import StatusHadir
from erk.models import Kehadiran, Lembur, Rekap
from erk.rules.outlook import at_cliff, outlook
from erk.rules.workload import (
    BAND_WORDS,
    Band,
    Bands,
    FamilyLoad,
    Move,
    Signals,
    agency_load,
    is_idle,
    moves,
    overload_signs,
    person_ratio,
)

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


def summed() -> list[workload.AgencyLoad]:
    """Return October as the pages show it after the night."""
    summaries.refresh(OCTOBER)
    return workload.agencies(OCTOBER)


def test_absence_shrinks_the_own_target_and_leave_credit_is_no_work(world, october):  # noqa: F811
    whole_month(world, world.ana, 3000, october[:11])
    for day in october[11:]:
        Kehadiran.objects.create(pegawai=world.ana, tanggal=day, status=StatusHadir.IZIN, sumber="uji")
    row = next(item for item in summed() if item.agency == world.dinas)
    ana = next(person for person in row.people if person.employee == world.ana.pk)
    assert (ana.minutes, ana.present, ana.ratio) == (3000, Decimal("0.5"), 1)
    assert row.load.fte == Decimal("3.5")
    assert row.load.minutes == 3000


def test_travel_counts_as_present(world, october):  # noqa: F811
    Kehadiran.objects.create(pegawai=world.ana, tanggal=october[0], status=StatusHadir.DINAS_LUAR, sumber="uji")
    row = next(item for item in summed() if item.agency == world.dinas)
    assert row.load.fte == 4


def test_a_running_month_is_measured_by_the_days_that_have_passed(world, at):
    at("2026-10-13")
    days = [dt.date(2026, 10, day) for day in (1, 2, 5, 6, 7, 8, 9, 12)]
    whole_month(world, world.ana, 6000 * 8 // 22, days)
    row = next(item for item in summed() if item.agency == world.dinas)
    ana = next(person for person in row.people if person.employee == world.ana.pk)
    assert ana.ratio == 1


def test_the_public_picture_hides_cells_below_five_people(world, october):  # noqa: F811
    for number in range(2):
        employ(f"Dedi {number}", 40 + number, world.ana.penempatan.get().jabatan)
    whole_month(world, world.ana, 6000, october)
    months.compute(OCTOBER)
    summaries.refresh(OCTOBER)
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
    assert sum(row.load.minutes for row in summed()) == 0


def family(agency: str, fte: str, need: str, name: str = "Analis") -> FamilyLoad:
    return FamilyLoad(agency, name, Decimal(fte), Decimal(need))


def test_surplus_and_shortage_are_paired_within_a_family_in_whole_people():
    loads = [
        family("Dishub", "401.0", "192.5"), family("Satpol", "352.0", "176.0"), family("DPMPTSP", "112.0", "127.5"),
        family("Dukcapil", "135.5", "149.1"), family("Coblong", "49.5", "49.9"), family("DLH", "10", "25", "Pengemudi"),
    ]  # fmt: skip
    assert moves(loads) == [Move("Analis", "Dishub", "DPMPTSP", 15), Move("Analis", "Dishub", "Dukcapil", 13)]
    assert moves([family("A", "10", "9.1"), family("B", "10", "11.9")]) == []
    assert moves([family("A", "5", "3"), family("B", "1", "4.5"), family("C", "4", "2.5")]) == [
        Move("Analis", "A", "B", 2),
        Move("Analis", "C", "B", 1),
    ]


@pytest.mark.parametrize(
    ("months", "new", "expected"),
    [
        (["0.49", "0.9", "0.2"], False, True),
        (["0.50", "0.9", "0.2"], False, False),
        (["0.1", "0.9", "0.9", "0.2"], False, False),
        (["0.1", "0.1"], False, True),
        (["0.1", "0.1", "0.1"], True, False),
    ],
)
def test_idle_is_two_of_three_months_and_never_a_newcomer(months, new, expected):
    full = [(Decimal(ratio), Decimal(1)) for ratio in months]
    assert is_idle(full, Decimal("0.5"), new=new) is expected
    assert not is_idle([(ratio, Decimal("0.4")) for ratio, _ in full], Decimal("0.5"))


def test_units_families_and_the_city_add_up_to_the_agencies(world, october):  # noqa: F811
    whole_month(world, world.ana, 6600, october)
    whole_month(world, world.cici, 3000, october)
    approved(world, world.budi, october[0], 60, start=1050)
    found = summed()
    dinas = next(row for row in found if row.agency == world.dinas)
    assert {unit: load.people for unit, load in dinas.units} == {
        "Kepala Bidang Pelayanan": 2, "Kepala Dinas": 1, "Sekretaris Daerah": 1,
    }  # fmt: skip
    assert sum(load.minutes for _, load in dinas.units) == dinas.load.minutes == 6660
    assert {row.family: row.fte for row in dinas.families}["Pelaksana"] == 2
    assert dinas.evening == Decimal(1) / 23
    whole = workload.city(found)
    assert (whole.people, whole.minutes, whole.fte) == (8, 9660, 8)
    assert workload.city([]) is None


@pytest.mark.parametrize(
    ("ratio", "shares", "words"),
    [
        ("1.10", ("0.24", "0.049", "0.099", "1.09"), []),
        ("1.101", ("0", "0", "0", "1"), ["beban di atas batas"]),
        ("0.99", ("0.25", "0.05", "0.1", "1.1"), ["banyak orang di atas batas", "banyak lembur",
         "norma pekerjaan melebihi menit yang dicatat", "banyak pekerjaan malam"]),
    ],
)  # fmt: skip
def test_overload_is_told_by_several_signs(ratio, shares, words):
    above, overtime, evening, norm = map(Decimal, shares)
    assert overload_signs(Decimal(ratio), Bands(), Signals(above, overtime, evening, norm)) == words


def test_overtime_is_what_an_order_adds_to_the_day(world, october, client):  # noqa: F811
    for day in october[:2]:
        approved(world, world.ana, day, 400, start=420)
        approved(world, world.ana, day, 250, start=900)
    Lembur.objects.create(pegawai=world.ana, tanggal=october[1], spt="SPT-9")
    dinas = next(row for row in summed() if row.agency == world.dinas)
    assert (dinas.load.minutes, dinas.overtime, dinas.norm) == (450 + 600, 150, 1300)
    assert dinas.overload == ["banyak lembur", "norma pekerjaan melebihi menit yang dicatat", "banyak pekerjaan malam"]
    client.force_login(fresh(world.kepala.user), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("erk:workload") + "?bulan=2026-10").text
    assert "banyak lembur; norma pekerjaan melebihi menit yang dicatat" in page
    assert "Kec. Satu" not in page


def test_lists_of_idle_and_overloaded_people(world, october):  # noqa: F811
    whole_month(world, world.ana, 6601, october)
    whole_month(world, world.budi, 6600, october)
    months.compute(dt.date(2026, 9, 1))
    months.compute(OCTOBER)
    assert [row.recap.pegawai for row in listings.overloaded(OCTOBER)] == [world.ana]
    idle = {row.recap.pegawai.nama: row.shown for row in listings.idle(OCTOBER)}
    assert ("Ana" in idle, idle["Cici"]) == (False, "0%, 0%")
