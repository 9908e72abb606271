"""Random public codes with a check character, readable from paper (hayu.md section 13)."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs (a prime): no 0/O, 1/I/L
LENGTH = 12
_VALUE = {sign: value for value, sign in enumerate(ALPHABET)}


def check_character(body: str) -> str:
    """Return the check sign of a body; weights 1…n modulo 31 catch each single slip and each swap of neighbours."""
    total = sum(weight * _VALUE[sign] for weight, sign in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def new_code() -> str:
    """Return a random code of 12 signs, about 54 bits, the last a check sign; derived from nothing."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_character(body)


def normalise(text: str) -> str:
    """Return what a person typed from paper as a code: upper case, without spaces and dashes."""
    return "".join(sign for sign in text.upper() if not sign.isspace() and sign not in "-–—._")


def is_wellformed(text: str) -> bool:
    """Return whether the normalised text has the length, the signs and the check sign of a code."""
    code = normalise(text)
    return len(code) == LENGTH and all(sign in _VALUE for sign in code) and check_character(code[:-1]) == code[-1]


def pretty(code: str) -> str:
    """Return a code in groups of four for print: "ABCD-EFGH-JKMN"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
