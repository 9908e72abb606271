"""The floor of bench/render.py: one plain Jinja2 environment a template, reused, and files written. Nothing else.

    python bare_loop.py TEMPLATES OUT CONTEXTS.json...
"""

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


def main() -> None:
    """Render every context into OUT/REGION."""
    templates, out, *regions = sys.argv[1:]
    known = {}
    for region in regions:
        with open(region, encoding="utf-8") as file:
            contexts = json.load(file)
        target = os.path.join(out, os.path.basename(region).removesuffix(".json"))
        for name, context in contexts.items():
            root = os.path.join(templates, name, TREE)
            if name not in known:
                defaults = json.loads(Path(templates, name, "cookiecutter.json").read_text(encoding="utf-8"))
                env = Environment(undefined=StrictUndefined, keep_trailing_newline=True, loader=FileSystemLoader(root), auto_reload=False)  # noqa: S701
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
