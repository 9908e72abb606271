"""Small templates and fast renders for the tests of rendering."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kit.profile import sample
from kit.profile.official import regions
from kit.profile.writing import profile_text

WriteTemplate = Callable[..., Path]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def template(tmp_path: Path) -> WriteTemplate:
    """Write a template: its name, files by path, cookiecutter.json's other keys. Returns the templates' folder."""

    def write(name: str, files: dict[str, str | bytes], **keys: object) -> Path:
        import json

        root = tmp_path / "templates" / name
        for path, content in files.items():
            file = root / "{{cookiecutter.app}}" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        defaults = {"app": name, "_copy_without_render": [], **keys}
        (root / "cookiecutter.json").write_text(json.dumps(defaults), encoding="utf-8")
        return root.parent

    return write


@pytest.fixture
def profile_file(tmp_path: Path) -> Callable[..., Path]:
    """Write a complete profile of a region and return its region.yml."""

    def write(code: str = "52.71", **own: object) -> Path:
        folder = tmp_path / "regions" / code
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "region.yml"
        path.write_text(profile_text(regions()[code], sample(code, own)), encoding="utf-8")
        return path

    return write
