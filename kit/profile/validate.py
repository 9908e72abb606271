"""The schema applied to the merged layers; every error becomes a fault at its place in the region's file."""

import difflib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import ValidationError

from kit.profile import moves, words
from kit.profile.faults import Fault, shown
from kit.profile.layers import Plain
from kit.profile.nodes import Mark, Path, Tree, dotted
from kit.profile.schema.base import Section
from kit.profile.schema.root import ProfileData

_ON_OFF = {"no": "false", "off": "false", "n": "false", "yes": "true", "on": "true", "y": "true"}


def validate(merged: Plain, tree: Tree, file: str) -> tuple[ProfileData | None, list[tuple[Path, Fault]]]:
    """The typed profile, or None and its faults with their paths; ``tree`` gives the places in the region's file."""
    try:
        return ProfileData.model_validate_json(json.dumps(merged)), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    return None, [(one["loc"], fault) for one in errors if (fault := _fault(one, tree, file))]


def place(tree: Tree, path: Path) -> Mark:
    """The mark of ``path``, or of the nearest thing around it that stands in the file."""
    for end in range(len(path), -1, -1):
        if mark := tree.marks.get(path[:end]):
            return mark if end == len(path) else Mark(*mark.key, key=mark.key)
    return Mark(1, 1)


def _fault(error: Any, tree: Tree, file: str) -> Fault | None:
    loc: Path = error["loc"]
    kind: str = error["type"]
    info, annotation = words.locate(loc)
    if kind == "missing" and info is not None and _extra(info).get("derived"):
        return None
    if loc and loc[-1] == "[key]":
        return _key_fault(loc[:-1], tree, file)
    if kind == "extra_forbidden":
        return _unknown(loc, tree, file)
    mark = place(tree, loc)
    example = _example(loc)
    if kind == "missing":
        doc = f" ({info.description}: {words.words(annotation)})" if info is not None else ""
        expected = f"the key {loc[-1]}{doc}"
        return Fault(file, *_spot(tree, loc), dotted(loc), "nothing", expected, example)
    if kind == "value_error":
        said = str(error["msg"]).removeprefix("Value error, ")
        found = f"values that do not fit together ({said})"
        return Fault(file, mark.line, mark.column, dotted(loc), found, "values that fit together")
    expected, likely = _expected(error, annotation, mark, info.examples[0] if info and info.examples else "")
    return Fault(file, mark.line, mark.column, dotted(loc), _found(error["input"], mark), expected, example, likely)


def _spot(tree: Tree, loc: Path) -> tuple[int, int]:
    mark = place(tree, loc)
    return mark.line, mark.column


def _extra(info: Any) -> dict[str, Any]:
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _example(loc: Path) -> str:
    info, _ = words.locate(loc)
    if info is None or not info.examples or not isinstance(loc[-1], str):
        return ""
    value = info.examples[0]
    shape = json.dumps(value, ensure_ascii=False)
    plain = isinstance(value, str) and value[0].isalpha() and not set(value) & set(":#{}[]&*!|>'\"%@`")
    return f"{loc[-1]}: {value if plain else shape}" if section_key(loc) else ""


def section_key(loc: Path) -> bool:
    """Whether ``loc`` is a key that the schema declares (not one the region chose in a map of its own)."""
    section = words.section_at(loc[:-1])
    return section is not None and loc[-1] in section.model_fields


def _key_fault(loc: Path, tree: Tree, file: str) -> Fault:
    mark = place(tree, loc)
    kind = words.locate(loc[:-1])[1]
    keys = get_args(words.inner(kind))
    expected = words.words(keys[0]) if keys else "another key"
    likely = _close(str(loc[-1]), words.choices_of(words.inner(keys[0]))) if keys else ""
    return Fault(file, *mark.key, dotted(loc), f"the key {shown(loc[-1])}", expected, "", likely)


def _unknown(loc: Path, tree: Tree, file: str) -> Fault:
    mark, key = place(tree, loc), str(loc[-1])
    if move := moves.told(loc):
        now = f"the key {move.new}" if move.new else "no such key"
        expected = f"{now} since kit {move.version} (`kit upgrade` changes it): {move.why}"
        return Fault(file, *mark.key, dotted(loc), f"the former key {shown(key)}", expected, "", move.new)
    section = words.section_at(loc[:-1])
    names = list(section.model_fields) if section else []
    likely = _close(key, names)
    if not likely:
        elsewhere = [path for path in _all_fields() if path.rpartition(".")[2] == key]
        likely = elsewhere[0] if elsewhere else ""
    expected = f"one of {', '.join(names)}" if len(names) <= 14 else "a key of docs/profile.md"
    return Fault(file, *mark.key, dotted(loc), f"the unknown key {shown(key)}", expected, "", likely)


def _close(word: str, choices: list[str]) -> str:
    by_lower = {choice.lower(): choice for choice in choices}
    found = difflib.get_close_matches(word.lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else ""


@cache
def _all_fields() -> tuple[str, ...]:
    return tuple(_walk(ProfileData, ""))


def _walk(section: Any, prefix: str) -> Iterator[str]:
    for name, info in section.model_fields.items():
        yield prefix + name
        bare = words.inner(info.annotation)
        if isinstance(bare, type) and issubclass(bare, Section):
            yield from _walk(bare, f"{prefix}{name}.")


def _found(value: Any, mark: Mark) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"{mark.raw or str(value).lower()} (true or false)"
    if isinstance(value, int | float):
        read = f", read as {value}" if mark.raw and str(value) != mark.raw else ""
        return f"the number {mark.raw or value}{read}"
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return "a map" if isinstance(value, dict) else shown(value)


def _expected(error: Any, annotation: Any, mark: Mark, example: Any) -> tuple[str, str]:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    expected = words.words(annotation)
    if kind == "kit_format":
        return context["expected"], ""
    if kind == "string_pattern_mismatch" and isinstance(example, str) and example:
        return f"text such as {shown(example)}", ""
    if kind in ("literal_error", "enum"):
        return expected, _close(str(value), words.choices_of(words.inner(annotation)))
    if kind == "string_type" and isinstance(value, bool | int | float) and mark.raw:
        quoted = expected if "in quotes" in expected else f"{expected}, in quotes"
        return quoted, json.dumps(mark.raw) if words.accepts(annotation, mark.raw) else ""
    if kind == "bool_type" and isinstance(value, str):
        return expected, _ON_OFF.get(value.lower(), "")
    if kind in ("too_short", "too_long"):
        low, high = context.get("min_length"), context.get("max_length")
        return f"{expected}, {'at least ' + str(low) if low is not None else 'at most ' + str(high)} of them", ""
    return expected, ""
