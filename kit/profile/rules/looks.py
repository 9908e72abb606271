"""Colours that read, the credit that stays, the files that looks and data come from."""

from collections.abc import Iterator

from kit.profile import files
from kit.profile.colour import TEXT, WHITE, contrast, passing
from kit.profile.rules.view import Finding, View


def colours_read(view: View) -> Iterator[Finding]:
    """Each colour has 4.5:1 on white (WCAG 2.2 AA, 1.4.3)."""
    for name in ("primary", "accent"):
        colour = view.text("brand", "colors", name)
        if colour and (ratio := contrast(colour, WHITE)) < TEXT:
            shade = passing(colour, WHITE)
            yield Finding(
                ("brand", "colors", name),
                f'"{colour}", {int(ratio * 100) / 100:.2f}:1 on white',
                f"a contrast of at least {TEXT}:1; the nearest shade that has it is {shade}",
                f'{name}: "{shade}"',
            )


def credit_stays(view: View) -> Iterator[Finding]:
    """The credit names the donor, however the apps are called."""
    text = view.text("brand", "credit", "text")
    if text and "Pemerintah Kota Bandung" not in text:
        yield Finding(
            ("brand", "credit", "text"),
            f'"{text}"',
            "a line that names Pemerintah Kota Bandung",
            "text: Hasil replikasi dari Pemerintah Kota Bandung",
        )


def files_are_sound(view: View) -> Iterator[Finding]:
    """Every file the profile names lies in its folder and is what it has to be."""
    for path, judge in files.named(view.data):
        name = view.text(*path)
        if name is None or view.folder is None:
            continue
        problem = files.problem(view.folder, name, judge)
        if problem:
            yield Finding(path, problem.found, problem.expected)


RULES = (colours_read, credit_stays, files_are_sound)
