"""Typed settings from the environment; a secret may also come from a file or a systemd credential."""

import os
from pathlib import Path

_TRUE = {"1", "true", "yes", "on", "ya"}
_FALSE = {"0", "false", "no", "off", "tidak", ""}


class SettingMissing(RuntimeError):
    """A setting the service cannot start without is missing or malformed."""


class Secret:
    """A value that cannot print itself; `reveal()` is the only way to read it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the secret in clear, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written anywhere.")


def text(name: str, default: str | None = None) -> str:
    """Return the environment value `name`; without one, `default`; without that, SettingMissing."""
    value = os.environ.get(name, default)
    if value is None:
        raise SettingMissing(f"The setting {name} is missing: set it in the service's environment.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no setting; anything that is neither is refused."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in _TRUE:
        return True
    if value.strip().lower() in _FALSE:
        return False
    raise SettingMissing(f"The setting {name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """Return a whole-number setting."""
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        return int(value)
    except ValueError:
        raise SettingMissing(f"The setting {name} must be a whole number, not {value!r}.") from None


def items(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list without blanks."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret(name: str) -> Secret:
    """Return a secret from $CREDENTIALS_DIRECTORY/NAME, the file NAME_FILE points to, or NAME, in this order."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    candidates = [Path(credentials, name)] if credentials else []
    if os.environ.get(f"{name}_FILE"):
        candidates.append(Path(os.environ[f"{name}_FILE"]))
    for path in candidates:
        if path.is_file():
            return Secret(path.read_text(encoding="utf-8").strip())
    value = os.environ.get(name)
    if value:
        return Secret(value)
    raise SettingMissing(
        f"The secret {name} is missing: give it as a systemd credential of that name, or set {name}_FILE to a file."
    )
