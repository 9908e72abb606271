"""A region's own commit as a change of the templates."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError
from kit.profile import Profile
from kit.render.context import contexts
from kit.render.engine import Context, Engine
from kit.render.environment import Environment
from kit.render.git import ask, commit_of, git
from kit.render.region import Renderer
from kit.render.repository import MAIN, is_ancestor
from kit.render.templates import Source, Template
from kit.render.tree import File
from kit.upgrade.changes import Change, changes
from kit.upgrade.lift.edits import edits
from kit.upgrade.lift.proof import prove
from kit.upgrade.lift.sources import Origin, Sources, place
from kit.upgrade.lift.text import Text
from kit.upgrade.lift.values import own_values, require_general


@dataclass(frozen=True)
class Lifted:
    """``diff``: of the templates, for `git apply` in the kit's clone; ``files``: of the templates, that it changes.

    ``stays``: files of the commit that stay the region's own. ``is_now``: whether the region's tree after the next
    upgrade was proved to be its tree now; else it was proved to be what the upgrade makes of it without the change.
    """

    diff: bytes
    files: tuple[str, ...]
    stays: tuple[str, ...]
    is_now: bool


def lift(repository: Path, commit: str, profile: Profile, file: Path) -> Lifted:
    """Turn ``commit`` of the region's repository into a change of the templates. Nothing is written there.

    Raises KitError with every file's reason where a part of it is ambiguous, or where rendering does not prove it.
    """
    found, parent = _commit(repository, commit)
    renderer = Renderer()
    render = renderer.tree(profile, file)
    sources = Sources(render, contexts(profile))
    before = {name: template.sources for name, template in sources.templates.items()}
    own = own_values(profile.as_context())
    stays: list[str] = []
    faults: list[str] = []
    for change in changes(repository, parent, found):
        try:
            if not _lift(repository, (parent, found), change, sources, own):
                stays.append(change.path)
        except KitError as error:
            faults.append(f"  {change.path}: {error}")
    if faults:
        raise KitError(f"{found[:12]} cannot be lifted, nothing was made:\n" + "\n".join(faults))
    names = _changed(before, sources)
    if not names:
        raise KitError(
            f"{found[:12]} changes nothing of the templates: its files are the region's own, or the templates hold it."
        )
    is_now = prove(repository, profile, file, render, sources)
    return Lifted(_diff(before, sources), names, tuple(stays), is_now)


def _commit(repository: Path, name: str) -> tuple[str, str]:
    found = commit_of(repository, name)
    if found is None or not is_ancestor(repository, found, MAIN):
        raise KitError(f"{repository} has no commit {name!r} on main.")
    parents = ask(repository, "log", "-1", "--format=%P", found).split()
    if len(parents) != 1:
        what = "a merge" if parents else "the first commit"
        raise KitError(f"{found[:12]} is {what}: give a commit that the region made itself.")
    return found, parents[0]


def _lift(repository: Path, commits: tuple[str, str], change: Change, sources: Sources, own: frozenset[str]) -> bool:
    """Lift one file; False where it is the region's own."""
    parent, commit = commits
    origin = sources.origin(change.before)
    if origin is None or (target := sources.origin(change.path)) is None:
        return False
    if any(value in change.path for value in own):
        raise KitError("its name holds a value that is this region's own.")
    if target.template != origin.template or (origin.source and sources.is_copied(origin) != sources.is_copied(target)):
        raise KitError("it was moved between templates, or to where files are kept in another way.")
    if origin.source is None and change.how != "added":
        raise KitError("the templates as they stand hold it no more.")
    if change.how == "removed":
        sources.put(origin, origin.path, None)
        return True
    new = _file(repository, commit, change.path)
    if origin.source is None:
        data = _added(new.data, sources, origin, own)
    else:
        old = _file(repository, parent, change.before)
        data = _changed_file((old.data, new.data), sources, origin, origin.source, own)
    sources.put(origin, target.path, File(data, new.executable))
    return True


def _file(repository: Path, commit: str, path: str) -> File:
    mode, kind, blob = ask(repository, "ls-tree", commit, "--", path).split("\t")[0].split()
    if kind != "blob" or mode not in ("100644", "100755"):
        raise KitError("it is no plain file.")
    return File(git(repository, "cat-file", "blob", blob), mode == "100755")


def _added(data: bytes, sources: Sources, origin: Origin, own: frozenset[str]) -> bytes:
    if sources.is_copied(origin):
        _require_general(b"", data, own)
        return data
    text = Text("", Environment(lambda _: None), lambda words: words)
    return _rendered(text, _decoded(data), sources, origin, own)


def _changed_file(
    versions: tuple[bytes, bytes], sources: Sources, origin: Origin, source: Source, own: frozenset[str]
) -> bytes:
    """The template's file with the change in it, which is first carried over to the render of today."""
    old, new = versions
    here = sources.rendered(origin).data
    wanted = new if here == old else here if here == new else _merged(here, old, new)
    if wanted == here:
        return source.file.data
    if source.text is None:
        _require_general(here, wanted, own)
        return wanted
    context = sources.contexts[origin.template]
    environment = Environment(lambda _: None)
    text = Text(source.text, environment, _renders(origin.path, context))
    return text.lifted(_decoded(wanted), own, context).encode()


def _rendered(text: Text, wanted: str, sources: Sources, origin: Origin, own: frozenset[str]) -> bytes:
    context = sources.contexts[origin.template]
    text.render = _renders(origin.path, context)
    return text.lifted(wanted, own, context).encode()


def _renders(path: str, context: Context) -> Callable[[str], str]:
    def render(words: str) -> str:
        one = Source("x", File(words.encode()), words)
        return Engine(Template(path, {}, (one,), "")).render(context)["x"].data.decode("utf-8")

    return render


def _merged(here: bytes, old: bytes, new: bytes) -> bytes:
    """The change from old to new in the render of today."""
    with tempfile.TemporaryDirectory(prefix="kit-lift-") as folder:
        for name, data in (("here", here), ("old", old), ("new", new)):
            (Path(folder) / name).write_bytes(data)
        made = git(Path(folder), "merge-file", "-p", "--diff3", "here", "old", "new", allow=(*range(1, 128), 255))
    if b"<<<<<<< here" in made or not made:
        raise KitError("the templates as they stand changed the same lines: upgrade the region first, or lift by hand.")
    return made


def _require_general(old: bytes, new: bytes, own: frozenset[str]) -> None:
    try:
        before, after = old.decode("utf-8"), new.decode("utf-8")
    except UnicodeDecodeError:
        return
    require_general("\n".join(one.words for one in edits(before, after, own)), own)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise KitError("it is no UTF-8 text, and the template renders it.") from None
    if "\r" in text or "\0" in text:
        raise KitError("it has Windows line ends or NUL bytes, and the template renders it.")
    return text


def _changed(before: dict[str, tuple[Source, ...]], sources: Sources) -> tuple[str, ...]:
    found = []
    for name, template in sources.templates.items():
        old, new = ({one.path: one.file for one in every} for every in (before[name], template.sources))
        found += [
            place(Origin(name, path, None), path) for path in sorted({*old, *new}) if old.get(path) != new.get(path)
        ]
    return tuple(found)


def _diff(before: dict[str, tuple[Source, ...]], sources: Sources) -> bytes:
    """The change of the templates as git writes it."""
    with tempfile.TemporaryDirectory(prefix="kit-lift-") as made:
        folder = Path(made)
        git(folder, "init", "--quiet", "--template=", "--object-format=sha1")
        names = set(_changed(before, sources))
        trees = []
        for every in (before, {name: template.sources for name, template in sources.templates.items()}):
            lines = []
            for name, found in every.items():
                for one in found:
                    where = place(Origin(name, one.path, None), one.path)
                    if where in names:
                        blob = git(folder, "hash-object", "-w", "--stdin", data=one.file.data).decode().strip()
                        lines.append(f"{one.file.mode} {blob}\t{where}\0")
            git(folder, "read-tree", "--empty")
            git(folder, "update-index", "-z", "--index-info", data="".join(lines).encode())
            trees.append(ask(folder, "write-tree"))
        return git(folder, "diff", "--binary", "-M", "--no-color", *trees)
