"""The linter of migrations: what the former release cannot stand is refused, what it can passes, a reason is needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.paths import ROOT
from kit.suite.migrations import reasons
from tests.kit.suite.migration_cases import ALLOWED, REFUSED


def run(*command: str, path: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Python with the project and *path* to import from: Django is set up in another process than the tests'."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(path)])}
    return subprocess.run(
        [sys.executable, "-P", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def found() -> dict[str, list[str]]:
    """What the linter says of each case."""
    done = run("-m", "tests.kit.suite.migration_cases")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_former_release_cannot_stand_is_refused(case: str, found: dict[str, list[str]]) -> None:
    _, key = REFUSED[case]
    assert found[case] == [key]


@pytest.mark.parametrize("case", ALLOWED)
def test_what_the_former_release_does_not_notice_passes(case: str, found: dict[str, list[str]]) -> None:
    assert found[case] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[0002_x]\n"unique a.b" = "ok"', "give a reason in a sentence, not 'ok'"),
        ('[0002_x]\n"unique a.b" = 1', "give a reason in a sentence, not 1"),
        ('key = "a long reason of five words"', "key is no section"),
        ("[0002_x", "cannot be read"),
    ],
)
def test_a_reason_is_a_sentence_in_its_place(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / reasons.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(KitError) as caught:
        reasons.read(tmp_path)
    assert words in str(caught.value)
    assert str(tmp_path / reasons.FILE) in str(caught.value)


_PROJECT = """
import sys
from django.conf import settings
settings.configure(INSTALLED_APPS=["a"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")
import django
django.setup()
from kit.suite.migrations.lint import lint
for releases in ([], [{"a": "0001_first"}]):
    report = lint(["a"], releases)
    print([(one.migration, one.key) for one in report.findings], [one.rsplit("/", 1)[1] for one in report.stale],
          report.migrations, report.reasons)
"""


def test_a_migration_is_judged_by_what_the_release_before_it_uses(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "migrations"
    folder.mkdir(parents=True)
    for path in (tmp_path / "a/__init__.py", folder / "__init__.py"):
        path.touch()
    head = "from django.db import migrations, models\nclass Migration(migrations.Migration):\n"
    model = (
        "migrations.CreateModel('{}', [('id', models.BigAutoField(primary_key=True)), ('n', models.IntegerField())])"
    )
    gone = "migrations.RemoveField('{}', 'n')"
    for name, needs, operations in (
        ("0001_first", [], [model.format("Old")]),
        ("0002_second", [("a", "0001_first")], [model.format("Young"), gone.format("Old")]),
        ("0003_third", [("a", "0002_second")], [gone.format("Young")]),
    ):
        body = f"    dependencies = {needs}\n    operations = [{', '.join(operations)}]\n"
        (folder / f"{name}.py").write_text(head + body, encoding="utf-8")
    wanted = "[] ['reasons.toml: [0002_second] remove-field young.n: the migration does no such thing.'"
    why = '"remove-field young.n" = "it does no such thing at all"\n'
    (folder / reasons.FILE).write_text(f"[0002_second]\n{why}[0009_none]\n{why}", encoding="utf-8")
    done = run("-c", _PROJECT, path=tmp_path)
    assert done.returncode == 0, done.stderr
    unreleased, released = done.stdout.splitlines()
    assert unreleased == f"{wanted}, 'reasons.toml: [0009_none]: there is no migration of this name.'] 3 0"
    assert released.startswith("[('0002_second', 'remove-field old.n')] [")


def test_the_migrations_of_the_apps_are_safe() -> None:
    done = run("-m", "kit.suite.migrations")
    assert (done.returncode, done.stderr) == (0, "")
    assert " 0 unsafe, " in done.stdout
