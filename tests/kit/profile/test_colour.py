"""Contrast and theme, over any two colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.profile.colour import CONTROL, TEXT, WHITE, contrast, passing, theme

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


def test_a_passing_colour_stays() -> None:
    assert passing("#0B5C8A", WHITE) == "#0B5C8A"
    assert passing("#FFD700", WHITE) == "#8B7500"


def test_no_shade_reaches_a_dark_ground() -> None:
    with pytest.raises(ValueError, match=r"no shade of #777777 reaches 4\.5:1 on #333333: give lighter grounds"):
        passing("#777777", "#333333")


@given(COLOUR)
def test_nearest_passing_shade(colour: str) -> None:
    assert contrast(passing(colour, WHITE), WHITE) >= TEXT


@given(COLOUR, COLOUR)
def test_every_pair_of_the_theme_reads(primary: str, accent: str) -> None:
    made = theme(primary, accent)
    grounds = ("surface", "surface-soft")
    text = [
        (name, ground) for name in ("ink", "ink-muted", "link", "primary-strong", "accent-strong") for ground in grounds
    ]
    text += [("ink", "primary-soft"), ("ink", "accent-soft"), ("link", "primary-soft"), ("link", "accent-soft")]
    control = [("focus", ground) for ground in (*grounds, "primary-soft", "accent-soft")]
    for name in ("primary", "accent"):
        text += [
            (f"on-{name}", name),
            (f"on-{name}", f"{name}-strong"),
            (name, "surface"),
            (f"{name}-strong", f"{name}-soft"),
        ]
        control += [(f"{name}-border", "surface"), (f"{name}-border", f"{name}-soft")]
    text += [("link-hover", "surface"), ("link-hover", "primary-soft"), ("link-hover", "surface-soft")]
    for one, other in text:
        assert contrast(made[one], made[other]) >= TEXT, (one, other)
    for one, other in control:
        assert contrast(made[one], made[other]) >= CONTROL, (one, other)
    assert all(len(value) == 7 and value.startswith("#") for value in made.values())
