"""E-RK's pages as a program fills them in: for the load and for what a page costs."""

import base64
import hmac
import re
import time

SEED = "JBSWY3DPEHPK3PXP"
"""Of the second step of every superior's account."""

TEXT = "Menyusun konsep surat nomor {} untuk rapat koordinasi"


def hidden(page: str, name: str) -> str:
    """Return the value of a field of a page, "" without it."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]* name="{name}"', page
    )
    return found[1] if found else ""


def sign_in(page: str, number: int, password: str) -> dict[str, str]:
    """Return the filled sign-in form of account p<number>."""
    token = hidden(page, "csrfmiddlewaretoken")
    return {"csrfmiddlewaretoken": token, "login": f"p{number}", "password": password}


def second_step(page: str) -> dict[str, str]:
    """Return the filled form of the second step: the code of this half minute (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(SEED), int(time.time() // 30).to_bytes(8), "sha1")
    start = digest[-1] & 15
    code = (int.from_bytes(digest[start : start + 4]) & 0x7FFF_FFFF) % 1_000_000
    return {"csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "code": f"{code:06}"}


def entry(page: str, nth: int) -> dict[str, str]:
    """Return the filled form of a person's n-th entry of the day: nine minutes, ten after the one before, from 6.00."""
    minute, code = 6 * 60 + 10 * nth, hidden(page, "kunci")
    return {
        "csrfmiddlewaretoken": hidden(page, "csrfmiddlewaretoken"), "kunci": code, "ajukan": "1",
        "tanggal": hidden(page, "tanggal"), "katalog": "SRT-01", "volume": "1", "uraian": TEXT.format(code),
        "mulai": f"{minute // 60:02}.{minute % 60:02}", "selesai": f"{minute // 60:02}.{minute % 60 + 9:02}",
    }  # fmt: skip


def address_of(number: int) -> dict[str, str]:
    """Return the header by which the server takes account p<number> to come from an address of its own."""
    return {"X-Forwarded-For": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"}
