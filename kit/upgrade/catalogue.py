"""Catalogues of translations (gettext's .po), read as plain data: which messages differ, and which are gone."""

import json
from collections.abc import Collection

Messages = dict[str, str]
"""What stands for each message; the key is its context and text, the value all its forms, one a line."""


def messages(raw: bytes) -> Messages:
    """The messages of a catalogue. Lines that are none are passed over; the heading is no message."""
    found: Messages = {}
    parts: dict[str, str] = {}
    field = ""
    for line in [*raw.decode("utf-8", errors="replace").splitlines(), ""]:
        word, _, rest = line.strip().partition(" ")
        if line.strip().startswith('"'):
            parts[field] = parts.get(field, "") + _text(line.strip())
            continue
        if (word in ("msgctxt", "msgid") and any(name.startswith("msgstr") for name in parts)) or not word:
            _keep(found, parts)
            parts, field = {}, ""
        if word.startswith("msg"):
            field = word
            parts[field] = _text(rest.strip())
    _keep(found, parts)
    return found


def difference(before: bytes, after: bytes, own: bytes) -> str:
    """What changed in the messages that the catalogue ``own`` translates too, as lines of a diff; empty for nothing."""
    return "\n".join(_lines(messages(before), messages(after), messages(own)))


def _lines(old: Messages, new: Messages, own: Collection[str]) -> list[str]:
    lines = []
    for key in old:
        if key in own and old[key] != new.get(key):
            lines += [f" {key}", *(f"-  {line}" for line in old[key].split("\n"))]
            lines += [f"+  {line}" for line in new[key].split("\n")] if key in new else ["+  (no longer used)"]
    return lines


def _keep(found: Messages, parts: dict[str, str]) -> None:
    if parts.get("msgid"):
        context = f"{parts['msgctxt']} | " if parts.get("msgctxt") else ""
        found[context + parts["msgid"]] = "\n".join(text for name, text in parts.items() if name.startswith("msgstr"))


def _text(quoted: str) -> str:
    """The words of a quoted line; gettext's escapes are those of JSON."""
    try:
        value = json.loads(quoted)
    except ValueError:
        return quoted.strip('"')
    return value if isinstance(value, str) else quoted
