"""The schema in words: what a field expects. Faults and the reference page say the same."""

import types
import typing
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

import annotated_types
from pydantic.fields import FieldInfo

from kit.profile.schema.base import Section
from kit.profile.schema.root import ProfileData
from kit.profile.schema.types import Format

Loc = tuple[str | int, ...]


def field_words(info: FieldInfo) -> str:
    """What a field expects."""
    return words(info.annotation, info.metadata)


def words(kind: Any, metadata: Iterable[Any] = ()) -> str:
    """What a value of a type expects, such as "one of A4, F4" or "a whole number from 5 to 60"."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return words(args[0], [*args[1:], *metadata])
    metadata = list(metadata)
    for item in metadata:
        if isinstance(item, Format):
            return item.expected
    if origin in (types.UnionType, typing.Union):
        return " or ".join(words(one, metadata) for one in args if one is not type(None))
    if choices := choices_of(kind):
        return f"one of {', '.join(choices)}"
    if kind is bool:
        return "true or false"
    if origin is tuple:
        return f"a list, each item {words(args[0])}"
    if origin is dict:
        return f"a map from {words(args[0])} to {words(args[1])}"
    if isinstance(kind, type) and issubclass(kind, Section):
        return f"a map with {', '.join(kind.model_fields)}"
    base = {
        int: "a whole number",
        float: "a number",
        Decimal: "a number",
        date: "a date such as 2026-11-24",
        str: "text",
    }
    return base.get(kind, "a value") + _limits(metadata)


def _limits(metadata: list[Any]) -> str:
    text = ""
    low = next((item.ge for item in metadata if isinstance(item, annotated_types.Ge)), None)
    high = next((item.le for item in metadata if isinstance(item, annotated_types.Le)), None)
    least = next((item.min_length for item in metadata if isinstance(item, annotated_types.MinLen)), None)
    most = next((item.max_length for item in metadata if isinstance(item, annotated_types.MaxLen)), None)
    pattern = next((item.pattern for item in metadata if getattr(item, "pattern", None)), None)
    if low is not None:
        text += f" from {low}"
    if high is not None:
        text += f" to {high}"
    if least is not None:
        text += f" of at least {least} characters"
    if most is not None:
        text += f"{' and' if least is not None else ' of'} at most {most} characters"
    if pattern:
        text += f" of the form {pattern}"
    return text


def choices_of(kind: Any) -> list[str]:
    """The words an enumeration allows; none for another type."""
    if get_origin(kind) is Literal:
        return [str(choice) for choice in get_args(kind)]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [str(choice.value) for choice in kind]
    return []


def inner(kind: Any) -> Any:
    """A type without Annotated and without None."""
    while True:
        origin, args = get_origin(kind), get_args(kind)
        if origin is Annotated:
            kind = args[0]
        elif origin in (types.UnionType, typing.Union):
            kind = next(one for one in args if one is not type(None))
        else:
            return kind


def locate(loc: Loc) -> tuple[FieldInfo | None, Any]:
    """The nearest declared field on the way to ``loc`` and the type ``loc`` itself has; None and Any if unknown."""
    kind: Any = ProfileData
    metadata: list[Any] = []
    info: FieldInfo | None = None
    for step in loc:
        bare = inner(kind)
        metadata = []
        if isinstance(bare, type) and issubclass(bare, Section):
            info = bare.model_fields.get(str(step))
            if info is None:
                return None, Any
            kind, metadata = info.annotation, info.metadata
        elif get_origin(bare) is tuple:
            kind = get_args(bare)[0]
        elif get_origin(bare) is dict:
            kind = get_args(bare)[1]
        else:
            return info, Any
    return info, Annotated[(kind, *metadata)] if metadata else kind


def accepts(kind: Any, text: str) -> bool:
    """Whether ``text`` keeps the format of a type, as far as it has one."""
    if get_origin(kind) is Annotated:
        formats = [item for item in get_args(kind)[1:] if isinstance(item, Format)]
        return accepts(get_args(kind)[0], text) and all(one.check(text) for one in formats)
    if get_origin(kind) in (types.UnionType, typing.Union):
        return all(accepts(one, text) for one in get_args(kind))
    return True


def section_at(loc: Loc) -> type[Section] | None:
    """The section whose keys stand at ``loc``, or None."""
    bare = inner(locate(loc)[1]) if loc else ProfileData
    return bare if isinstance(bare, type) and issubclass(bare, Section) else None


def is_text(loc: Loc) -> bool:
    """Whether the value at ``loc`` is text."""
    return inner(locate(loc)[1]) is str
