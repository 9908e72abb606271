"""Reading a profile's bytes safely: whatever stands there, a text or faults come back."""

import re
import stat
from pathlib import Path

from kit.profile.faults import Fault

MAX_BYTES = 256 * 1024

# Besides the control characters: line separators that editors do not count as lines, marks that
# reorder what a reader sees (Trojan Source), byte order marks and lone surrogates.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LEADING_TAB = re.compile(r"^[ ]*\t", re.MULTILINE)
_BOMS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
EXAMPLE = 'region: {code: "52.71"}'


def read(path: Path) -> tuple[str, list[Fault]]:
    """Return the text of the profile (line ends as LF, no byte order mark) and the faults found on the way.

    Characters found faulty are replaced, so that parsing finds the other faults too. The text is empty when it cannot.
    """
    name = str(path)

    def whole(found: str, expected: str) -> tuple[str, list[Fault]]:
        return "", [Fault(name, 1, 1, "", found, expected)]

    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            return whole("a folder", "a profile file, region.yml")
        if not stat.S_ISREG(info.st_mode):
            return whole("a device or pipe", "a profile file, region.yml")
        if info.st_size > MAX_BYTES:
            return whole(
                f"a file of {info.st_size:,} bytes",
                f"a profile of at most {MAX_BYTES:,} bytes; lists belong in CSV files",
            )
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return whole("no file", "a profile; `kit region new CODE` makes one")
    except PermissionError:
        return whole("a file this user may not read", f"read permission, e.g. chmod u+r {path.name}")
    except (OSError, ValueError) as error:
        return whole(
            f"a file that cannot be read ({getattr(error, 'strerror', None) or error})", "a readable profile file"
        )
    return _decode(name, raw)


def _decode(name: str, raw: bytes) -> tuple[str, list[Fault]]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return "", [Fault(name, 1, 1, "", f"{encoding} text", "UTF-8; save the file again as UTF-8")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        body = error.object
        before = body[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        byte = body[error.start]
        latin = f" ({bytes([byte]).decode('latin-1')} in Latin-1)" if byte >= 0xA0 else ""
        return "", [Fault(name, line, column, "", f"byte 0x{byte:02x}{latin}", "UTF-8; save the file again as UTF-8")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        return "", [Fault(name, 1, 1, "", "an empty file", "a profile", EXAMPLE)]
    faults = _characters(name, text)
    return FORBIDDEN.sub("\ufffd", _LEADING_TAB.sub(lambda match: " " * len(match[0]), text)), faults


def _characters(name: str, text: str) -> list[Fault]:
    faults = []
    for pattern, expected in ((FORBIDDEN, "text without control characters"), (_LEADING_TAB, "spaces to indent")):
        for match in pattern.finditer(text):
            at = match.end() - 1
            line = text.count("\n", 0, at) + 1
            column = at - (text.rfind("\n", 0, at) + 1) + 1
            found = "a tab" if text[at] == "\t" else f"the character U+{ord(text[at]):04X}"
            faults.append(Fault(name, line, column, "", found, expected))
            if len(faults) >= 20:
                return faults
    return faults
