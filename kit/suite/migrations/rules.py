"""What one operation of a migration would do to the release that still serves, judged without a database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres import operations as postgres
from django.db import migrations, models
from django.db.backends.postgresql.base import DatabaseWrapper

_POSTGRESQL = DatabaseWrapper({"NAME": "never connected", "OPTIONS": {}})

_JUDGED = (
    migrations.DeleteModel,
    migrations.RenameModel,
    migrations.AlterModelTable,
    migrations.RemoveField,
    migrations.RenameField,
    migrations.AddField,
    migrations.AlterField,
    migrations.AddConstraint,
    migrations.AddIndex,
    migrations.AlterUniqueTogether,
    migrations.AlterOrderWithRespectTo,
)

Key = tuple[str, str]
"""A model: the label of its app and its name in lower case."""


@dataclass(frozen=True, order=True)
class Fault:
    """One operation that is not safe: the ``rule``, what it is ``about``, and why, with the safe way."""

    rule: str
    about: str
    words: str

    @property
    def key(self) -> str:
        """What a written reason is filed under."""
        return f"{self.rule} {self.about}"


_WORDS = {
    "delete-model": "drops a table that the former release still reads. Drop it one release after the last use",
    "rename-model": "renames a table under the former release. Add a new one, copy, drop the old one a release later",
    "remove-field": "drops a column that the former release still names. Drop it one release after the last use",
    "rename-field": "renames a column under the former release. Add a new one, write both, drop the old a release later",
    "not-null": "the former release leaves this column out when it inserts, and would fail. Give it db_default, or null=True",
    "change-type": "the former release may write what no longer fits, or the whole table is rewritten under a lock. "
    "Add a new column",
    "rewrite": "PostgreSQL writes the whole table anew under a lock. Add an ordinary column and fill it",
    "unique": "the former release may write duplicates, and the table is locked while the index is built. "
    "Refuse duplicates in code first, build the index concurrently",
    "constraint": "the former release may write rows that it refuses. Refuse them in code first, "
    "add the constraint a release later",
    "index": "PostgreSQL stops all writing to the table while it builds the index. Use core.indexes.AddIndexConcurrently",
    "run-python": "what code does to rows cannot be judged by rules",
    "run-sql": "what plain SQL does cannot be judged by rules",
    "unknown": "this kind of operation has no rule",
}
_HARMLESS = (
    migrations.CreateModel,
    migrations.AlterModelOptions,
    migrations.AlterModelManagers,
    migrations.AlterModelTableComment,
    migrations.RemoveConstraint,
    migrations.AlterConstraint,
    migrations.RemoveIndex,
    migrations.RenameIndex,
    postgres.AddIndexConcurrently,
    postgres.RemoveIndexConcurrently,
    postgres.CreateExtension,
)


def judge(operation: Any, label: str, before: Any, after: Any, used: frozenset[Key], position: int) -> Iterator[Fault]:
    """The faults of one operation of app *label*, between two states of the project.

    *used*: the models that the former release has. *position* names what has no name.
    """
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        state = before
        for inner in operation.database_operations:
            then = state.clone()
            inner.state_forwards(label, then)
            yield from judge(inner, label, state, then, used, position)
            state = then
    elif isinstance(operation, migrations.RunPython):
        yield _fault("run-python", getattr(operation.code, "__name__", str(position)))
    elif isinstance(operation, migrations.RunSQL):
        yield _fault("run-sql", str(position))
    elif isinstance(operation, _HARMLESS):
        return
    elif (label, _model_of(operation)) in used or not _is_known(operation):
        yield from _on_table(operation, label, before, after)


def _model_of(operation: Any) -> str:
    """The model an operation is about, in lower case; empty where the operation is of an unknown kind."""
    name = getattr(operation, "model_name_lower", None) or getattr(operation, "old_name_lower", None)
    return str(name or getattr(operation, "model_name", "") or getattr(operation, "name", "")).lower()


def _is_known(operation: Any) -> bool:
    """Whether there is a rule for this kind of operation."""
    return isinstance(operation, _JUDGED)


def _fault(rule: str, about: str) -> Fault:
    return Fault(rule, about, _WORDS[rule])


def _on_table(operation: Any, label: str, before: Any, after: Any) -> Iterator[Fault]:
    """An operation on a table that a release may be using."""
    model = _model_of(operation)
    match operation:
        case migrations.DeleteModel():
            if before.models[label, model].options.get("managed", True):
                yield _fault("delete-model", model)
        case migrations.RenameModel() | migrations.AlterModelTable():
            yield _fault("rename-model", model)
        case migrations.RemoveField():
            yield _fault("remove-field", f"{model}.{operation.name_lower}")
        case migrations.RenameField():
            field = before.models[label, model].fields[operation.old_name]
            if _column(operation.old_name, field) != _column(operation.new_name, field):
                yield _fault("rename-field", f"{model}.{operation.old_name}")
        case migrations.AddField():
            yield from _added(operation.field, f"{model}.{operation.name_lower}")
        case migrations.AlterField():
            old, new = (state.models[label, model].fields[operation.name] for state in (before, after))
            yield from _altered(operation.name, old, new, f"{model}.{operation.name_lower}")
        case migrations.AddConstraint():
            unique = isinstance(operation.constraint, models.UniqueConstraint)
            yield _fault("unique" if unique else "constraint", f"{model}.{operation.constraint.name}")
        case migrations.AddIndex():
            yield _fault("index", f"{model}.{operation.index.name}")
        case migrations.AlterUniqueTogether():
            yield _fault("unique", model)
        case migrations.AlterOrderWithRespectTo():
            yield _fault("not-null", f"{model}._order")
        case _:
            yield _fault("unknown", f"{type(operation).__name__} {model}".strip())


def _column(name: str, field: Any) -> str:
    """The column of a field, as the state of a migration tells it."""
    return str(field.db_column or (f"{name}_id" if isinstance(field, models.ForeignKey) else name))


def _added(field: Any, about: str) -> Iterator[Fault]:
    if isinstance(field, models.ManyToManyField):
        return  # a table of its own
    if isinstance(field, models.GeneratedField):
        yield _fault("rewrite", about)
    elif not field.null and not field.has_db_default():
        yield _fault("not-null", about)
    if field.unique and not field.null:
        yield _fault("unique", about)


def _altered(name: str, old: Any, new: Any, about: str) -> Iterator[Fault]:
    if _column(name, old) != _column(name, new):
        yield _fault("rename-field", about)
    if not _fits(old, new):
        yield _fault("change-type", about)
    if old.null and not new.null:
        yield _fault("not-null", about)
    if old.has_db_default() and not new.has_db_default() and not new.null:
        yield _fault("not-null", about)
    if new.unique and not old.unique:
        yield _fault("unique", about)
    elif new.db_index and not old.db_index:
        yield _fault("index", about)


_VARCHAR = re.compile(r"varchar(?:\((\d+)\))?$")
_NUMERIC = re.compile(r"numeric\((\d+), (\d+)\)$")


def _fits(old: Any, new: Any) -> bool:
    """Whether every value of the old column fits the new one, and PostgreSQL need not write the table anew."""
    if old.many_to_many or new.many_to_many or old.is_relation or new.is_relation:
        return bool(_target(old) == _target(new))
    before, after = (field.db_parameters(_POSTGRESQL) for field in (old, new))
    if before == after:
        return True
    was, will = str(before["type"]), str(after["type"])
    if was == will:  # the same type with another check or collation, such as a positive number
        return not after["check"] and before.get("collation") == after.get("collation")
    if short := _VARCHAR.match(was):
        long = _VARCHAR.match(will)
        return will == "text" or bool(long and short[1] and (not long[1] or int(long[1]) >= int(short[1])))
    if (few := _NUMERIC.match(was)) and (many := _NUMERIC.match(will)):
        return few[2] == many[2] and int(many[1]) >= int(few[1])
    return False


def _target(field: Any) -> tuple[str, str]:
    remote = field.remote_field.model if field.is_relation else ""
    return type(field).__name__, str(getattr(getattr(remote, "_meta", None), "label_lower", remote)).lower()
