"""Addresses as people write them, and when two are the same."""

import re
import unicodedata

_SHORT = {
    "jl": "jalan", "jln": "jalan", "gg": "gang", "no": "nomor", "nmr": "nomor", "rt": "rt", "rw": "rw",
    "blk": "blok", "kp": "kampung", "komp": "kompleks", "kpl": "kompleks", "perum": "perumahan", "dsn": "dusun",
}  # fmt: skip


def address_key(address: str, village_code: str) -> str:
    """Return what two spellings of one address share: "Jl. Dago No. 5" and "jalan dago nomor 05" are the same.

    Used to refuse a second active report for the same NIK, activity and address.
    """
    flat = unicodedata.normalize("NFKD", address.lower()).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z]+|[0-9]+", flat)
    words = [_SHORT.get(part, part.lstrip("0") or "0" if part.isdigit() else part) for part in parts]
    return f"{village_code}:{' '.join(word for word in words if word != 'nomor')}"[:200]
