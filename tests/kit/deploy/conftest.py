"""What the tests of kit.deploy share."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from kit.deploy.processes import MARK
from kit.deploy.state import State
from kit.paths import ROOT


@pytest.fixture
def state(tmp_path: Path) -> State:
    """An empty region's state."""
    made = State(tmp_path / "var", "32.73-kota-bandung")
    made.prepare(("hayu", "erk"))
    return made


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start Python programs that end with the test, marked as a region's if asked."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(code: str, mark: str = "") -> subprocess.Popen[bytes]:
        environment = dict(os.environ) | ({MARK: mark} if mark else {})
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, start_new_session=True
        )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def library() -> Callable[[str], ModuleType]:
    """Gives a module of playbooks/library, imported as ordinary code."""
    return _module


def _module(name: str) -> ModuleType:
    import ansible.module_utils

    shared = str(ROOT / "playbooks" / "module_utils")
    if shared not in ansible.module_utils.__path__:
        ansible.module_utils.__path__.append(shared)
    spec = importlib.util.spec_from_file_location(name, ROOT / "playbooks" / "library" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
