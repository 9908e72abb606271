"""A region's own words for one language: a CSV with key,text; the key is the Indonesian as the apps show it."""

import csv
import io
import re
from collections.abc import Iterator

MAX_WORDS = 2000
_MARKS = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|[%{}]")
_REFUSED = re.compile(r"[<>&\"\x00-\x1f\x7f-\x9f]")


def pairs(raw: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield line, key and text of each row below the heading; missing cells are empty.

    Raises UnicodeDecodeError where it is not UTF-8, csv.Error where it is no CSV.
    """
    rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True)
    next(rows, None)
    for row in rows:
        if row:
            yield rows.line_num, row[0].strip(), row[1].strip() if len(row) > 1 else ""


def fault(raw: bytes) -> str | None:
    """Return what is wrong with the first faulty row, with its line; None when all can be shown.

    A text stands on pages as it is: no tags or quotation marks, and the same `%(name)s` as its key.
    """
    seen: set[str] = set()
    try:
        for line, key, text in pairs(raw):
            if not key or not text:
                return f"line {line} without a key or without a text"
            if key in seen:
                return f"line {line} says {key[:40]!r} again"
            if _REFUSED.search(text):
                return f'line {line} with one of < > & " or a control character'
            if sorted(_MARKS.findall(key)) != sorted(_MARKS.findall(text)):
                return f"line {line} with other placeholders than its key"
            seen.add(key)
    except (csv.Error, UnicodeDecodeError) as error:
        return f"no CSV in UTF-8 ({error})"
    return f"{len(seen):,} rows" if len(seen) > MAX_WORDS else None


def catalogue(raw: bytes, language: str) -> bytes:
    """Return the words as a gettext catalogue (`.mo`); the same words give the same bytes."""
    words = {key: text for _, key, text in pairs(raw)}
    words[""] = f"Content-Type: text/plain; charset=UTF-8\nLanguage: {language}\n"
    rows = sorted((key.encode(), text.encode()) for key, text in words.items())
    keys_at = 28
    texts_at = keys_at + 8 * len(rows)
    at = texts_at + 8 * len(rows)
    tables: list[list[int]] = [[], []]
    body = b""
    for column in (0, 1):
        for row in rows:
            tables[column] += [len(row[column]), at + len(body)]
            body += row[column] + b"\0"
    head = [0x950412DE, 0, len(rows), keys_at, texts_at, 0, 0]
    return b"".join(number.to_bytes(4, "little") for number in (*head, *tables[0], *tables[1])) + body
