"""Mounts of this machine."""

import re
from pathlib import Path

from kit.lab.commands import attempt, run

_ESCAPED = re.compile(r"\\([0-7]{3})")


def _table() -> list[tuple[Path, str]]:
    """Mount points in the order they were made, with their file system's options."""
    found = []
    for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines():
        fields = line.split(" ")
        where = _ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4])
        found.append((Path(where), fields[-1]))
    return found


def is_mounted(path: Path) -> bool:
    """Is something mounted exactly at *path*?"""
    return any(where == path for where, _ in _table())


def lower_in_use(image: Path) -> bool:
    """Does a mounted overlay, of whichever lab, lie on *image*?"""
    return any(f"lowerdir={image}," in f"{options}," for _, options in _table())


def overlay(lower: Path, upper: Path, work: Path, where: Path) -> None:
    """Mount a writable view of *lower*; changes go to *upper*. Nothing is flushed to disk: hosts are disposable."""
    for folder in (upper, work, where):
        folder.mkdir(parents=True, exist_ok=True)
    options = f"lowerdir={lower},upperdir={upper},workdir={work},volatile"
    run("mount", "-t", "overlay", "-o", options, "overlay", str(where))


def sized_disk(image: Path, where: Path, size: int) -> None:
    """Mount an empty file system of *size* MiB at *where*, kept in the sparse file *image*."""
    where.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as file:
        file.truncate(size * 1024 * 1024)
    run("mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", str(image))
    run("mount", "-o", "loop", str(image), str(where))


def unmount_below(tree: Path) -> None:
    """Unmount whatever is mounted at *tree* or below, the latest first."""
    for where, _ in reversed(_table()):
        if where.is_relative_to(tree) and attempt("umount", str(where)).returncode:
            run("umount", "--lazy", str(where))
