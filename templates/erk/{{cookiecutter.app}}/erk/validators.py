"""Checks of what people type that no rule of the database can make."""

from core.identity import normalise_nip
from erk.enums import StatusPegawai


def nip(text: str, status: str) -> str:
    """Return a NIP as 18 digits, judged by the kind of civil servant (erk.md section 3).

    A PPPK's number has no month at positions 13–14. Raises ValueError, an Indonesian sentence.
    """
    return normalise_nip(text, contract=status == StatusPegawai.PPPK)


def nip_parts(number: str) -> tuple[str, str, str, str]:
    """Return birth date, start, sex and serial of an 18-digit NIP, as written in letters."""
    return number[:8], number[8:14], number[14:15], number[15:]


def description_fault(text: str, at_least: int = 20) -> str:
    """Return what is wrong with a description of work, or "": letters and digits count, padding does not."""
    meaningful = sum(sign.isalnum() for sign in text)
    if meaningful >= at_least * 3 // 4 and len(" ".join(text.split())) >= at_least:
        return ""
    return f"Jelaskan pekerjaan ini paling sedikit {at_least} huruf: apa yang dikerjakan dan hasilnya."
