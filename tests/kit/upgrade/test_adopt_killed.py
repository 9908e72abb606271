"""An adoption that is killed anywhere: the files are as they were, and the same call goes on."""

import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from kit.errors import KitError
from kit.render.repository import KIT, create
from kit.upgrade.adopt import Adopted, adopt
from tests.kit.render.repositories import assert_sound, git, on_disk, render
from tests.kit.upgrade.test_killed import killed
from tests.kit.upgrade.trees import LINES, commit, to, tree

A, B = "apps/core/core/a.txt", "apps/core/core/b.txt"
FILES = {"region.yml": b"region:\n", A: LINES, B: LINES}


def take(folder: Path) -> Adopted:
    """Adopt as a copy of a small render."""

    def rendered(_: Path, into: Path) -> str:
        create(into, render(tree(FILES)), [])  # type: ignore[arg-type]
        return git(into, "rev-parse", KIT).strip()

    with patch("kit.upgrade.adopt.taking.rendered", rendered):
        return adopt(folder, folder.parent)


def hand_made(folder: Path, *, history: bool) -> Path:
    """A copy of the render that was changed by hand, with a history of its own or without git."""
    create(folder, render(tree(FILES)), [])  # type: ignore[arg-type]
    for name in (".git", ".kit", "custom"):
        shutil.rmtree(folder / name)
    (folder / A).write_bytes(LINES.replace(b"baris 2\n", b"kami 2\n"))
    (folder / B).unlink()
    if history:
        git(folder, "init", "-q", "-b", "main")
        commit(folder)
    return folder


TAKING, SWITCH = "kit.upgrade.adopt.taking", "kit.render.switch"
POINTS = [
    (False, TAKING, "git", 3),
    (False, TAKING, "git", 6),
    (False, TAKING, "drift", 1),
    (False, "Path", "rename", 1),
    (True, TAKING, "git", 6),
    (True, TAKING, "ask", 2),
    (True, SWITCH, "_finish", 1),
    (True, SWITCH, "_write_journal", 1),
]


@pytest.mark.parametrize(("history", "module", "name", "number"), POINTS)
def test_killed_the_same_call_goes_on(tmp_path: Path, history: bool, module: str, name: str, number: int) -> None:
    copy = hand_made(tmp_path / "copy", history=history)
    before = on_disk(copy)
    killed(copy, "adopt", module, name, number)
    now = on_disk(copy)
    assert {path: now[path] for path in before} == before
    assert now.keys() - before.keys() <= {".kit/manifest.json"}
    if name == "drift":
        with pytest.raises(KitError, match="is under the kit already"):
            take(copy)
    else:
        assert take(copy).version == "the kit as it stands here"
    assert_sound(copy)
    assert {path: on_disk(copy)[path] for path in before} == before
    assert [path.name for path in copy.parent.iterdir()] == ["copy"], "drafts of the killed one are swept"
    assert git(copy, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/kit", "refs/heads/main"]
    done = to(copy, FILES | {A: LINES.replace(b"baris 9\n", b"kit 9\n")})  # type: ignore[arg-type]
    assert done.conflicts == ()
    assert (copy / A).read_bytes() == LINES.replace(b"baris 2\n", b"kami 2\n").replace(b"baris 9\n", b"kit 9\n")
    assert not (copy / B).exists()
