"""Going through the migrations of apps: state by state, operation by operation."""

import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import migrations
from django.db.migrations.loader import MigrationLoader

from kit.errors import KitError
from kit.suite.migrations import reasons
from kit.suite.migrations.rules import Fault, Key, judge


@dataclass(frozen=True)
class Finding:
    """A refusal without a reason: the migration's file, the ``key`` a reason would have, and why."""

    file: Path
    migration: str
    key: str
    words: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.key}: {self.words}.\n"
            f'  If it is safe all the same, say why in {reasons.FILE} beside it: [{self.migration}] "{self.key}" = "…"'
        )


@dataclass(frozen=True)
class Report:
    """What was found in how many migrations; ``stale``: reasons that nothing needs any more, in words."""

    migrations: int
    findings: tuple[Finding, ...]
    stale: tuple[str, ...]
    reasons: int


def lint(labels: Sequence[str], releases: Sequence[Mapping[str, str]] = ()) -> Report:
    """Judge every migration of the apps *labels*; Django is set up. Raises KitError for reasons in a wrong form.

    *releases*: of each released version, the oldest first, the last migration of each app. A migration is judged by what
    the release before it uses: a table that came after it is nobody's yet.
    """
    loader = MigrationLoader(None)
    findings: list[Finding] = []
    stale: list[str] = []
    count = used = 0
    judged = dict(_judged(loader, frozenset(labels), releases))
    for label in labels:
        folder = _folder(loader, label)
        written = reasons.read(folder)
        for (owner, name), faults in judged.items():
            if owner != label:
                continue
            count += 1
            mine = dict(written.pop(name, {}))
            for fault in faults:
                if mine.pop(fault.key, None) is None:
                    findings.append(Finding(folder / f"{name}.py", name, fault.key, fault.words))
                else:
                    used += 1
            stale += [f"{folder / reasons.FILE}: [{name}] {key}: the migration does no such thing." for key in mine]
        stale += [f"{folder / reasons.FILE}: [{name}]: there is no migration of this name." for name in written]
    return Report(count, tuple(findings), tuple(stale), used)


def _judged(
    loader: Any, labels: frozenset[str], releases: Sequence[Mapping[str, str]]
) -> Iterator[tuple[Key, list[Fault]]]:
    """Every migration of the apps with its faults: release by release, then what is not released yet."""
    state = loader.project_state([])
    seen: set[Key] = set()
    used: frozenset[Key] = frozenset()
    for leaves in (*(_leaves(loader, release) for release in releases), sorted(loader.graph.leaf_nodes())):
        for leaf in leaves:
            for node in loader.graph.forwards_plan(leaf):
                if node not in seen:
                    seen.add(node)
                    faults = _faults(loader.graph.nodes[node], state, used, judged=node[0] in labels)
                    if node[0] in labels:
                        yield node, faults
        used = frozenset(state.models)


def _faults(migration: Any, state: Any, used: frozenset[Key], *, judged: bool) -> list[Fault]:
    """The faults of one migration, each once; *state* is moved on by it."""
    faults: dict[str, Fault] = {}
    label = migration.app_label
    for position, operation in enumerate(migration.operations, start=1):
        before = state.clone() if judged else state
        operation.state_forwards(label, state)
        if judged:
            faults |= {fault.key: fault for fault in judge(operation, label, before, state, used, position)}
            used = _renamed(operation, label, used)
    return list(faults.values())


def _renamed(operation: Any, label: str, used: frozenset[Key]) -> frozenset[Key]:
    """The used models, with the new name of one that an operation renamed."""
    if isinstance(operation, migrations.RenameModel) and (label, operation.old_name_lower) in used:
        return used | {(label, operation.new_name_lower)}
    return used


def _leaves(loader: Any, release: Mapping[str, str]) -> list[Key]:
    """The last migrations of a release. Raises KitError where one is no longer there."""
    for label, name in release.items():
        if (label, name) not in loader.graph.nodes:
            raise KitError(f"{label}: migration {name} was released and is gone. Take it back from git.")
    return sorted(release.items())


def _folder(loader: Any, label: str) -> Path:
    module, _ = loader.migrations_module(label)
    found = importlib.util.find_spec(module)
    if found is None or not found.origin:
        raise KitError(f"{module}: this app has no migrations.")
    return Path(found.origin).parent
