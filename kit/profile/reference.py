"""Makes what people read of the schema: the reference page, the editor's JSON Schema and the commented example.

``python -m kit.profile.reference`` writes them, ``--check`` tells whether they still fit (exit code 1 when not).
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from kit.paths import ROOT
from kit.profile import words
from kit.profile.layers import national, pick
from kit.profile.schema.base import Section
from kit.profile.schema.root import ProfileData
from kit.profile.writing import flow

_USED = {"S": "Sabilulungan", "H": "Hayu", "E": "E-RK", "D": "documents", "I": "operation", "U": "interface"}


class Part(NamedTuple):
    """A section with the path it stands at; ``listed`` when it is an item of a list or map."""

    path: str
    doc: str
    section: type[Section]
    listed: bool


def parts(section: type[Section] = ProfileData, path: str = "", doc: str = "", listed: bool = False) -> Iterator[Part]:
    """Every section in the order of the schema, outer before inner."""
    if path:
        yield Part(path, doc, section, listed)
    for name, info in section.model_fields.items():
        below = f"{path}.{name}" if path else name
        bare = words.inner(info.annotation)
        if isinstance(bare, type) and issubclass(bare, Section):
            yield from parts(bare, below, info.description or "", listed)
        elif get_origin(bare) in (tuple, dict):
            item = words.inner(get_args(bare)[0 if get_origin(bare) is tuple else 1])
            mark = "[]" if get_origin(bare) is tuple else ".*"
            if isinstance(item, type) and issubclass(item, Section):
                yield from parts(item, below + mark, info.description or "", True)


def notes(info: FieldInfo) -> dict[str, Any]:
    """What `field` stored beside pydantic's own."""
    return info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}


def _is_section(info: FieldInfo) -> bool:
    bare = words.inner(info.annotation)
    return isinstance(bare, type) and issubclass(bare, Section)


def _standing(part: Part, name: str, info: FieldInfo) -> str:
    """Required, derived, or the default, in words."""
    if notes(info).get("derived"):
        return "derived"
    if part.listed:
        if info.is_required():
            return "**required**"
        default = info.get_default(call_default_factory=True, validated_data={})
        return "–" if default in (None, (), "") else f"`{flow(_plain(default))}`"
    value = pick(national(), *part.path.split("."), name)
    if value is None:
        return "**required**" if info.is_required() else "to fill" if notes(info).get("fill") else "–"
    shown = flow(value)
    return "–" if value in ([], {}, "") else "see the example" if len(shown) > 70 else f"`{shown}`"


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


def page() -> str:
    """The reference page, Markdown."""
    lines = [
        "# Region profile: reference",
        "",
        "Made by `python -m kit.profile.reference` from `kit/profile/schema/`; do not edit.",
        "",
        "A profile is `regions/CODE-slug/region.yml`, beside it the files it names. `kit region new CODE` writes",
        "one, `kit check REGION` finds every fault, `kit region show REGION` prints all values. Values come in",
        "layers, later ones win: national defaults (this page), what the official code derives, the province",
        "(`regions/data/layers/`), the region's file. Maps are joined key by key; lists are replaced. Secrets",
        "never stand in a profile.",
        "",
        "YAML as the kit reads it: only `true`, `false`, `null` and decimal numbers are not text (`no` is text,",
        "`07.30` is a number), so put codes, postal codes and other digits in quotes. Tags, anchors, aliases and",
        "tabs are refused. No value is ever evaluated: `{{ }}`, `${}` and backticks in a text stay text.",
        "",
        "*Default*: **required** must be set; *derived* comes from the official code; *to fill* should be set",
        "before production.",
        f"*Used*: {', '.join(f'{key} {value}' for key, value in _USED.items())}.",
    ]
    for part in parts():
        fields = [(name, info) for name, info in part.section.model_fields.items() if not _is_section(info)]
        depth = "##" if "." not in part.path and "[" not in part.path else "###"
        lines += ["", f"{depth} `{part.path}`", "", part.doc.rstrip(".") + "."]
        if not fields:
            continue
        lines += ["", "| key | what | expected | default | example | used |", "|---|---|---|---|---|---|"]
        for name, info in fields:
            cells = (
                f"`{name}`",
                info.description or "",
                words.field_words(info),
                _standing(part, name, info),
                f"`{flow(info.examples[0])}`" if info.examples else "",
                " ".join(notes(info).get("used", [])),
            )
            lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def schema() -> dict[str, Any]:
    """JSON Schema of what a person writes: derived and defaulted keys are optional, an empty section is allowed."""
    made = ProfileData.model_json_schema()
    direct = {part.section: part for part in parts() if not part.listed}
    for part in (Part("", "", ProfileData, False), *direct.values()):
        node = made if not part.path else _definition(made, part.section)
        given = pick(national(), *part.path.split(".")) if part.path else national()
        required = [key for key in node.get("required", []) if _must(part.section.model_fields[key], given or {}, key)]
        node.pop("required", None)
        if required:
            node["required"] = required
        for key, info in part.section.model_fields.items():
            if _is_section(info) and key not in required:
                old = node["properties"][key]
                node["properties"][key] = {"anyOf": [{"$ref": old.pop("$ref")}, {"type": "null"}], **old}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "Region profile"}


def _definition(made: dict[str, Any], section: type[Section]) -> dict[str, Any]:
    """A section's schema; where two sections share a name, pydantic names them by module."""
    long = f"{section.__module__}.{section.__qualname__}".replace(".", "__")
    node: dict[str, Any] = made["$defs"][long if long in made["$defs"] else section.__name__]
    return node


def _must(info: FieldInfo, given: dict[str, Any], key: str) -> bool:
    if notes(info).get("derived"):
        return False
    if _is_section(info):
        bare = words.inner(info.annotation)
        below = given.get(key) or {}
        return any(_must(one, below, name) for name, one in bare.model_fields.items() if one.is_required())
    return key not in given


def example() -> str:
    """A profile with every key and what it means; all but the required keys are comments."""
    lines = [
        "# yaml-language-server: $schema=profile.schema.json",
        "# Every key of a region profile with an example. Made by `python -m kit.profile.reference`; do not edit.",
        "# Set only what differs: everything that stands as a comment here is derived or has a national default.",
    ]
    for name, info in ProfileData.model_fields.items():
        bare = words.inner(info.annotation)
        lines += ["", f"# {info.description}", f"{name}:", *_example(bare, "  ")]
    return "\n".join(lines) + "\n"


def _example(section: type[Section], indent: str) -> Iterator[str]:
    for name, info in section.model_fields.items():
        bare = words.inner(info.annotation)
        if isinstance(bare, type) and issubclass(bare, Section):
            yield f"{indent}{name}:"
            yield from _example(bare, indent + "  ")
            continue
        need = info.is_required() and not notes(info).get("derived")
        yield f"{indent}# {info.description}: {words.field_words(info)}"
        value = f"{name}: {flow(info.examples[0])}" if info.examples else f"{name}:"
        yield f"{indent}{value}" if need and section.__name__ in ("Region", "Net", "Address") else f"{indent}# {value}"


def made() -> dict[Path, str]:
    """Every file this module makes, with its text."""
    docs = ROOT / "docs"
    return {
        docs / "profile.md": page(),
        docs / "profile.schema.json": json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n",
        docs / "profile.example.yml": example(),
    }


def main(arguments: list[str]) -> int:
    """Write the files, or with ``--check`` name those that differ."""
    differ = [path for path, text in made().items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" not in arguments:
        for path in differ:
            path.write_text(made()[path], encoding="utf-8")
    for path in differ:
        sys.stdout.write(f"{'differs' if '--check' in arguments else 'wrote'}: {path.relative_to(ROOT)}\n")
    return 1 if differ and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
