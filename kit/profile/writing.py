"""Writing a new profile: short, commented, with the keys a person still has to fill clearly marked."""

import json
import re
from collections.abc import Mapping
from typing import Any

from kit.profile import nodes, words
from kit.profile.checking import ToFill, fill_keys
from kit.profile.derive import derive
from kit.profile.layers import merge, pick
from kit.profile.official import Official, pilots
from kit.profile.source import FORBIDDEN

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9 ._/()-]*[A-Za-z0-9.)]|[A-Za-z]")
MARK = "FILL"


def put(values: dict[str, Any], key: str, text: str) -> None:
    """Set the dotted ``key`` in plain ``values`` from what a person typed.

    Text fields take it as it is; other fields as YAML (``[sabilulungan, hayu]``, ``false``). Raises ValueError with a
    sentence for an unknown key or a value that is not YAML.
    """
    path = tuple(key.split("."))
    info, _ = words.locate(path)
    if info is None:
        raise ValueError(f"{key!r} is no field of the profile; docs/profile.md lists them all")
    if words.section_at(path):
        raise ValueError(f"{key!r} is a section: set one of its fields, as docs/profile.md lists them")
    value: Any = text
    if not words.is_text(path):
        tree = nodes.parse(text, key)
        if tree.faults:
            raise ValueError(f"{key}: {tree.faults[0].found}; expected {tree.faults[0].expected}")
        value = tree.data
    if any(not isinstance(pick(values, *path[:end]), dict | None) for end in range(1, len(path))):
        raise ValueError(f"{key!r} lies below a value that was set already")
    at = values
    for step in path[:-1]:
        at = at.setdefault(step, {})
    at[path[-1]] = value


def known(region: Official) -> dict[str, Any]:
    """What the kit knows of a region beyond its code and writes into a new profile."""
    values: dict[str, Any] = {"region": {"code": region.code, "name": region.name}}
    if pilot := pilots().get(region.code):
        values["net"] = {"domain": pilot.domain}
    return values


def profile_text(region: Official, own: Mapping[str, Any]) -> str:
    """The text of region.yml: what is known, ``own`` on top, and the keys still to fill as comments."""
    values = merge(known(region), dict(own))
    unconfirmed = "net.domain" if pick(own, "net", "domain") is None else ""
    lines = _head(region)
    to_fill = [item for item in fill_keys() if pick(values, *item.path.split(".")) is None]
    shape = dict(values)
    for item in to_fill:
        shape = merge(shape, _nest(item.path.split("."), item))
    for section in shape:
        lines += ["", f"{section}:", *_block(shape[section], f"{section}.", "  ", unconfirmed)]
    return "\n".join(lines) + "\n"


def _nest(path: list[str], value: Any) -> dict[str, Any]:
    for step in reversed(path):
        value = {step: value}
    nested: dict[str, Any] = value
    return nested


def _head(region: Official) -> list[str]:
    layer = derive(region.code)
    terms, languages = layer["terms"], ", ".join(layer["locale"]["languages"])
    lines = [
        "# yaml-language-server: $schema=../../docs/profile.schema.json",
        f"# Profile of {region.name} ({region.code}), {region.province_name}.",
        f"# Derived from the official code: {region.kind}, {terms['head']}, {terms['regulation_abbr']},",
        f"# seat {region.seat}, {region.tz} ({region.tz_label}), languages {languages}.",
        "# A key set here overrides what is derived.",
        f"# All values: kit region show {region.code}   Faults: kit check {region.code}   All keys: docs/profile.md",
    ]
    if not region.autonomous:
        lines.append("# An administrative region of its province: it makes no by-laws and has no budget of its own.")
    return lines


def _block(values: Mapping[str, Any], prefix: str, indent: str, unconfirmed: str) -> list[str]:
    lines: list[str] = []
    for key, value in values.items():
        path = prefix + key
        if isinstance(value, ToFill):
            need = "required" if value.required else "before production"
            lines += [f"{indent}# {MARK} ({need}): {value.doc}", f"{indent}# {key}: {flow(value.example)}"]
        elif isinstance(value, Mapping) and value:
            lines += [f"{indent}{key}:", *_block(value, f"{path}.", indent + "  ", unconfirmed)]
        else:
            if path == unconfirmed:
                lines.append(f"{indent}# To be confirmed: seen in public sources, not confirmed by the region.")
            lines.append(f"{indent}{key}: {flow(value)}")
    return lines


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def flow(value: Any) -> str:
    """A value on one line of YAML that reads back as the same value."""
    if isinstance(value, str):
        plain = _PLAIN.fullmatch(value) and nodes.scalar(value, plain=True) == value
        return value if plain else FORBIDDEN.sub(_escaped, json.dumps(value, ensure_ascii=False))
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
