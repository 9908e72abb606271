"""YAML to plain data with positions, without ever building an object from it.

The parser's events are walked with a bounded stack of our own: no tags, anchors, aliases, merge keys or
second documents; YAML 1.2 scalars (``no`` is text, ``07:30`` is text); depth and size bounded.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from kit.profile.faults import Fault, shown
from kit.profile.source import FORBIDDEN

MAX_DEPTH = 12
MAX_NODES = 20_000
MAX_FAULTS = 20
Path = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}


@dataclass(frozen=True)
class Mark:
    """Where a value stands (from 1) and, for a scalar, its text as written. ``key`` is where its key stands."""

    line: int
    column: int
    raw: str = ""
    key: tuple[int, int] = (1, 1)


@dataclass
class Tree:
    """Plain data of a YAML text, the mark of every path in it, and the faults."""

    data: Any = None
    marks: dict[Path, Mark] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    broken: bool = False


@dataclass
class _Open:
    """A mapping or list being read."""

    value: dict[str, Any] | list[Any]
    path: Path
    key: str | None = None
    key_at: tuple[int, int] = (1, 1)
    skip: bool = False


def parse(text: str, name: str) -> Tree:
    """Parse ``text``; ``name`` is the file as faults show it. Never raises on what a text holds."""
    tree = Tree()
    try:
        _Walk(tree, name).run(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        _break(tree, Fault(name, line, column, "", f"text that is not YAML ({error.problem or error.context})", _HINT))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())[:120]
        _break(tree, Fault(name, 1, 1, "", f"text that is not YAML ({reason})", _HINT))
    except _Stop:
        tree.broken = True
    return tree


_HINT = 'YAML: "key: value" lines indented by spaces, and quotes around text that holds : or #'


class _Stop(Exception):
    """Reading further makes no sense; the fault is noted."""


def _break(tree: Tree, fault: Fault) -> None:
    tree.faults.append(fault)
    tree.broken = True


def scalar(text: str, plain: bool) -> Any:
    """The value of a scalar by YAML 1.2: only true/false, null and decimal numbers are not text."""
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if abs(number) < 1e300 else text
    return text


class _Walk:
    """One pass over the parser's events."""

    def __init__(self, tree: Tree, name: str) -> None:
        self.tree = tree
        self.name = name
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def fault(self, event: Any, path: Path, found: str, expected: str, example: str = "") -> None:
        at = event.start_mark
        self.tree.faults.append(Fault(self.name, at.line + 1, at.column + 1, dotted(path), found, expected, example))
        if len(self.tree.faults) >= MAX_FAULTS:
            raise _Stop

    def run(self, text: str) -> None:
        for event in yaml.parse(text, Loader=_Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                self.documents += 1
                if self.documents > 1:
                    self.fault(event, (), "a second document (---)", "one document a file")
                    raise _Stop
            elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                self.open(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.AliasEvent):
                self.place(event, None, f"the alias *{event.anchor}")
            elif isinstance(event, yaml.ScalarEvent):
                self.place(event, scalar(event.value, plain=event.implicit[0]))

    def open(self, event: Any) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        value: dict[str, Any] | list[Any] = {} if mapping else []
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self.fault(event, top.path, "a key that is a map or a list", "a name as key", "name: value")
            raise _Stop
        if len(self.stack) >= MAX_DEPTH:
            self.fault(
                event, self.path(), f"nesting deeper than {MAX_DEPTH} levels", "a profile as docs/profile.md shows it"
            )
            raise _Stop
        path = self.path()
        skip = self.place(event, value)
        self.stack.append(_Open(value, path, skip=skip))

    def path(self) -> Path:
        if not self.stack:
            return ()
        top = self.stack[-1]
        if isinstance(top.value, list):
            return (*top.path, len(top.value))
        return (*top.path, top.key) if top.key is not None else top.path

    def place(self, event: Any, value: Any, alias: str = "") -> bool:
        """Put a value where it belongs; return whether it and what it holds are left out (a second key of one name)."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.fault(event, (), f"more than {MAX_NODES} values", "a shorter profile; lists belong in CSV files")
            raise _Stop
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self.take_key(top, event, alias)
            return False
        path = self.path()
        self.check_event(event, path, value, alias)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        raw = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if top is None:
            self.tree.data = value
            self.tree.marks[()] = Mark(line, column, raw)
            return False
        if isinstance(top.value, list):
            top.value.append(value)
            if not top.skip:
                self.tree.marks[path] = Mark(line, column, raw, (line, column))
            return top.skip
        key = str(top.key)
        twice = key in top.value
        if not twice:
            top.value[key] = value
        if not twice and not top.skip:
            self.tree.marks[path] = Mark(line, column, raw, top.key_at)
        top.key = None
        return twice or top.skip

    def take_key(self, top: _Open, event: Any, alias: str) -> None:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        key = alias or event.value
        path = (*top.path, key)
        self.check_event(event, path, key, alias)
        if key in top.value:
            first = self.tree.marks.get(path)
            where = f" (first in line {first.key[0]})" if first else ""
            self.fault(event, path, f"the key {shown(key)} a second time{where}", "each key once")
        top.key, top.key_at = key, (line, column)

    def check_event(self, event: Any, path: Path, value: Any, alias: str) -> None:
        if alias:
            self.fault(event, path, alias, "the value itself; aliases are not read")
            return
        if event.anchor is not None:
            self.fault(event, path, f"the anchor &{event.anchor}", "the value itself; anchors are not read")
        if event.tag not in (None, "!"):
            self.fault(event, path, f"the tag {shown(event.tag)}", "a plain value; tags are never followed")
        if isinstance(value, str) and (match := FORBIDDEN.search(value)):
            self.fault(event, path, f"the character U+{ord(match.group()):04X}", "text without control characters")


def dotted(path: Path) -> str:
    """``("doc", "legal_bases", 0, "year")`` as ``doc.legal_bases[0].year``, keys cut and escaped."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            name = part if re.fullmatch(r"[\w-]{1,40}", part) else shown(part)
            text += f".{name}" if text else name
    return text
