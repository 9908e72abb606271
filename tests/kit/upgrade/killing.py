"""Run in a process of its own: begin, continue or abort an upgrade, or adopt, and die at the n-th call of a function.

python killing.py TARGET upgrade|proceed|abort|adopt MODULE FUNCTION N
"""

import importlib
import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from kit.upgrade import abort, proceed
from tests.kit.upgrade.test_adopt_killed import take
from tests.kit.upgrade.test_killed import begin

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
{"upgrade": begin, "proceed": proceed, "abort": abort, "adopt": take}[what](Path(target))
