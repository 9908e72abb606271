"""A profile's layers as plain data: national, derived from the official code, province, region; later ones win."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import PydanticUndefined

from kit.profile import nodes
from kit.profile.derive import derive, derive_addresses, head_post
from kit.profile.official import DATA, regions
from kit.profile.schema.base import Section
from kit.profile.schema.root import ProfileData

Plain = dict[str, Any]

_ANY: TypeAdapter[Any] = TypeAdapter(Any)


def _defaults(section: type[Section]) -> Plain:
    """Defaults of a section as plain data; fields without one are left out, sections are walked into."""
    plain: Plain = {}
    for name, info in section.model_fields.items():
        kind = info.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            plain[name] = _defaults(kind)
            if info.default is PydanticUndefined and info.default_factory is None:
                continue
        if info.default is PydanticUndefined and info.default_factory is None:
            continue
        value = info.get_default(call_default_factory=True, validated_data={})
        plain[name] = _ANY.dump_python(value, mode="json")
    return plain


@cache
def national() -> Plain:
    """The national layer: the schema's own defaults."""
    return _defaults(ProfileData)


@cache
def province(code: str) -> Plain:
    """The layer of a province (``regions/data/layers/NN.yml``), empty where there is none.

    Raises ValueError when the file is faulty.
    """
    path = DATA / "layers" / f"{code}.yml"
    if not path.is_file():
        return {}
    tree = nodes.parse(path.read_text(encoding="utf-8"), str(path))
    if tree.faults:
        raise ValueError("\n".join(map(str, tree.faults)))
    layer: Plain = tree.data
    return layer


def merge(base: Plain, over: Plain) -> Plain:
    """``over`` laid on ``base``: maps are joined key by key, all else is replaced. Neither is changed.

    A map in ``base`` survives an empty value in ``over``: a section whose keys are all commented out says nothing.
    """
    merged = dict(base)
    for key, value in over.items():
        below = merged.get(key)
        if isinstance(below, dict) and value is None:
            continue
        merged[key] = merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def pick(data: object, *path: str) -> Any:
    """The value at ``path`` in plain data, or None where any step is missing or no map."""
    for key in path:
        if not isinstance(data, dict):
            return None
        data = data.get(key)
    return data


def layered(own: Plain) -> Plain:
    """All layers below and including the region's own values ``own``."""
    code = pick(own, "region", "code")
    merged = national()
    if isinstance(code, str) and code in regions():
        spelling = pick(own, "terms", "head_spelling")
        merged = merge(merged, derive(code, "Walikota" if spelling == "Walikota" else "Wali Kota"))
        merged = merge(merged, province(regions()[code].province_code))
    merged = merge(merged, derive_addresses(pick(own, "net", "domain")))
    return _head_posts(merge(merged, own))


def _head_posts(merged: Plain) -> Plain:
    """Give each office the post of its head, unless the region named it."""
    offices = merged.get("offices")
    if not isinstance(offices, dict):
        return merged
    posted = {
        duty: {"head_post": head_post(office["name"]), **office}
        if isinstance(office, dict) and isinstance(office.get("name"), str)
        else office
        for duty, office in offices.items()
    }
    return {**merged, "offices": posted}
