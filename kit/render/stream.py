"""Commits for ``git fast-import``: a whole tree in one process."""

from collections.abc import Collection
from datetime import UTC, datetime

from kit.render.git import ADDRESS, NAME
from kit.render.tree import Tree

RENDERED = int(datetime(2026, 11, 24, tzinfo=UTC).timestamp())
"""The moment every pure render bears, so that equal inputs make equal commits; the merge on main says when it came."""

END = b"done\n"
"""Ends a stream read with ``--done``: one that a kill cut short makes no commit."""


def commit(
    ref: str, message: str, parent: str, tree: Tree, known: Collection[str], *, seconds: int = RENDERED
) -> bytes:
    """A commit on ``ref`` of exactly the files of ``tree``; those whose blobs are ``known`` are named, not sent.

    ``parent``: id or ref of the parent, empty for none.
    """
    words = message.encode()
    head = f"commit {ref}\ncommitter {NAME} <{ADDRESS}> {seconds} +0000\ndata {len(words)}\n".encode() + words + b"\n"
    if parent:
        head += f"from {parent}\n".encode()
    return head + b"deleteall\n" + files(tree, known)


def files(tree: Tree, known: Collection[str]) -> bytes:
    """The lines that put the files of ``tree`` into a commit."""
    lines = []
    for path, file in tree.items():
        if file.blob in known:
            lines.append(f"M {file.mode} {file.blob} {path}\n".encode())
        else:
            lines.append(f"M {file.mode} inline {path}\ndata {len(file.data)}\n".encode() + file.data + b"\n")
    return b"".join(lines)
