"""Colours of a region: WCAG contrast, and a theme of tints and shades that all read well."""

from collections.abc import Iterator

WHITE = "#FFFFFF"
INK = "#1B1B1F"
TEXT = 4.5
CONTROL = 3.0
Rgb = tuple[int, int, int]


def _rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(rgb: Rgb) -> str:
    return "#{:02X}{:02X}{:02X}".format(*rgb)


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2)."""
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (value / 255 for value in _rgb(colour))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """``colour`` with ``share`` (0 to 1) of ``other`` in it."""
    mixed = [round(a + (b - a) * share) for a, b in zip(_rgb(colour), _rgb(other), strict=True)]
    return _hex((mixed[0], mixed[1], mixed[2]))


def _shades(colour: str, towards: str) -> Iterator[str]:
    for step in range(256):
        yield mix(colour, towards, step / 255)


def passing(colour: str, *grounds: str, ratio: float = TEXT) -> str:
    """The nearest darker shade of ``colour`` that has at least ``ratio`` against every light ground given.

    The colour itself where it passes. Black passes on every ground lighter than mid grey, so there is an answer.
    """
    for shade in _shades(colour, "#000000"):
        if all(contrast(shade, ground) >= ratio for ground in grounds):
            return shade
    raise ValueError(f"no shade of {colour} reaches {ratio}:1 on {', '.join(grounds)}: give lighter grounds")


def theme(primary: str, accent: str) -> dict[str, str]:
    """Colours of a region's pages as ``#RRGGBB``, from its two colours (any two).

    Text pairs with at least 4.5:1: ``on-primary`` on ``primary`` and ``primary-strong``; ``primary``,
    ``primary-strong``, ``link`` and ``link-hover`` on ``surface`` (white); ``primary-strong``, ``link`` and ``ink`` on
    ``primary-soft`` and ``surface-soft``; the same for ``accent``. Control pairs with at least 3:1:
    ``primary-border`` and ``accent-border`` on ``surface`` and on their own soft ground, ``focus`` on ``surface``,
    ``surface-soft`` and both soft grounds.
    """
    made = {"surface": WHITE, "surface-soft": "#F7F6F3", "ink": INK, "ink-muted": passing("#5F5E66", "#F7F6F3")}
    for name, colour in (("primary", primary), ("accent", accent)):
        base = passing(colour, WHITE)
        soft = mix(base, WHITE, 0.9)
        made[name] = base
        made[f"on-{name}"] = WHITE
        made[f"{name}-soft"] = soft
        made[f"{name}-strong"] = passing(mix(base, "#000000", 0.2), WHITE, soft, "#F7F6F3")
        made[f"{name}-border"] = passing(mix(base, WHITE, 0.35), WHITE, soft, ratio=CONTROL)
    made["link"] = passing(primary, WHITE, made["primary-soft"], made["accent-soft"], made["surface-soft"])
    made["link-hover"] = passing(mix(made["link"], "#000000", 0.25), WHITE, made["primary-soft"], made["surface-soft"])
    made["focus"] = passing(made["accent"], WHITE, made["primary-soft"], made["accent-soft"], "#F7F6F3", ratio=CONTROL)
    return made
