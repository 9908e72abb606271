"""F06, F14: copies of one photograph look alike, two photographs do not, and an index finds the copies."""

import random

import pictures
import pytest
from PIL import Image

from sabilulungan.domain.copied_photos import look_of
from sabilulungan.rules import looks_of_photos as looks


def seen(image):
    return look_of(pictures.jpeg(image))


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("kind", [pictures.scene, pictures.field_under_sky])
def test_a_copy_is_found_whatever_was_done_to_it(kind, number):
    image = kind(number)
    mine = seen(image)
    for what, content in pictures.copies(image).items():
        found = look_of(content)
        assert looks.different(mine, found) is not None, what
        assert set(looks.parts(mine)) & set(looks.parts(found)), what


def test_two_photographs_are_never_taken_for_one():
    """Pictures of one kind may share their outline; what is small in them tells them apart."""
    found = [seen(kind(number)) for kind in (pictures.scene, pictures.field_under_sky) for number in range(20)]
    assert None not in found
    pairs = [(one, other) for place, one in enumerate(found) for other in found[:place]]
    assert [looks.different(*pair) for pair in pairs] == [None] * len(pairs)


def test_flat_pictures_pages_and_what_is_no_picture_look_like_nothing():
    wall = pictures._grained(Image.new("RGB", pictures.SIZE, (120, 90, 60)), 0.03)
    evening = Image.linear_gradient("L").convert("RGB")
    for flat in (Image.new("RGB", (40, 30), "white"), Image.new("RGB", (800, 600), "#1f6f54"), wall, evening):
        assert seen(flat) is None
    assert [seen(pictures.page(number)) for number in (1, 2)] == [None, None]
    assert look_of(b"\xff\xd8\xff bukan foto") is None


def test_seven_differences_always_leave_a_part_equal_and_a_look_is_read_as_written():
    draw = random.Random(7)
    mine = seen(pictures.scene(4))
    assert looks.Look.read(str(mine)) == mine
    assert len(str(mine)) == 96
    values = looks.parts(mine)
    assert sorted(value >> 16 for value in values) == list(range(looks.PARTS))
    for _ in range(300):
        changed = mine.outline
        for place in draw.sample(range(looks.BITS), looks.MOST_DIFFERENT):
            changed ^= 1 << place
        assert set(values) & set(looks.parts(looks.Look(changed, mine.detail)))
    everywhere = looks.parts(looks.Look((1 << looks.BITS) - 1, 0))
    assert [value & 0xFFFF for value in everywhere] == [0xFFFF] * looks.PARTS
