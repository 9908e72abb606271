"""Static files as git objects, packed once a template and copied into each repository."""

import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kit.errors import OutsideError
from kit.render.cache import private_dir
from kit.render.git import git
from kit.render.templates import Template
from kit.render.tree import File


@dataclass(frozen=True)
class Pack:
    """A pack of a template's copied files: its two files, and the ids of the blobs in it."""

    name: str
    parts: tuple[Path, ...]
    blobs: frozenset[str]

    def copy_into(self, repository: Path) -> bool:
        """Copy it into a repository; False where the cache has lost it meanwhile.

        A copy, not a link: who owns the repository would own the cache's file as well. The index goes last.
        """
        folder = repository / ".git" / "objects" / "pack"
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for part in self.parts:
                target = folder / part.name
                if not target.exists():
                    draft = folder / f"tmp_{secrets.token_hex(8)}"
                    shutil.copyfile(part, draft)
                    draft.chmod(0o444)
                    draft.replace(target)
        except FileNotFoundError:
            return False
        return True


def pack_of(template: Template) -> Pack | None:
    """The pack of a template's copied files, made on first use. None where nothing can be kept between runs."""
    cache = private_dir("packs")
    files = {source.file.blob: source.file for source in template.sources if source.text is None}
    if cache is None or not files:
        return None
    folder = cache / f"{template.name}-{template.digest[:32]}"
    try:
        if not folder.is_dir():
            _make(folder, files)
            _forget_older(cache, template.name, folder)
        parts = sorted((path for path in folder.iterdir() if path.suffix in (".pack", ".idx")), reverse=True)
    except (OSError, OutsideError):
        return None
    return Pack(folder.name, tuple(parts), frozenset(files)) if len(parts) == 2 else None


def _make(folder: Path, files: dict[str, File]) -> None:
    """Pack ``files`` and put the pack at ``folder`` in one step."""
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        git(draft, "init", "--quiet", "--template=", "--object-format=sha1", "--bare", "repository")
        stream = b"".join(b"blob\ndata %d\n%s\n" % (len(file.data), file.data) for file in files.values())
        git(draft / "repository", "-c", "fastimport.unpackLimit=0", "fast-import", "--quiet", data=stream)
        made = draft / "made"
        made.mkdir(mode=0o700)
        for part in (draft / "repository" / "objects" / "pack").iterdir():
            part.replace(made / part.name)
        os.rename(made, folder)  # noqa: PTH104 - must fail where another run was first
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _forget_older(cache: Path, name: str, current: Path) -> None:
    for other in cache.glob(f"{name}-*"):
        if other != current:
            shutil.rmtree(other, ignore_errors=True)
