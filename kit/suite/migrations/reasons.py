"""Written reasons: `reasons.toml` beside the migrations names what a rule refuses and why it is safe all the same."""

import tomllib
from pathlib import Path

from kit.errors import KitError

FILE = "reasons.toml"
_FEWEST_WORDS = 5


def read(folder: Path) -> dict[str, dict[str, str]]:
    """The reasons in a folder of migrations: by migration, then by rule and object. Empty where there is no file.

    Raises KitError for a file that cannot be read, or a reason of less than five words.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise KitError(f"{path} cannot be read: {error}.") from None
    for migration, reasons in values.items():
        if not isinstance(reasons, dict):
            raise KitError(f"{path}: {migration} is no section. Write [{migration}], and the reasons below it.")
        for key, words in reasons.items():
            if not isinstance(words, str) or len(words.split()) < _FEWEST_WORDS:
                raise KitError(f"{path}: [{migration}] {key}: give a reason in a sentence, not {words!r}.")
    return values
