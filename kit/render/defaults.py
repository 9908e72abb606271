"""Default contexts: what ``cookiecutter templates/APP`` renders when it is given nothing, Kota Bandung.

``python -m kit.render.defaults`` writes them anew after the profile, the schema or the official data changed.
"""

import json
from pathlib import Path
from typing import Any

from kit.profile import load
from kit.profile.store import find
from kit.render.context import contexts
from kit.render.templates import templates_dir

REGION = "32.73"


def text(context: dict[str, Any], patterns: list[str]) -> str:
    """A cookiecutter.json of this context: one line a value, and a line for each row of a table."""
    values = {**context, "_copy_without_render": patterns}
    lines = [f"{json.dumps(key)}: {_value(value)}" for key, value in values.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: Any) -> str:
    if isinstance(value, dict) and all(isinstance(table, list) for table in value.values()):
        tables = [f" {json.dumps(name)}: [\n{_rows(table)}\n ]" for name, table in value.items()]
        return "{\n" + ",\n".join(tables) + "\n}"
    return json.dumps(value, ensure_ascii=False, indent=1 if isinstance(value, dict) else None)


def _rows(table: list[Any]) -> str:
    return ",\n".join(f"  {json.dumps(row, ensure_ascii=False)}" for row in table)


def files() -> dict[Path, str]:
    """Every template's cookiecutter.json as it should be; the patterns stay as they are."""
    made = {}
    for name, context in contexts(load(find(REGION))).items():
        path = templates_dir() / name / "cookiecutter.json"
        patterns = json.loads(path.read_text(encoding="utf-8"))["_copy_without_render"]
        made[path] = text(context, patterns)
    return made


def main() -> None:
    """Write them."""
    for path, words in files().items():
        path.write_text(words, encoding="utf-8")


if __name__ == "__main__":
    main()
