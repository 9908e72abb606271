"""Whole numbers in Indonesian words."""


def spelled(number: int) -> str:
    """Return a whole number in words: 21 is "dua puluh satu"."""
    from num2words import num2words  # it loads every language it knows

    return str(num2words(number, lang="id"))
