"""Checking and loading profiles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit.profile import nodes, source, words
from kit.profile.faults import Fault, ProfileError
from kit.profile.layers import Plain, layered, merge, pick
from kit.profile.model import Profile
from kit.profile.moves import Move, rewritten
from kit.profile.rules import findings
from kit.profile.rules.view import View
from kit.profile.schema.base import Section
from kit.profile.schema.root import ProfileData
from kit.profile.validate import place, validate


@dataclass(frozen=True)
class ToFill:
    """A key that only a person of the region can fill."""

    path: str
    doc: str
    example: str
    required: bool


@dataclass(frozen=True)
class Report:
    """What checking one profile found. ``profile`` is there when there is no fault."""

    file: str
    faults: list[Fault]
    to_fill: list[ToFill] = field(default_factory=list)
    profile: Profile | None = None


def check(path: Path) -> Report:
    """Every fault of the profile at ``path`` (region.yml or its folder), in order of lines. Never raises."""
    file = path / "region.yml" if (path / "region.yml").is_file() else path
    text, faults = source.read(file)
    if not text:
        return Report(str(file), faults)
    return check_text(text, str(file), file, faults)


def check_text(text: str, name: str, path: Path | None = None, before: list[Fault] | None = None) -> Report:
    """As `check`, for a text; ``path`` is where it stands, or will stand, so that its files can be judged."""
    tree = nodes.parse(text, name)
    faults = [*(before or []), *tree.faults]
    if tree.broken and before:
        return Report(name, _sorted(before))
    if tree.broken:
        return Report(name, _sorted(faults))
    if not isinstance(tree.data, dict):
        mark = tree.marks.get((), nodes.Mark(1, 1))
        found = "nothing but comments" if tree.data is None else "a list" if isinstance(tree.data, list) else "a text"
        faults.append(
            Fault(name, mark.line, mark.column, "", found, "sections such as region: and net:", source.EXAMPLE)
        )
        return Report(name, _sorted(faults))
    merged = layered(tree.data)
    data, schema_faults = validate(merged, tree, name)
    told = {fault.path for fault in tree.faults if fault.path}
    bad = {mark for mark in tree.marks if nodes.dotted(mark) in told} | {loc for loc, _ in schema_faults}
    faults += [fault for _, fault in schema_faults if fault.path not in told]
    folder = path.absolute().parent if path else None
    for finding in findings(View(merged, frozenset(bad), folder)):
        mark = place(tree, finding.path)
        where = nodes.dotted(finding.path)
        faults.append(
            Fault(name, mark.line, mark.column, where, finding.found, finding.expected, finding.example, finding.likely)
        )
    if data is None and not faults:
        faults.append(Fault(name, 1, 1, "region.code", "nothing", "the official code of the region", 'code: "52.71"'))
    profile = Profile(data, path) if data is not None and not faults else None
    return Report(name, _sorted(faults), to_fill(tree.data), profile)


def _sorted(faults: list[Fault]) -> list[Fault]:
    return sorted(set(faults))


def load(path: Path) -> Profile:
    """The profile at ``path`` (region.yml or its folder). Raises ProfileError with every fault."""
    report = check(path)
    if report.profile is None:
        raise ProfileError(report.faults)
    return report.profile


def load_moved(path: Path) -> tuple[Profile, str | None, tuple[Move, ...]]:
    """The profile at the file ``path`` with former keys under their names of today, as `kit upgrade` reads it.

    Also the text that makes it so, None where the file's own does; and what it changes. Raises ProfileError with every
    fault; the file is not touched.
    """
    text, faults = source.read(path)
    after, moved = rewritten(text, str(path))
    if faults or not moved:
        return load(path), None, ()
    report = check_text(after, str(path), path)
    if report.profile is None:
        raise ProfileError(report.faults)
    return report.profile, after, moved


def from_values(values: Mapping[str, Any]) -> Profile:
    """A profile made in memory from the region's own values as plain data, such as ``sample(code)``.

    Raises ProfileError with every fault.
    """
    tree = nodes.Tree(data=dict(values))
    merged = layered(dict(values))
    data, schema_faults = validate(merged, tree, "(values)")
    faults = [fault for _, fault in schema_faults]
    faults += [
        Fault("(values)", 1, 1, nodes.dotted(one.path), one.found, one.expected, one.example, one.likely)
        for one in findings(View(merged, frozenset(loc for loc, _ in schema_faults), None))
    ]
    if data is None or faults:
        raise ProfileError(_sorted(faults))
    return Profile(data)


def sample(code: str, own: Plain | None = None) -> Plain:
    """Values that make any region's profile complete, for benchmarks and tests: reserved names, no real address."""
    filled: Plain = {
        "region": {"code": code},
        "net": {"domain": f"r{code.replace('.', '')}.example"},
        "doc": {"address": {"street": "Jl. Contoh No. 1", "postal_code": "00000"}},
    }
    return merge(filled, own or {})


def to_fill(own: Plain) -> list[ToFill]:
    """The keys a person has to fill that the region's own values lack, in the order of the schema."""
    return [item for item in fill_keys() if pick(own, *item.path.split(".")) in (None, "")]


def fill_keys() -> list[ToFill]:
    """Every key that a person has to fill."""
    return list(_fill_keys(ProfileData, ""))


def _fill_keys(section: type[Section], prefix: str) -> Iterator[ToFill]:
    for name, info in section.model_fields.items():
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        if extra.get("fill"):
            example = str(info.examples[0]) if info.examples else ""
            yield ToFill(f"{prefix}{name}", info.description or "", example, info.is_required())
        inner = words.inner(info.annotation)
        if isinstance(inner, type) and issubclass(inner, Section):
            yield from _fill_keys(inner, f"{prefix}{name}.")
