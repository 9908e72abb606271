"""Plain cookiecutter gives the same bytes for the same context."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cookiecutter.main import cookiecutter

from kit.profile import load
from kit.profile.store import find
from kit.render import templates
from kit.render.context import contexts
from kit.render.engine import Engine
from kit.render.tree import Tree
from tests.kit.render import nasty

NAMES = ("region", "core", "sabilulungan", "hayu", "erk")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates without what interpreters and editors left in them, which cookiecutter would copy."""
    folder = tmp_path_factory.mktemp("templates") / "templates"
    shutil.copytree(templates.templates_dir(), folder, ignore=shutil.ignore_patterns(*templates.IGNORED))
    return folder


@pytest.fixture(scope="module")
def engines(clean: Path) -> dict[str, Engine]:
    return {name: Engine(templates.load(name, clean)) for name in NAMES}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Cookiecutter's own configuration, so that nothing is read from or left in the home."""
    path = tmp_path / "config.yaml"
    path.write_text(json.dumps({"cookiecutters_dir": str(tmp_path / "c"), "replay_dir": str(tmp_path / "r")}))
    return path


def found(folder: Path) -> dict[str, tuple[bytes, bool]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), bool(path.stat().st_mode & 0o111))
        for path in folder.rglob("*")
        if path.is_file()
    }


def ours(tree: Tree) -> dict[str, tuple[bytes, bool]]:
    return {path: (file.data, file.executable) for path, file in tree.items()}


def contexts_of(code: str) -> dict[str, dict[str, Any]]:
    return contexts(nasty.profile() if code == "nasty" else load(find(code)))


@pytest.mark.parametrize("code", ["32.73", "52.07", "36", "nasty"])
@pytest.mark.parametrize("name", NAMES)
def test_a_replay_gives_the_same_bytes(
    name: str, code: str, clean: Path, engines: dict[str, Engine], config: Path, tmp_path: Path
) -> None:
    context = contexts_of(code)[name]
    replay = tmp_path / "context.json"
    whole = {**context, "_copy_without_render": engines[name].template.patterns}
    replay.write_text(json.dumps({"cookiecutter": whole}), encoding="utf-8")
    made = cookiecutter(
        str(clean / name), replay=str(replay), output_dir=str(tmp_path / "out"), config_file=str(config)
    )
    assert Path(made).name == context["app"]
    assert found(Path(made)) == ours(engines[name].render(context))


@pytest.mark.parametrize("name", NAMES)
def test_a_default_context_gives_the_same_bytes(
    name: str, clean: Path, engines: dict[str, Engine], config: Path, tmp_path: Path
) -> None:
    context = contexts_of("nasty")[name]
    whole = json.loads(config.read_text()) | {"default_context": context}
    config.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")  # YAML joins no \\ud83d\\ude00
    made = cookiecutter(str(clean / name), no_input=True, output_dir=str(tmp_path / "out"), config_file=str(config))
    assert found(Path(made)) == ours(engines[name].render(context))


@pytest.mark.parametrize("name", NAMES)
def test_the_command_line_renders_kota_bandung_by_default(
    name: str, clean: Path, engines: dict[str, Engine], config: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "cookiecutter", "--no-input", "--config-file", str(config), str(clean / name)]
    done = subprocess.run([*command, "-o", str(tmp_path / "out")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    context = contexts_of("32.73")[name]
    assert found(tmp_path / "out" / context["app"]) == ours(engines[name].render(context))
