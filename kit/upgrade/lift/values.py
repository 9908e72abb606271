"""A region's own values, and the placeholders that stand for them in a template."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kit.errors import KitError

_JINJA = ("{{", "}}", "{%", "%}", "{#", "#}")
_NAME = re.compile(r"[A-Za-z_]\w*")
_SHORTEST = 4

Placeholders = Mapping[str, frozenset[str]]
"""The placeholders that give a value, by the value; none where the template has no way to say it."""


def own_values(values: Mapping[str, Any]) -> frozenset[str]:
    """What in a profile's plain values belongs to this region alone: its names, code, offices, people and addresses."""
    found = {values["region"][key] for key in ("name", "slug", "code")}
    found |= {
        text for key in ("terms", "officials", "offices") for path, text in leaves(values[key], "") if _is_own(path)
    }
    found |= {text for _, text in leaves(values["net"], "")}
    return frozenset(text for text in found if isinstance(text, str) and len(text) >= _SHORTEST)


def _is_own(path: str) -> bool:
    return path.endswith((".name", "government_long", "government_short", ".nip"))


def leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """The texts in nested plain data, with their dotted path; lists are passed over, a placeholder cannot name them."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            if _NAME.fullmatch(str(key)):
                yield from leaves(item, f"{path}.{key}")
    elif isinstance(value, str):
        yield path, value


def placeholders(own: frozenset[str], context: Mapping[str, Any], used: Mapping[str, frozenset[str]]) -> Placeholders:
    """Which placeholders give each of the region's ``own`` values in a template with this ``context``.

    ``used``: what the template's placeholders give, by their words; they come first, because their form (escaped or
    not) is right in this file.
    """
    found: dict[str, set[str]] = {value: set() for value in own}
    for words, texts in used.items():
        for text in texts:
            if text in own or len(text) >= _SHORTEST:
                found.setdefault(text, set()).add(words)
    for path, text in leaves(context, "cookiecutter"):
        if text in own and not found[text]:
            found[text].add(f"{{{{ {path} }}}}")
    return {value: frozenset(words) for value, words in found.items()}


def written(words: str, known: Placeholders) -> str:
    """``words`` as they are to stand in a template: values of the region turned back into placeholders.

    Raises KitError where a value could be meant by several placeholders or by none, or the words look like one.
    """
    if any(mark in words for mark in _JINJA):
        raise KitError(f"what was added holds {_shown(words)}, which a template would take for a placeholder.")
    if not known:
        return words
    pattern = "|".join(re.escape(value) for value in sorted(known, key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", lambda match: _placeholder(match[0], known[match[0]]), words)


def require_general(words: str, own: frozenset[str]) -> None:
    """Raise KitError where ``words`` holds a value of the region, in a file that has no placeholders."""
    for value in sorted(own, key=len, reverse=True):
        if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", words):
            raise KitError(
                f"what was added holds {value!r}, which is this region's own, and the file is copied as it is."
            )


def _placeholder(value: str, words: frozenset[str]) -> str:
    if not words:
        raise KitError(f"what was added holds {value!r}, which is this region's own; this template has nothing for it.")
    if len(words) > 1:
        raise KitError(f"what was added holds {value!r}, which may be any of {', '.join(sorted(words))}.")
    return next(iter(words))


def _shown(words: str) -> str:
    return next(repr(mark) for mark in _JINJA if mark in words)
