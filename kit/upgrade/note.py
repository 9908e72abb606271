"""The note of an upgrade that waits for conflicts to be settled: ``.git/kit-upgrade.json``."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from kit.render.repository import NOTE


@dataclass(frozen=True)
class Note:
    """Where the branches stood before (``main``, ``kit``), the new render, the tree in conflict and its files."""

    main: str
    kit: str
    new: str
    tree: str
    paths: tuple[str, ...]
    message: str


def text(note: Note) -> str:
    """The note as it is written."""
    return json.dumps(asdict(note))


def read(repository: Path) -> Note | None:
    """The note in a repository, None where no upgrade waits."""
    try:
        values = json.loads((repository / ".git" / NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Note(**(values | {"paths": tuple(values["paths"])}))


def marks(note: Note) -> dict[str, str | None]:
    """The files of .git that make the tree an ordinary merge in conflict, and the note itself."""
    files = "".join(f"#\t{path}\n" for path in note.paths).encode(errors="replace").decode()
    return {
        "MERGE_HEAD": f"{note.new}\n",
        "MERGE_MODE": "no-ff",
        "MERGE_MSG": f"{note.message}\n\n# Conflicts:\n{files}",
        NOTE: text(note),
    }


ENDED: dict[str, str | None] = {"MERGE_HEAD": None, "MERGE_MODE": None, "MERGE_MSG": None, NOTE: None}
"""What is removed when the upgrade is over."""
