"""The entry script: it finds a Python, makes .venv once, mends an interrupted one, and says what is missing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from kit.paths import ROOT

TOOLS = ("sh", "cat", "cut", "dirname", "env", "grep", "readlink", "rm", "sha256sum", "sleep", "tail", "flock")
OLD = '#!/bin/sh\necho "old 3.9" >&2; exit 1\n'
NO_VENV = '#!/bin/sh\necho "venv 3.11" >&2; exit 1\n'
SHIM = '#!/bin/sh\necho "shim: command not found" >&2; exit 127\n'
# Stands for a Python: makes an "environment" whose python notes how it was called, and whose pip can be made to fail.
GOOD = """#!/bin/sh
case $1 in
    -c) echo "$0" ;;
    -m) mkdir -p "$3/bin"; cp "$FAKE_VENV_PYTHON" "$3/bin/python"; chmod +x "$3/bin/python" ;;
esac
"""
VENV_PYTHON = """#!/bin/sh
if [ "$2" = pip ]; then
    echo "pip $*" >>"$CALLS"
    [ -z "${PIP_FAILS-}" ] || { echo "no route to the index"; exit 1; }
    echo "Collecting a==1"; exit 0
fi
echo "kit $*" >>"$CALLS"
echo "$PYTHONPATH"
"""


class Clone:
    """A clone with kitw and two tiny locks, and a PATH that holds only what a test puts there."""

    def __init__(self, base: Path) -> None:
        self.root = base / "a clone (2)"
        (self.root / "requirements").mkdir(parents=True)
        shutil.copy(ROOT / "kitw", self.root / "kitw")
        for lock in ("kit", "dev"):
            (self.root / "requirements" / f"{lock}.txt").write_text("a==1 --hash=sha256:00\n", encoding="utf-8")
        (self.root / "requirements" / "dev.txt").write_text("a==1 --hash\nb==1 --hash\n", encoding="utf-8")
        self.bin = base / "bin"
        self.bin.mkdir()
        for tool in (*TOOLS, "cp", "mkdir", "chmod"):
            found = shutil.which(tool)
            assert found, tool
            (self.bin / tool).symlink_to(found)
        self.program("git", "#!/bin/sh\n")
        (base / "venv-python").write_text(VENV_PYTHON, encoding="utf-8")
        self.log = base / "calls"
        self.environment = {
            "PATH": str(self.bin),
            "HOME": str(base / "home"),
            "CALLS": str(self.log),
            "FAKE_VENV_PYTHON": str(base / "venv-python"),
        }

    def program(self, name: str, text: str) -> None:
        """Put a program on the PATH."""
        (self.bin / name).write_text(text, encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def run(
        self, *arguments: str, script: Path | None = None, **environment: str
    ) -> "subprocess.CompletedProcess[str]":
        """Run kitw."""
        self.log.write_text("", encoding="utf-8")
        return subprocess.run(
            [str(script or self.root / "kitw"), *arguments],
            cwd="/",
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def calls(self) -> list[str]:
        """What was called: pip installing which lock, the kit with which arguments."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [f"pip {Path(line.split()[-1]).name}" if line.startswith("pip") else line for line in lines]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone with one good Python."""
    made = Clone(tmp_path)
    made.program("python3.11", GOOD)
    return made


def test_the_first_start_installs_and_the_next_does_not(clone: Clone) -> None:
    first = clone.run("up", "kota bandung")
    assert (first.returncode, clone.calls) == (0, ["pip kit.txt", "kit -P -m kit up kota bandung"])
    assert first.stdout.strip() == str(clone.root)
    assert "making .venv" in first.stderr
    second = clone.run("check")
    assert (second.returncode, second.stderr, clone.calls) == (0, "", ["kit -P -m kit check"])


def test_the_callers_python_settings_do_not_come_along(clone: Clone, tmp_path: Path) -> None:
    """With them .venv would be read from elsewhere, or compiled anew at each start."""
    python = tmp_path / "venv-python"
    python.write_text(f'{VENV_PYTHON}env | grep "^PYTHON" >>"$CALLS"\n', encoding="utf-8")
    clone.run("check", PYTHONHOME="/elsewhere", PYTHONDONTWRITEBYTECODE="1", PYTHONPATH="/elsewhere")
    assert clone.calls == ["pip kit.txt", "kit -P -m kit check", f"PYTHONPATH={clone.root}"]


def test_only_hashed_wheels_are_installed(clone: Clone) -> None:
    clone.run("check")
    line = clone.log.read_text(encoding="utf-8").splitlines()[0]
    assert "--require-hashes --only-binary :all: --no-deps" in line


def test_it_is_found_through_symbolic_links(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(clone.root / "kitw")
    (tmp_path / "two").symlink_to("one")
    done = clone.run("check", script=tmp_path / "two")
    assert (done.returncode, done.stdout.strip()) == (0, str(clone.root))
    assert (clone.root / ".venv" / "kit-stamp").exists()


def test_the_tests_have_their_own_lock_and_keep_it(clone: Clone) -> None:
    clone.run("check")
    clone.run("test")
    assert clone.calls == ["pip dev.txt", "kit -P -m kit test"]
    clone.run("check")
    assert clone.calls == ["kit -P -m kit check"]
    clone.run("lock")
    assert clone.calls == ["kit -P -m kit lock"]


def test_a_changed_lock_is_installed(clone: Clone) -> None:
    clone.run("check")
    (clone.root / "requirements" / "kit.txt").write_text("a==2 --hash=sha256:00\n", encoding="utf-8")
    done = clone.run("check")
    assert clone.calls == ["pip kit.txt", "kit -P -m kit check"]
    assert "the locked requirements have changed" in done.stderr
    clone.run("test")
    (clone.root / "requirements" / "dev.txt").write_text("a==2 --hash=sha256:00\n", encoding="utf-8")
    clone.run("check")
    assert clone.calls == ["pip dev.txt", "kit -P -m kit check"]


def test_a_failed_installation_is_told_and_mended_by_the_next_run(clone: Clone) -> None:
    failed = clone.run("check", PIP_FAILS="yes")
    assert (failed.returncode, clone.calls) == (3, ["pip kit.txt"])
    assert "no route to the index" in failed.stderr
    assert "run the same command again" in failed.stderr
    assert clone.run("check").returncode == 0
    assert clone.calls == ["pip kit.txt", "kit -P -m kit check"]


def test_an_interrupted_or_damaged_environment_is_made_anew(clone: Clone) -> None:
    clone.run("check")
    (clone.root / ".venv" / "kit-stamp").unlink()
    (clone.root / ".venv" / "stray").touch()
    assert clone.run("check").returncode == 0
    assert not (clone.root / ".venv" / "stray").exists()
    (clone.root / ".venv" / "bin" / "python").unlink()
    (clone.root / ".venv" / "bin" / "python").symlink_to("/python-that-an-upgrade-removed")
    assert clone.run("check").returncode == 0
    assert clone.calls == ["pip kit.txt", "kit -P -m kit check"]


def test_a_moved_clone_gets_a_new_environment(clone: Clone, tmp_path: Path) -> None:
    clone.run("check")
    moved = tmp_path / "moved"
    clone.root.rename(moved)
    done = clone.run("check", script=moved / "kitw")
    assert (done.returncode, done.stdout.strip()) == (0, str(moved))
    assert clone.calls == ["pip kit.txt", "kit -P -m kit check"]


@pytest.mark.parametrize(
    ("programs", "said"),
    [
        ({}, "no python3 on the PATH."),
        ({"python3": OLD}, "python3 is Python 3.9; the kit needs 3.11 or newer."),
        ({"python3": NO_VENV}, "Python 3.11 (python3) has no venv module."),
        ({"python3.13": SHIM}, "no python3 on the PATH."),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_installs_it(
    tmp_path: Path, programs: dict[str, str], said: str
) -> None:
    clone = Clone(tmp_path)
    for name, text in programs.items():
        clone.program(name, text)
    done = clone.run("check")
    assert done.returncode == 3
    assert done.stderr == f"kitw: {said}\nkitw: On Debian 12 or newer, as root:  apt install python3 python3-venv git\n"
    assert not (clone.root / ".venv").exists()


def test_git_is_asked_for_before_anything_is_made(clone: Clone) -> None:
    (clone.bin / "git").unlink()
    done = clone.run("check")
    assert (done.returncode, clone.calls) == (3, [])
    assert done.stderr == "kitw: git is missing. On Debian, as root:  apt install git python3 python3-venv\n"


def test_the_newest_python_that_works_is_taken(clone: Clone) -> None:
    clone.program("python3.13", SHIM)
    clone.program("python3.12", NO_VENV)
    clone.program("python3", OLD)
    done = clone.run("check")
    assert done.returncode == 0
    assert f"making .venv with {clone.bin}/python3.11" in done.stderr
