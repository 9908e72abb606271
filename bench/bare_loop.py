"""The floor of bench/render.py: one plain Jinja2 environment a template, reused, and files written. Nothing else.

    python bare_loop.py TEMPLATES OUT CONTEXTS.json...

Given a region.yml instead, it loads the profile and makes the contexts as the kit does, then goes on barely.
"""

# ruff: noqa: PTH103, PTH109, PTH118, PTH119, PTH120, PTH123

import json
import os
import shutil
import sys
from fnmatch import fnmatch
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TREE = "{{cookiecutter.app}}"


def files(root: str, patterns: list[str]) -> list[tuple[str, bool]]:
    """Paths below ``root`` and whether each is rendered."""
    found = []
    for folder, names, here in os.walk(root):
        names[:] = sorted(name for name in names if name != "__pycache__" and not name.endswith("_cache"))
        for name in sorted(here):
            path = os.path.relpath(os.path.join(folder, name), root)
            parts = path.split("/")
            above = ["/".join(parts[: count + 1]) for count in range(len(parts))]
            found.append((path, not any(fnmatch(one, pattern) for one in above for pattern in patterns)))
    return [(path, rendered) for path, rendered in found if not path.endswith(".pyc")]


def given(path: str) -> tuple[str, dict[str, dict[str, object]]]:
    """Name and contexts of a region."""
    if path.endswith(".json"):
        with open(path, encoding="utf-8") as file:
            return os.path.basename(path).removesuffix(".json"), json.load(file)
    sys.path.insert(0, os.getcwd())
    from kit.profile import load
    from kit.render.context import contexts

    return os.path.basename(os.path.dirname(path)), contexts(load(Path(path)))


def main() -> None:
    """Render every context into OUT/REGION."""
    templates, out, *regions = sys.argv[1:]
    known = {}
    for region in regions:
        name, contexts = given(region)
        target = os.path.join(out, name)
        for name, context in contexts.items():
            root = os.path.join(templates, name, TREE)
            if name not in known:
                defaults = json.loads(Path(templates, name, "cookiecutter.json").read_text(encoding="utf-8"))
                env = Environment(  # noqa: S701 - as in the kit, no HTML is made
                    undefined=StrictUndefined,
                    keep_trailing_newline=True,
                    loader=FileSystemLoader(root),
                    auto_reload=False,
                )
                env.filters["jsonify"] = lambda obj, indent=4: json.dumps(obj, sort_keys=True, indent=indent)
                known[name] = env, files(root, defaults["_copy_without_render"])
            env, paths = known[name]
            base = target if name == "region" else os.path.join(target, "apps", name)
            for path, rendered in paths:
                made = os.path.join(base, path)
                os.makedirs(os.path.dirname(made), exist_ok=True)
                if rendered:
                    text = env.get_template(path).render(cookiecutter=context)
                    with open(made, "w", encoding="utf-8", newline="") as file:
                        file.write(text)
                    shutil.copymode(os.path.join(root, path), made)
                else:
                    shutil.copyfile(os.path.join(root, path), made)
                    shutil.copymode(os.path.join(root, path), made)


if __name__ == "__main__":
    main()
