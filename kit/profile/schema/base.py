"""What every section of the profile is made of."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Section(BaseModel):
    """One group of profile fields: unknown keys refused, nothing coerced, never changed after loading.

    Profiles are validated from JSON in strict mode: lists become tuples and ISO dates become dates,
    but text never becomes a number nor a number text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def field(
    default: Any = ...,
    *,
    doc: str,
    example: Any,
    used: str = "U D",
    fill: bool = False,
    derived: bool = False,
    **limits: Any,
) -> Any:
    """Declare one profile field; a thin wrapper of pydantic's ``Field``.

    ``default``: national default, a callable that makes it (a Section class, say), or ``...`` when required.
    ``doc``: one line for the reference page. ``example``: plain value as it would stand in the YAML.
    ``used``: where the value shows (S Sabilulungan, H Hayu, E E-RK, D documents, I installation, U interface).
    ``fill``: a person of the region has to fill it; `kit region new` asks for it.
    ``derived``: the kit derives it from the official data, so the region's file may leave it out.
    ``limits``: pydantic constraints such as ``ge``, ``le``, ``max_length``.
    """
    extra: dict[str, Any] = {"used": used.split()}
    if fill:
        extra["fill"] = True
    if derived:
        extra["derived"] = True
    if callable(default):
        return Field(default_factory=default, description=doc, examples=[example], json_schema_extra=extra, **limits)
    return Field(default, description=doc, examples=[example], json_schema_extra=extra, **limits)
