"""The loop: a template and a context in, a tree of files out. Nothing is written."""

from collections.abc import Callable
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError

from kit.errors import KitError
from kit.render.environment import Environment
from kit.render.templates import TREE, Source, Template
from kit.render.tree import File, Tree, add, checked_path

Context = dict[str, Any]

_FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError)


class Engine:
    """Renders one template for any number of contexts; each file is compiled once."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self._texts = {source.path: source.text for source in template.sources if source.text is not None}
        self._env = Environment(self._load)
        self._names = {
            source.path: self._env.from_string(source.path) for source in template.sources if "{" in source.path
        }

    def render(self, context: Context, below: str = "") -> Tree:
        """The files of the template for ``context``, by path below the template's own folder.

        ``below``: only sources whose path in the template begins so. Raises KitError naming the file and the line.
        """
        values = {"cookiecutter": context}
        tree: Tree = {}
        for source in self.template.sources:
            if source.path.startswith(below):
                where = f"templates/{self.template.name}/{TREE}/{source.path}"
                path = self._path(source, values, where)
                add(tree, path, self._file(source, values, where), where)
        return tree

    def _path(self, source: Source, values: Context, where: str) -> str:
        name = self._names.get(source.path)
        if name is None:
            return source.path
        try:
            return checked_path(name.render(values), where)
        except _FAULTS as error:
            raise KitError(f"{where}: the file's name cannot be rendered: {error}.") from error

    def _file(self, source: Source, values: Context, where: str) -> File:
        if source.text is None:
            return source.file
        try:
            text = self._env.get_template(source.path).render(values)
            return File(text.encode("utf-8"), source.file.executable)
        except _FAULTS as error:
            line = f", line {error.lineno}" if isinstance(error, TemplateSyntaxError) else _line(error, where)
            raise KitError(f"{where}{line} cannot be rendered: {error}.") from error

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        text = self._texts.get(name)
        return None if text is None else (text, f"templates/{self.template.name}/{TREE}/{name}", lambda: True)


def _line(error: BaseException, where: str) -> str:
    """``, line 3`` of the template, from the traceback that Jinja rewrites."""
    trace, found = error.__traceback__, ""
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == where:
            found = f", line {trace.tb_lineno}"
        trace = trace.tb_next
    return found
