"""Operations the linter of migrations refuses or lets pass. Run as a module, it prints what the linter says of each."""

import json
import sys

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState

USED = frozenset({("a", "grant"), ("a", "office")})


def _state() -> ProjectState:
    """Two models that the former release has, and one it does not have."""
    state = ProjectState()
    fields = {
        "id": models.BigAutoField(primary_key=True),
        "title": models.CharField(max_length=60),
        "note": models.TextField(null=True),
        "rupiah": models.PositiveBigIntegerField(default=0),
        "count": models.PositiveSmallIntegerField(default=0),
        "share": models.DecimalField(max_digits=6, decimal_places=2),
        "kind": models.CharField(max_length=5, db_default="A"),
        "parent": models.ForeignKey("a.Office", models.PROTECT),
        "kept": models.TextField(null=True, db_column="remark"),
    }
    for name in ("Grant", "Later"):
        copies = [(key, field.clone()) for key, field in fields.items()]
        state.add_model(ModelState("a", name, copies))
    state.add_model(ModelState("a", "Office", [("id", models.BigAutoField(primary_key=True))]))
    return state


def found(operation: object) -> list[str]:
    """The keys of what the linter finds in one operation."""
    from kit.suite.migrations.rules import judge

    before = _state()
    after = before.clone()
    operation.state_forwards("a", after)
    return [fault.key for fault in judge(operation, "a", before, after, USED, 1)]


def _add(field: models.Field) -> migrations.AddField:
    return migrations.AddField("grant", "extra", field)


def _alter(name: str, field: models.Field) -> migrations.AlterField:
    return migrations.AlterField("grant", name, field)


class _Own(Operation):
    """Another project's operation."""

    model_name = "later"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing."""


_COMPUTED = models.GeneratedField(expression=models.F("rupiah"), output_field=models.BigIntegerField(), db_persist=True)
_CHECK = models.CheckConstraint(condition=models.Q(rupiah__lt=9), name="few")
_UNIQUE = models.UniqueConstraint(fields=["title"], name="one")
_INDEX = models.Index(fields=["title"], name="by_title")

REFUSED = {
    "a table dropped": (migrations.DeleteModel("Grant"), "delete-model grant"),
    "a table renamed": (migrations.RenameModel("Grant", "Gift"), "rename-model grant"),
    "a table under another name": (migrations.AlterModelTable("grant", "gift"), "rename-model grant"),
    "a column dropped": (migrations.RemoveField("grant", "note"), "remove-field grant.note"),
    "a column renamed": (migrations.RenameField("grant", "note", "remark"), "rename-field grant.note"),
    "another column for a field": (
        _alter("note", models.TextField(null=True, db_column="n")),
        "rename-field grant.note",
    ),
    "a column that must be filled": (_add(models.IntegerField(default=1)), "not-null grant.extra"),
    "a column that may no longer be empty": (_alter("note", models.TextField(default="")), "not-null grant.note"),
    "a default of the database gone": (_alter("kind", models.CharField(max_length=5)), "not-null grant.kind"),
    "a shorter text": (_alter("title", models.CharField(max_length=59)), "change-type grant.title"),
    "a text from a long one": (_alter("note", models.CharField(max_length=99, null=True)), "change-type grant.note"),
    "a smaller number": (_alter("rupiah", models.PositiveIntegerField()), "change-type grant.rupiah"),
    "a larger number": (_alter("count", models.PositiveIntegerField()), "change-type grant.count"),
    "fewer digits": (_alter("share", models.DecimalField(max_digits=5, decimal_places=2)), "change-type grant.share"),
    "other decimals": (_alter("share", models.DecimalField(max_digits=6, decimal_places=3)), "change-type grant.share"),
    "a key to another table": (
        _alter("parent", models.ForeignKey("a.Later", models.PROTECT)),
        "change-type grant.parent",
    ),
    "a unique column": (_alter("title", models.CharField(max_length=60, unique=True)), "unique grant.title"),
    "an index on a column": (_alter("title", models.CharField(max_length=60, db_index=True)), "index grant.title"),
    "a unique constraint": (migrations.AddConstraint("grant", _UNIQUE), "unique grant.one"),
    "unique together": (migrations.AlterUniqueTogether("grant", {("title", "kind")}), "unique grant"),
    "a check": (migrations.AddConstraint("grant", _CHECK), "constraint grant.few"),
    "an index that locks": (migrations.AddIndex("grant", _INDEX), "index grant.by_title"),
    "an order": (migrations.AlterOrderWithRespectTo("grant", "parent"), "not-null grant._order"),
    "plain SQL": (migrations.RunSQL("DELETE FROM a_grant"), "run-sql 1"),
    "code": (migrations.RunPython(migrations.RunPython.noop), "run-python noop"),
    "a column computed by the database": (
        _add(
            models.GeneratedField(expression=models.F("rupiah"), output_field=models.BigIntegerField(), db_persist=True)
        ),
        "rewrite grant.extra",
    ),
    "only the database": (
        migrations.SeparateDatabaseAndState([migrations.RemoveField("grant", "note")], []),
        "remove-field grant.note",
    ),
}
ALLOWED = {
    "a new table": migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
    "a column that may be empty": _add(models.TextField(null=True)),
    "a column the database fills": _add(models.IntegerField(db_default=0)),
    "a key that may be empty": _add(models.ForeignKey("a.Office", models.PROTECT, null=True)),
    "a table of pairs": _add(models.ManyToManyField("a.Office")),
    "a longer text": _alter("title", models.CharField(max_length=61)),
    "a text without an end": _alter("title", models.TextField()),
    "more digits": _alter("share", models.DecimalField(max_digits=7, decimal_places=2)),
    "a column that may now be empty": _alter("title", models.CharField(max_length=60, null=True)),
    "only words": _alter("title", models.CharField("judul", max_length=60, choices=[("A", "a")])),
    "an index that does not lock": AddIndexConcurrently("grant", _INDEX),
    "only Django's state": migrations.SeparateDatabaseAndState([], [migrations.RemoveField("grant", "note")]),
    "a field renamed, not its column": migrations.RenameField("grant", "kept", "remark"),
    "a table nobody uses yet, dropped": migrations.DeleteModel("Later"),
    "a table nobody uses yet, changed": migrations.AddConstraint("later", _CHECK),
}


def main() -> None:
    """Print the findings of every case as JSON."""
    import django
    from django.conf import settings

    settings.configure(INSTALLED_APPS=[])
    django.setup()
    operations = {case: operation for case, (operation, _) in REFUSED.items()} | ALLOWED
    json.dump({case: found(operation) for case, operation in operations.items()}, sys.stdout)


if __name__ == "__main__":
    main()
