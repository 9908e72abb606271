"""Ansible module: a Django management command for several apps at once."""

from __future__ import annotations

import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from itertools import dropwhile
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from ansible.module_utils.basic import AnsibleModule

DOCUMENTATION = """
module: kit_manage
short_description: Run a management command for several apps at once.
description: Runs C(manage.py) for each app with exactly the environment given. No shell, nothing is inherited.
options:
  python: {description: The interpreter of the release's virtual environment., type: path, required: true}
  apps: {description: The apps., type: list, elements: str, required: true}
  directory: {description: "Where an app's manage.py is; C({app}) stands for the app.", type: path, required: true}
  environments: {description: The environment of each app by its name., type: dict, required: true}
  extra_environment: {description: "Added to each environment, with C({app}).", type: dict, default: {}}
  arguments: {description: "The command and its arguments, with C({app}).", type: list, elements: str, required: true}
  unless: {description: "Files that exist when all is done, with C({app}).", type: list, elements: path, default: []}
  mark: {description: "File to make when the command has succeeded, with C({app}).", type: path}
  database:
    description: >-
      An SQLite database, with C({app}): all is done as long as it has just the migrations that the mark names, those it
      had when the command had succeeded.
    type: path
  unchanged: {description: A line that says the command had nothing to do., type: str}
  at_once: {description: How many run side by side., type: int, default: 2}
author: [The replication kit's contributors]
"""
RETURN = """
ran: {description: The apps for which the command ran., type: list, elements: str, returned: always}
"""

_LAST_LINES = 20
_TRACEBACK = "Traceback (most recent call last):"


class Run(NamedTuple):
    """One app's command."""

    app: str
    directory: str
    environment: dict[str, str]
    arguments: list[str]
    unless: list[str]
    mark: str | None
    database: str | None

    @property
    def is_done(self) -> bool:
        """Do the files that show the work is done exist, or has the database all that the mark names?"""
        if self.database and self.mark and Path(self.mark).exists():
            noted = Path(self.mark).read_text(encoding="utf-8", errors="replace")
            return bool(noted) and noted == applied(self.database)
        return bool(self.unless) and all(Path(path).exists() for path in self.unless)


def applied(database: str) -> str:
    """The migrations that an SQLite database has, one a line in order; empty when it cannot be asked."""
    try:
        connection = sqlite3.connect(f"file:{quote(database)}?mode=ro", uri=True)
        try:
            rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return ""
    return "".join(f"{app} {name}\n" for app, name in rows)


def runs(params: dict[str, Any]) -> list[Run]:
    """The command of each app, from the module's parameters."""

    def named(text: str, app: str) -> str:
        return text.replace("{app}", app)

    return [
        Run(
            app,
            named(params["directory"], app),
            {
                **{key: str(value) for key, value in params["environments"].get(app, {}).items()},
                **{key: named(str(value), app) for key, value in params["extra_environment"].items()},
            },
            [named(argument, app) for argument in params["arguments"]],
            [named(path, app) for path in params["unless"]],
            named(params["mark"], app) if params["mark"] else None,
            named(params["database"], app) if params["database"] else None,
        )
        for app in params["apps"]
    ]


def perform(python: str, run: Run) -> subprocess.CompletedProcess[str]:
    """Run one app's command and mark it done when it succeeded."""
    done = subprocess.run(
        [python, "manage.py", *run.arguments],
        cwd=run.directory,
        env=run.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode == 0 and run.mark:
        mark = Path(run.mark)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.write_text(applied(run.database) if run.database else "", encoding="utf-8")
    return done


def in_words(said: str) -> list[str]:
    """The lines of *said* without the frames of tracebacks: what came before the first, and the last one's error."""
    lines = said.strip().splitlines()
    starts = [number for number, line in enumerate(lines) if line == _TRACEBACK]
    if not starts:
        return lines
    after = dropwhile(lambda line: line.startswith(" "), lines[starts[-1] + 1 :])
    return lines[: starts[0]] + list(after)


def complaint(run: Run, done: subprocess.CompletedProcess[str]) -> str:
    """What a failed command said: its last lines, under the app's name. (All it said goes to the log.)"""
    lines = in_words(done.stderr.strip() or done.stdout)[-_LAST_LINES:]
    return f"{run.app} (exit code {done.returncode}):\n" + "\n".join(lines)


def main() -> None:
    """Run the module."""
    module = AnsibleModule(
        argument_spec={
            "python": {"type": "path", "required": True},
            "apps": {"type": "list", "elements": "str", "required": True},
            "directory": {"type": "path", "required": True},
            "environments": {"type": "dict", "required": True},
            "extra_environment": {"type": "dict", "default": {}},
            "arguments": {"type": "list", "elements": "str", "required": True},
            "unless": {"type": "list", "elements": "path", "default": []},
            "mark": {"type": "path"},
            "database": {"type": "path"},
            "unchanged": {"type": "str"},
            "at_once": {"type": "int", "default": 2},
        },
        supports_check_mode=True,
    )
    todo = [run for run in runs(module.params) if not run.is_done]
    names = [run.app for run in todo]
    if module.check_mode or not todo:
        module.exit_json(changed=bool(todo), ran=names)
    with ThreadPoolExecutor(module.params["at_once"]) as pool:
        results = list(pool.map(lambda run: perform(module.params["python"], run), todo))
    failed = [(run, done) for run, done in zip(todo, results, strict=True) if done.returncode]
    if failed:
        command = module.params["arguments"][0]
        who = ", ".join(run.app for run, _ in failed)
        said = "\n\n".join(complaint(run, done) for run, done in failed)
        everything = "\n".join(done.stdout + done.stderr for _, done in failed)
        module.fail_json(msg=f"manage.py {command} failed for {who}.", stderr=said, stdout=everything)
    quiet = module.params["unchanged"]
    changed = any(not quiet or quiet not in done.stdout for done in results)
    module.exit_json(changed=changed, ran=names, stdout="\n".join(done.stdout for done in results))


if __name__ == "__main__":
    main()
