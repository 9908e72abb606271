"""Run in a process of its own: render over a repository and die at the n-th call of a function.

python killing.py TARGET create|update MODULE FUNCTION N
"""

import importlib
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from kit.render import repository
from tests.kit.render.repositories import NEW, OLD, render

target, what, module, name, number = sys.argv[1:]
left = int(number)
owner = Path if module == "Path" else importlib.import_module(module)
original = getattr(owner, name)


def dying(*arguments: object, **keys: object) -> object:
    """Die instead of the n-th call."""
    global left  # noqa: PLW0603 - a counter of a script
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **keys)


setattr(owner, name, dying)
if what == "create":
    repository.create(Path(target), render(OLD), [])
else:
    repository.update(Path(target), render(NEW))
