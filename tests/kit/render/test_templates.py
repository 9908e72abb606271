"""Reading templates: declared kinds, refusals, digests."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.errors import KitError
from kit.render import templates

TREE = "{{cookiecutter.app}}"
Write = Callable[..., Path]
NAMES = ("region", "core", "sabilulungan", "hayu", "erk")


def test_kinds_are_declared(template: Write) -> None:
    folder = template(
        "a", {"code/x.py": "{{ x }}", "y.json": "{{ y }}", "z.png": b"\x89PNG"}, _copy_without_render=["code", "*.png"]
    )
    loaded = templates.load("a", folder)
    assert [(source.path, source.text) for source in loaded.sources] == [
        ("code/x.py", None),
        ("y.json", "{{ y }}"),
        ("z.png", None),
    ]


def test_leftovers_are_no_part_of_a_template(template: Write) -> None:
    folder = template(
        "a",
        {
            "x": "",
            "__pycache__/x.pyc": b"\0",
            "b/y.pyc": b"\0",
            ".mypy_cache/z": "",
            "x~": "",
            ".x.swp": "",
            ".DS_Store": "",
        },
    )
    assert [source.path for source in templates.load("a", folder).sources] == ["x"]


@pytest.mark.parametrize("raw", [b"Caf\xe9", b"\xff\xfea\0", b"a\0b", b"a\r\nb", b"\xef\xbb\xbfa"])
def test_a_rendered_file_is_utf8_text_with_lf(template: Write, raw: bytes) -> None:
    folder = template("a", {"x.txt": raw})
    with pytest.raises(KitError, match=r"x\.txt is to be rendered but .* _copy_without_render"):
        templates.load("a", folder)
    folder = template("a", {"x.txt": raw}, _copy_without_render=["x.txt"])
    assert templates.load("a", folder).sources[0].file.data == raw


@pytest.mark.parametrize("copied", [[], ["x"]])
def test_links_are_refused(template: Write, copied: list[str]) -> None:
    folder = template("a", {"y": ""}, _copy_without_render=copied)
    (folder / "a" / TREE / "x").symlink_to("/etc/passwd")
    with pytest.raises(KitError, match="x: a template holds plain files and folders only"):
        templates.load("a", folder)


def test_special_files_are_refused(template: Write) -> None:
    folder = template("a", {"y": ""})
    os.mkfifo(folder / "a" / TREE / "x")
    with pytest.raises(KitError, match="plain files and folders only"):
        templates.load("a", folder)


@pytest.mark.parametrize("key", ["_extensions", "_jinja2_env_vars", "_new_lines"])
def test_settings_that_would_change_the_render_are_refused(template: Write, key: str) -> None:
    with pytest.raises(KitError, match=f"{key} is not supported"):
        templates.load("a", template("a", {"x": ""}, **{key: []}))


def test_hooks_are_refused(template: Write) -> None:
    folder = template("a", {"x": ""})
    (folder / "a" / "hooks").mkdir()
    with pytest.raises(KitError, match="runs no code"):
        templates.load("a", folder)


def test_what_is_no_template_is_named(tmp_path: Path, template: Write) -> None:
    with pytest.raises(KitError, match=r"is no template: it has no cookiecutter\.json"):
        templates.load("b", tmp_path)
    folder = template("a", {"x": ""})
    (folder / "a" / "cookiecutter.json").write_text("{")
    with pytest.raises(KitError, match=r"cookiecutter\.json cannot be read"):
        templates.load("a", folder)
    (folder / "a" / "cookiecutter.json").write_text("{}")
    (folder / "a" / TREE / "x").unlink()
    (folder / "a" / TREE).rmdir()
    with pytest.raises(KitError, match="is missing"):
        templates.load("a", folder)


def test_a_name_below_a_copied_folder_is_plain(template: Write) -> None:
    folder = template("a", {"code/{{ cookiecutter.app }}.py": ""}, _copy_without_render=["code"])
    with pytest.raises(KitError, match="below a copied folder is not rendered"):
        templates.load("a", folder)


def test_the_digest_covers_names_kinds_modes_and_bytes(template: Write) -> None:
    def digest(files: dict[str, str], **keys: object) -> str:
        import shutil

        folder = template("a", files, **keys)
        made = templates.load("a", folder).digest
        shutil.rmtree(folder / "a")
        return made

    same = digest({"x": "1"})
    assert digest({"x": "1"}, _region={"other": "default"}) == same
    others = [digest({"x": "2"}), digest({"y": "1"}), digest({"x": "1"}, _copy_without_render=["x"])]
    folder = template("a", {"x": "1"})
    (folder / "a" / TREE / "x").chmod(0o755)
    others.append(templates.load("a", folder).digest)
    assert len({same, *others}) == 5


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_templates_load(name: str) -> None:
    loaded = templates.load(name)
    assert loaded.defaults["_copy_without_render"] == list(loaded.patterns)


@pytest.mark.parametrize("name", NAMES[1:])
def test_code_is_never_rendered(name: str) -> None:
    rendered = [source.path for source in templates.load(name).sources if source.text is not None]
    assert rendered
    assert [path for path in rendered if not path.startswith("region/")] == []
    assert {Path(path).suffix for path in rendered} <= {".json", ".csv", ".css"}


def test_defaults_are_those_of_kota_bandung() -> None:
    from kit.render.defaults import files

    for path, text in files().items():
        assert path.read_text(encoding="utf-8") == text, "run: python -m kit.render.defaults"
        assert json.loads(text)["app"]
