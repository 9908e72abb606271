"""Only what the apps read at run time, without a repository: for tests and for apps run where they stand."""

from pathlib import Path
from typing import TYPE_CHECKING

from kit.render import draft, extras, templates
from kit.render.context import contexts
from kit.render.engine import Engine
from kit.render.files import write
from kit.render.tree import Tree

if TYPE_CHECKING:
    from kit.profile import Profile

_REGION = "region/"


def region_data(profile: "Profile", into: Path) -> dict[str, Path]:
    """Write the region data of core and the enabled apps below ``into``; return the folder of each by its name.

    ``KIT_REGION_DIRS`` of an app is the folders of core and of the app. ``into`` may be there but must hold no data.
    """
    made = contexts(profile)
    tree: Tree = {}
    for name, context in made.items():
        if name != "region":
            engine = Engine(templates.load(name))
            part = engine.render(context, below=_REGION)
            tree |= {f"{name}/{path.removeprefix(_REGION)}": file for path, file in part.items()}
    named = extras.app_files(draft.named(profile), (profile.path or into).parent, tuple(made))
    for path, file in (named | extras.boundary_files(profile.code)).items():
        _, name, _, rest = path.split("/", 3)
        tree[f"{name}/{rest}"] = file
    into.mkdir(parents=True, exist_ok=True)
    write(tree, into)
    return {name: into / name for name in made if name != "region"}
