"""Maps from the official outlines: every kecamatan once, shades that rise with the numbers, nothing without a file."""

import gzip
import re

import pytest
import rendered
from django.template import Context, Template

from core import maps, wilayah
from core.pictures import Area, shades
from core.region import forget


@pytest.fixture
def of(monkeypatch):
    """Return a function that makes this process serve another region."""

    def become(code, *more):
        monkeypatch.setenv("KIT_REGION_DIRS", rendered.dirs("core", code))
        forget()

    yield become
    monkeypatch.undo()
    forget()


def drawn(areas, **words):
    given = " ".join(f"{key}={value!r}" for key, value in words.items())
    return Template("{% load charts %}{% area_map areas " + given + " %}").render(Context({"areas": areas}))


@pytest.mark.parametrize("code", [rendered.BANDUNG, rendered.SUMBAWA_BARAT])
def test_every_kecamatan_has_its_outline(of, code):
    of(code)
    assert maps.main_level() == "districts"
    outlines = maps.atlas("districts").outlines
    assert [one.code for one in outlines] == [place.code for place in wilayah.districts()]
    assert [one.name for one in outlines] == [place.name for place in wilayah.districts()]
    assert all(re.fullmatch(r"(M\d+ \d+l[-\d ]+z)+", one.path) for one in outlines)


def test_a_province_is_drawn_by_kabupaten_and_kota(of):
    of(rendered.BANTEN)
    assert maps.main_level() == "regencies"
    assert [one.code for one in maps.atlas("regencies").outlines] == [place.code for place in wilayah.regencies()]
    assert maps.atlas("districts") is None


def test_the_outlines_fill_their_box(of):
    of(rendered.BANDUNG)
    atlas = maps.atlas("districts")
    corners = [(int(x), int(y)) for one in atlas.outlines for x, y in re.findall(r"M(\d+) (\d+)", one.path)]
    xs, ys = [], []
    for one in atlas.outlines:
        for start_x, start_y, steps in re.findall(r"M(\d+) (\d+)l([-\d ]+)z", one.path):
            x, y = int(start_x), int(start_y)
            numbers = [int(number) for number in re.findall(r"-?\d+", steps)]
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                xs.append(x)
                ys.append(y)
    assert corners
    assert (min(xs), max(xs), min(ys), max(ys)) == (0, atlas.width, 0, atlas.height)


def test_the_kelurahan_of_one_kecamatan_fill_the_box_alone(of):
    of(rendered.BANDUNG)
    district = wilayah.districts()[1]
    atlas = maps.atlas("villages", district.code)
    assert [one.code for one in atlas.outlines] == [place.code for place in wilayah.villages(district.code)]
    whole = {one.code: one for one in maps.atlas("villages").outlines}
    assert all(len(one.path) > len(whole[one.code].path) for one in atlas.outlines)  # larger, so finer
    assert (atlas.width, maps.atlas("villages", "99.99.99")) == (maps.WIDTH, None)
    first = atlas.outlines[0]
    said = drawn([Area(first.code, 3, "3 usulan")], within=district.code)
    assert said.count("<title>") == len(atlas.outlines)
    assert f"<title>{first.name}: 3 usulan</title>" in said


def test_numbers_become_shades_with_words_and_a_credit_line(of):
    of(rendered.BANDUNG)
    first, second, third = wilayah.districts()[:3]
    areas = [
        Area(first.code, 2_500_000, "Rp2,5 juta"),
        Area(second.code, 40_000_000, "Rp40 juta"),
        Area(third.code, 0, "Rp0"),
    ]
    said = drawn(areas, title="Dana menurut kecamatan", money_words=True)
    assert re.findall(r'<path class="m-(\d)" d="M\d+ \d+l[^"]+"><title>([^<]+)</title>', said) == [
        ("3", f"{first.name}: Rp2,5 juta"),
        ("5", f"{second.name}: Rp40 juta"),
    ]
    assert f"<title>{third.name}: Rp0</title>" in said
    assert said.count("</title>") == len(wilayah.districts())
    assert re.findall(r"</svg>([^<]+)</li>", said) == ["tidak ada", "Rp2,5 juta", "Rp40 juta"]
    assert maps.CREDIT in said
    assert len(gzip.compress(said.encode())) < 7_000


@pytest.mark.parametrize(
    ("values", "ranges"),
    [
        ([], []),
        ([0, 0], []),
        ([3, 3, 0], [(3, 3)]),
        ([1, 2, 3, 4, 5], [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]),
        ([1, 1, 1, 1, 9], [(1, 1), (9, 9)]),
        (list(range(1, 31)), [(1, 6), (7, 12), (13, 18), (19, 24), (25, 30)]),
    ],
)
def test_shades_share_the_numbers_out(values, ranges):
    assert shades(values) == ranges


@pytest.mark.parametrize("text", ["", "[]", '{"transform": {}}', '{"bbox": [1, 1, 1, 1], "arcs": [], "objects": {}}'])
def test_without_a_good_file_there_is_no_map_and_no_error(monkeypatch, tmp_path, text):
    places = rendered.folders()["core"]
    (tmp_path / "boundaries").mkdir()
    (tmp_path / "boundaries/districts.topojson").write_text(text)
    monkeypatch.setenv("KIT_REGION_DIRS", f"{tmp_path}:{places}")
    forget()
    assert drawn([Area("32.73.01", 1, "1 usulan")]).strip() == ""
    monkeypatch.undo()
    forget()


def test_numbers_of_any_depth_are_gathered_by_the_parts_of_the_map(of):
    numbers = {"36.71.01": 2, "36.71.02.1001": 3, "36.72": 4}
    of(rendered.BANTEN)
    assert maps.gathered(numbers) == {"36.71": 5, "36.72": 4}
    of(rendered.BANDUNG)
    assert maps.gathered({"32.73.01": 1, "32.73.01.1001": 2, "32.73.02": 4}) == {"32.73.01": 3, "32.73.02": 4}
