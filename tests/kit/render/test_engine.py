"""The loop: strict, sandboxed, the same every time."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cookiecutter.environment import StrictEnvironment

from kit.errors import KitError
from kit.render import templates
from kit.render.engine import Engine
from kit.render.tree import File

Write = Callable[..., Path]


@pytest.fixture
def engine(template: Write, cache: Path) -> Callable[..., Engine]:
    def make(files: dict[str, str | bytes], **keys: object) -> Engine:
        return Engine(templates.load("a", template("a", files, **keys)))

    return make


def test_it_renders_and_copies(engine: Callable[..., Engine]) -> None:
    made = engine(
        {"{{ cookiecutter.app }}/x.txt": "Hai {{ cookiecutter.name }}\n\n", "b.bin": b"\0{{"},
        _copy_without_render=["b.bin"],
    )
    assert made.render({"app": "hayu", "name": "Ujang"}) == {
        "b.bin": File(b"\0{{"),
        "hayu/x.txt": File(b"Hai Ujang\n\n"),
    }
    assert made.render({"app": "erk", "name": "Asep"})["erk/x.txt"] == File(b"Hai Asep\n\n")


def test_values_are_never_evaluated(engine: Callable[..., Engine]) -> None:
    value = "{{ 7 * 7 }} {% for x in y %} {# c #} ${HOME} $(id) `id` ../ {{cookiecutter.__class__}}"
    assert engine({"x": "{{ cookiecutter.v }}"}).render({"v": value})["x"].data.decode() == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n{{ cookiecutter.missing }}", r"region/x\.json, line 2 cannot be rendered: .*missing"),
        ("a\n\n{% if %}", r"region/x\.json, line 3 cannot be rendered"),
        ("{{ cookiecutter.a.b.c }}", r"line 1 cannot be rendered"),
        ("{{ 1 + 'a' }}", "line 1 cannot be rendered"),
        ("{{ cookiecutter.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "unsafe"),
        ("{{ cookiecutter.update({'a': 1}) }}", "unsafe|not safely callable"),
        ("{{ lipsum.__globals__ }}", "unsafe"),
        ("{% now 'utc' %}", "unknown tag 'now'"),
        ("{{ uuid4() }}", "'uuid4' is undefined"),
        ("{{ random_ascii_string(3) }}", "'random_ascii_string' is undefined"),
        ("{% include '/etc/passwd' %}", "/etc/passwd"),
        ("{% include 'copied' %}", "copied"),
    ],
)
def test_a_fault_names_file_and_line(engine: Callable[..., Engine], text: str, words: str) -> None:
    made = engine({"region/x.json": text, "copied": ""}, _copy_without_render=["copied"])
    with pytest.raises(KitError, match=words):
        made.render({"a": {}})


@pytest.mark.parametrize("value", ["../../etc", "/etc", "a/../../b", "", ".git", "a\nb"])
def test_a_name_that_leaves_the_tree_is_refused(engine: Callable[..., Engine], value: str) -> None:
    made = engine({"{{ cookiecutter.app }}/x": ""})
    with pytest.raises(KitError, match="no path inside the rendered tree"):
        made.render({"app": value})


def test_two_names_that_become_one_are_refused(engine: Callable[..., Engine]) -> None:
    made = engine({"{{ cookiecutter.app }}": "", "hayu": ""})
    with pytest.raises(KitError, match="and so does another file"):
        made.render({"app": "hayu"})


def test_an_undefined_name_is_refused(engine: Callable[..., Engine]) -> None:
    with pytest.raises(KitError, match="the file's name cannot be rendered"):
        engine({"{{ cookiecutter.nix }}": ""}).render({})


def test_filters_are_those_of_cookiecutter(engine: Callable[..., Engine]) -> None:
    value = {"é": ["x", 1, None, True, 1.5], "a": "</script> \u2028 😀", "b": {}}
    text = (
        "{{ cookiecutter.v | jsonify }} {{ cookiecutter.v | jsonify(1) }} {{ cookiecutter.s | slugify(separator='_') }}"
    )
    context = {"v": value, "s": "Kab. Kepulauan Siau — Ä"}
    theirs = StrictEnvironment(keep_trailing_newline=True).from_string(text).render(cookiecutter=context)
    assert engine({"x": text}).render(context)["x"].data.decode() == theirs


def test_contexts_do_not_leak_into_one_another(engine: Callable[..., Engine]) -> None:
    made = engine({"x": "{% set ns = namespace(v=cookiecutter.v) %}{{ ns.v }}"})
    assert [made.render({"v": v})["x"].data for v in ("1", "2", "1")] == [b"1", b"2", b"1"]


def test_compiled_templates_are_kept_for_the_next_run(engine: Callable[..., Engine], cache: Path) -> None:
    engine({"x": "{{ cookiecutter.v }}"}).render({"v": "1"})
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert {oct(path.stat().st_mode & 0o777) for path in cache.rglob("*") if path.is_dir()} == {"0o700"}
    assert engine({"x": "{{ cookiecutter.v }}"}).render({"v": "2"})["x"].data == b"2"
    kept[0].write_bytes(b"rubbish")
    assert engine({"x": "{{ cookiecutter.v }}"}).render({"v": "3"})["x"].data == b"3"


def test_only_a_part_can_be_rendered(engine: Callable[..., Engine]) -> None:
    made = engine({"region/x": "{{ cookiecutter.v }}", "y": "{{ cookiecutter.missing }}"})
    assert made.render({"v": "1"}, below="region/") == {"region/x": File(b"1")}


def test_json_is_data(engine: Callable[..., Engine]) -> None:
    value = {"q": '"\\\n\t', "n": 10**15, "f": False, "z": None}
    made = engine({"x": "{{ cookiecutter._v | jsonify(1) }}\n"}).render({"_v": value})["x"]
    assert json.loads(made.data) == value
