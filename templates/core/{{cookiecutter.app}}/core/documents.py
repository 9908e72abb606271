"""Documents as PDF/A, set by Typst from templates that read data and evaluate nothing of it."""

import base64
import datetime as dt
import functools
import json
from pathlib import Path
from typing import Any

import typst
from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from core import dates
from core.region import CORE_ROOT, find_file, plain, region

PACKAGES = CORE_ROOT / "core" / "typst"
FONTS = CORE_ROOT / "core" / "fonts"
_SECTIONS = ("region", "terms", "doc", "officials", "offices", "brand", "locale")


class DocumentError(RuntimeError):
    """A template is missing or Typst could not set it."""


def template(name: str) -> Path:
    """Return the template of a document: the region's own in custom/documents, else the app's."""
    places = [settings.CUSTOM_DIR / "documents", Path(apps.get_app_config(settings.APP).path) / "documents"]
    for place in places:
        if (place / f"{name}.typ").is_file():
            return place / f"{name}.typ"
    raise DocumentError(f"The document template {name}.typ is in none of: {', '.join(map(str, places))}.")


def render(name: str, data: dict[str, Any], at: dt.datetime | None = None) -> bytes:
    """Return a document as PDF/A-2b bytes; the same data and moment give the same bytes.

    `data` reaches the template as JSON (`isi`), beside the region's own (`daerah`). Raises DocumentError with
    Typst's message and the template's path.
    """
    path = template(name)
    known = {key: plain(value) for key, value in region().items() if key in _SECTIONS}
    inputs = {"data": json.dumps({"region": known, "document": data}, cls=DjangoJSONEncoder), "emblem": _emblem()}
    try:
        compiled = typst.compile(
            str(path),
            root=str(path.parent),
            font_paths=_fonts(),
            package_path=str(PACKAGES),
            sys_inputs=inputs,
            pdf_standards="a-2b",
            timestamp=int((at or dates.now()).timestamp()),
        )
    except typst.TypstError as error:
        raise DocumentError(f"{path} could not be set: {error}") from None
    if not isinstance(compiled, bytes):
        raise DocumentError(f"{path} gave no document.")
    return compiled


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _emblem() -> str:
    """Return the region's emblem as SVG text; a PNG is wrapped, since Typst takes text only from outside."""
    path = find_file("static/emblem.svg")
    if path:
        return path.read_text(encoding="utf-8")
    path = find_file("static/emblem.png")
    if path is None:
        return ""
    encoded = base64.b64encode(path.read_bytes()).decode()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<image width="100" height="100" href="data:image/png;base64,{encoded}"/></svg>'
    )
