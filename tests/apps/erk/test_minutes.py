"""Minutes of an activity, of a day and of a month; overlap; descriptions; numbers of civil servants."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erk.enums import StatusPegawai
from erk.rules.minutes import count, overlap
from erk.rules.monthly import Logged, capped
from erk.validators import description_fault, nip, nip_parts

SHARE = Decimal("0.2")


def at(text: str) -> dt.time:
    return dt.time.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "norm", "volume", "counted"),
    [
        ("08:00", "08:30", 30, 1, 30),
        ("08:00", "09:00", 30, 1, 45),  # 60 worked, 1.5 × 30 counts
        ("08:00", "08:45", 30, 1, 45),
        ("08:00", "08:46", 30, 1, 45),
        ("08:00", "09:00", 60, "1.5", 60),
        ("08:00", "16:00", 15, 20, 450),
        ("08:00", "08:10", 15, 1, 10),
        ("08:00", "09:00", 15, "1.5", 34),  # 33.75 rounds half up
    ],
)
def test_counted_minutes(start, end, norm, volume, counted):
    assert count(at(start), at(end), norm, Decimal(volume)).counted == counted


def test_the_explanation_names_worked_norm_and_limit():
    assert count(at("08:00"), at("09:00"), 30, Decimal(1)).sentence == (
        "60 menit kerja, dihitung paling banyak 45 menit (1,5 × norma 30)."
    )
    assert count(at("08:00"), at("09:00"), 30, Decimal(1), Decimal("1.25")).sentence == (
        "60 menit kerja, dihitung paling banyak 38 menit (1,25 × norma 30)."
    )
    assert count(at("08:00"), at("08:30"), 30, Decimal(1)).sentence == "30 menit kerja dihitung penuh (norma 30 menit)."
    assert "kurang dari setengah norma 120" in count(at("08:00"), at("08:30"), 120, Decimal(1)).sentence


@pytest.mark.parametrize(
    ("start", "end", "volume", "counted", "norm", "sentence"),
    [
        ("08:00", "08:14", "1", 14, 30, "14 menit kerja dihitung penuh. Ini kurang dari setengah norma 30–50 menit:"),
        ("08:00", "09:15", "1", 75, 30, "75 menit kerja dihitung penuh (norma 30–50 menit)."),
        ("08:00", "09:16", "1", 75, 30, "paling banyak 75 menit (1,5 × norma paling lama 50)."),
        ("08:00", "11:00", "1.5", 113, 45, "paling banyak 113 menit (1,5 × norma paling lama 75)."),
    ],
)
def test_a_range_counts_up_to_its_upper_edge_and_hints_below_its_lower(start, end, volume, counted, norm, sentence):
    found = count(at(start), at(end), 30, Decimal(volume), longest=50)
    assert (found.counted, found.norm, sentence in found.sentence) == (counted, norm, True)


@pytest.mark.parametrize(
    ("start", "end", "volume"), [("09:00", "08:00", 1), ("09:00", "09:00", 1), ("08:00", "09:00", 0)]
)
def test_impossible_spans_and_volumes_are_refused(start, end, volume):
    with pytest.raises(ValueError, match=r"Jam selesai|Volume"):
        count(at(start), at(end), 30, Decimal(volume))


times = st.times().map(lambda value: value.replace(second=0, microsecond=0))
spans = st.tuples(times, times).filter(lambda span: span[0] < span[1])


@given(spans, st.integers(1, 600), st.decimals("0.01", "100", places=2))
def test_counted_is_never_more_than_worked_nor_than_one_and_a_half_norms(span, norm, volume):
    result = count(*span, norm, volume)
    assert 0 <= result.counted <= result.worked
    assert result.counted <= Decimal("1.5") * norm * volume + Decimal("0.5")


@given(spans, spans)
def test_overlap_is_symmetric_and_means_a_shared_minute(first, second):
    assert overlap(first, second) == overlap(second, first)
    assert overlap(first, second) == (max(first[0], second[0]) < min(first[1], second[1]))


def test_touching_spans_do_not_overlap():
    assert not overlap((at("08:00"), at("09:00")), (at("09:00"), at("10:00")))


def day(number: int, listed: int, free: int = 0, cap: int = 450) -> dict[dt.date, Logged]:
    return {dt.date(2026, 10, number): Logged(listed, free, cap)}


def test_minutes_above_the_cap_are_named_not_counted():
    assert capped(day(1, 500) | day(2, 300), SHARE) == (750, 50, 0)


def test_an_overtime_order_raises_the_cap():
    assert capped(day(1, 560, cap=600), SHARE) == (560, 0, 0)


def test_work_outside_the_catalogue_counts_up_to_a_fifth_of_the_month():
    assert capped(day(1, 400) | day(2, 0, 200), SHARE) == (500, 0, 100)  # 100 of 500 is a fifth
    assert capped(day(1, 0, 200), SHARE) == (0, 0, 200)


logged = st.dictionaries(
    st.integers(1, 28).map(lambda number: dt.date(2026, 10, number)),
    st.builds(Logged, st.integers(0, 700), st.integers(0, 700), st.sampled_from([390, 450, 600])),
    min_size=1,
)


@given(logged, st.data())
def test_one_more_approved_minute_never_lowers_the_month(month, data):
    chosen = data.draw(st.sampled_from(sorted(month)))
    row = month[chosen]
    for more in (Logged(row.listed + 1, row.free, row.cap), Logged(row.listed, row.free + 1, row.cap)):
        assert capped(month | {chosen: more}, SHARE)[0] >= capped(month, SHARE)[0]


@pytest.mark.parametrize("text", ["19860926 201505 1 001", "198609262015051001", "19860926.201505.1.001"])
def test_a_nip_is_read_with_or_without_spaces(text):
    assert nip(text, StatusPegawai.PNS) == "198609262015051001"


@pytest.mark.parametrize(
    "text",
    [
        "19860926201505100",  # 17 digits
        "198613262015051001",  # month 13
        "198609262015131001",  # start month 13
        "198609262003051001",  # 17 years old
        "198609262015053001",  # sex 3
        "198609262015051000",  # serial 000
        "19860926201505100A",
    ],
)
def test_an_impossible_nip_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match="NIP"):
        nip(text, StatusPegawai.PNS)


def test_the_number_of_a_pppk_has_no_month_at_positions_13_and_14():
    assert nip("199001012023211007", StatusPegawai.PPPK) == "199001012023211007"
    with pytest.raises(ValueError, match="NIP"):
        nip("199001012023211007", StatusPegawai.PNS)


def test_the_parts_of_a_nip():
    assert nip_parts("198609262015051001") == ("19860926", "201505", "1", "001")


@pytest.mark.parametrize("text", ["", "rapat", "....................", "a                    b", "x" * 19])
def test_a_description_that_says_nothing_is_refused(text):
    assert description_fault(text).startswith("Jelaskan pekerjaan ini paling sedikit 20 huruf")


def test_a_description_of_twenty_letters_is_enough():
    assert description_fault("Menyusun konsep surat undangan") == ""
