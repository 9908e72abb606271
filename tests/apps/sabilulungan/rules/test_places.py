"""F08 and F13 as pure rules: place and time of a visit, approvals without a cut."""

import datetime as dt

import pytest

from sabilulungan.rules.duplicates import uncut_too_often
from sabilulungan.rules.places import PhotoTrace, around, box, metres, misfits

HERE = (-6.914744, 107.609810)
NOON = dt.datetime(2026, 3, 10, 12, 0)  # noqa: DTZ001 - cameras write no zone


def test_metres():
    assert round(metres(HERE, (HERE[0] + 0.001, HERE[1]))) == 111
    assert round(metres(HERE, (HERE[0], HERE[1] + 0.001))) == 111  # near the equator a degree is a degree
    assert [round(metres(HERE, one)) for one in around(HERE)] == [0, 200, 200, 200, 200]


def test_the_box_holds_everything_within_reach_and_little_more():
    (south, west), (north, east) = box(HERE, 30)
    assert [round(metres(HERE, side)) for side in ((south, HERE[1]), (north, HERE[1]), (HERE[0], west))] == [30] * 3
    assert 30 <= metres(HERE, (HERE[0], east)) < 31


@pytest.mark.parametrize(
    ("photo", "inside", "found"),
    [
        (PhotoTrace(), True, []),
        (PhotoTrace(), None, []),
        (PhotoTrace(HERE, NOON), True, []),
        (PhotoTrace((HERE[0] + 0.0017, HERE[1]), NOON - dt.timedelta(hours=24)), True, []),
        (PhotoTrace((HERE[0] + 0.002, HERE[1])), True, ["Foto lapangan diambil 223 m dari posisi kunjungan."]),
        (PhotoTrace(None, NOON - dt.timedelta(hours=25)), True, ["Foto lapangan diambil pada hari lain."]),
        (PhotoTrace(), False, ["Posisi kunjungan di luar kelurahan yang disebut."]),
    ],
)
def test_f08_what_does_not_fit(photo, inside, found):
    assert misfits([PhotoTrace(), photo], HERE, NOON, inside=inside) == found


def test_f08_a_photo_far_from_the_map_point_of_the_address():
    far = (HERE[0] + 0.0025, HERE[1])
    told = "Foto lapangan diambil 278 m dari titik alamat."
    assert misfits([PhotoTrace(far)], far, NOON, inside=True, seat=HERE) == [told]
    assert misfits([PhotoTrace(far)], None, NOON, inside=None, seat=HERE) == [told]
    assert misfits([PhotoTrace(HERE)], HERE, NOON, inside=True, seat=HERE) == []
    assert misfits([PhotoTrace()], HERE, NOON, inside=True, seat=far) == []


def test_f08_without_a_position_only_the_time_can_be_judged():
    far = PhotoTrace((0.0, 100.0), NOON - dt.timedelta(days=30))
    assert misfits([far], None, NOON, inside=None) == ["Foto lapangan diambil pada hari lain."]


@pytest.mark.parametrize(
    ("uncut", "approved", "marked"), [(4, 4, False), (2, 5, True), (3, 10, False), (4, 10, True), (0, 50, False)]
)
def test_f13_more_than_30_percent_of_at_least_five(uncut, approved, marked):
    assert uncut_too_often(uncut, approved) is marked
